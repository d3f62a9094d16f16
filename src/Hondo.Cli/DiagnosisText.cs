using Hondo.Cli.Localization;
using Hondo.Cli.Output;

namespace Hondo.Cli;

/// <summary>
/// What was noticed in a training, as a block at its end: findings with their codes, the verdict last.
/// </summary>
static class DiagnosisText
{
    public static void Write(IReadOnlyList<Finding> findings, TextWriter writer, int width = int.MaxValue)
    {
        if (findings.Count == 0)
            return;
        writer.WriteLine("diagnosis");
        foreach (Finding finding in findings)
        {
            FindingText? spanish = (width < int.MaxValue || writer is SpanishWriter) && Language.IsSpanish(null)
                ? finding.Spanish : null;
            string sentence = PlainText.Said(spanish?.Sentence ?? finding.Sentence);
            writer.WriteLine(Wrapping.Hanging($"  {finding.Code}: {sentence}", width, 4));
            if (finding.Remedy.Length > 0 && finding.Severity != Severity.Note)
                writer.WriteLine(Wrapping.Hanging($"    → {spanish?.Remedy ?? finding.Remedy}", width, 6));
        }
    }
}
