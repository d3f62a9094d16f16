using System.Text;

namespace Hondo.Cli.Localization;

/// <summary>Writes each line in Spanish as far as it is known; the rest stays as it is.</summary>
/// <param name="inner">Where to.</param>
sealed class SpanishWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => inner.Write(value);

    // Parts of lines stay as they are, but for a line that is written over and over.
    public override void Write(string? value) => inner.Write(value is ['\r', .. var line] ? '\r' + Line(line) : value);

    public override void WriteLine() => inner.WriteLine();

    public override void WriteLine(string? value) => inner.WriteLine(value is null ? null : Line(value));

    public override void Flush() => inner.Flush();

    // What stands behind a bar is a model's own text.
    static string Line(string text) => SpanishText.Of(text) ?? string.Join('\n', text.Split('\n').Select(line =>
        line.TrimStart().StartsWith("| ", StringComparison.Ordinal) ? line : SpanishText.Line(line)));
}
