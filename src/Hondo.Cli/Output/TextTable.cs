using Hondo.Cli.Localization;

namespace Hondo.Cli.Output;

/// <summary>Rows of words in columns that line up.</summary>
static class TextTable
{
    const int Gap = 2, LeastColumn = 6;

    /// <summary>Writes the rows; the last column is not padded. Too wide a table has its widest columns cut.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="rows">Cells, as many in each.</param>
    /// <param name="most">Columns of the terminal.</param>
    public static void Write(TextWriter writer, IReadOnlyList<string[]> rows, int most = int.MaxValue)
    {
        if (rows.Count == 0)
            return;
        rows = In(writer, rows);
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        while (widths.Sum(width => (long)width + Gap) - Gap > most && widths.Max() > LeastColumn)
            widths[Array.IndexOf(widths, widths.Max())]--;
        foreach (string[] row in rows)
            writer.WriteLine(string.Join("  ", row.Zip(widths, (cell, width) => Cut(cell, width).PadRight(width)))
                .TrimEnd());
    }

    /// <summary>Writes two columns, a name and what it is: long texts go on below, under their own column.</summary>
    public static void WritePairs(TextWriter writer, IReadOnlyList<string[]> rows, int most)
    {
        rows = In(writer, rows);
        int names = rows.Max(row => row[0].Length) + Gap;
        foreach (string[] row in rows)
        {
            string[] lines = [.. Wrapping.Lines(row[1], Math.Max(20, most == int.MaxValue ? most : most - names))];
            for (int i = 0; i < lines.Length; i++)
                writer.WriteLine(((i == 0 ? row[0] : "").PadRight(names) + lines[i]).TrimEnd());
        }
    }

    // Before they are laid out: another language has other widths.
    static IReadOnlyList<string[]> In(TextWriter writer, IReadOnlyList<string[]> rows) => writer is SpanishWriter
        ? [.. rows.Select(row => row.Select(SpanishText.Label).ToArray())] : rows;

    static string Cut(string cell, int width) => cell.Length <= width ? cell : cell[..(width - 1)] + "…";
}
