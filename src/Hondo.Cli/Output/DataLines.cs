using Hondo.Data;

namespace Hondo.Cli.Output;

/// <summary>What was guessed of data, in one line above all else, and what else is worth knowing of them.</summary>
static class DataLines
{
    /// <summary>Writes the lines.</summary>
    /// <param name="source">The data.</param>
    /// <param name="writer">Where to.</param>
    public static void Tell(DataSource source, TextWriter writer)
    {
        if (source.Summary.Length > 0)
            writer.WriteLine(PlainText.Said(source.Summary));
        foreach (string note in source.Notes)
            writer.WriteLine(PlainText.Said($"note: {note}"));
    }
}
