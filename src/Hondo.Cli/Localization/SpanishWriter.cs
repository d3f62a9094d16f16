using System.Text;

namespace Hondo.Cli.Localization;

/// <summary>Writes each line in Spanish as far as <c>es.txt</c> knows it; the rest stays as it is.</summary>
/// <param name="inner">Where to.</param>
sealed class SpanishWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => inner.Write(value);

    public override void Write(string? value) => inner.Write(value);

    public override void WriteLine() => inner.WriteLine();

    public override void WriteLine(string? value) => inner.WriteLine(value is null ? null : Line(value));

    public override void Flush() => inner.Flush();

    // What stands before the words (blanks, a dash, note:) is kept, and so is everything after them.
    static string Line(string line)
    {
        string words = line.TrimStart(' ', '-', '→');
        string before = line[..^words.Length];
        return words.StartsWith("note: ", StringComparison.Ordinal)
            ? $"{before}nota: {SpanishText.OrEnglish(words["note: ".Length..])}"
            : before + SpanishText.OrEnglish(words);
    }
}
