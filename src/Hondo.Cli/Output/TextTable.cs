namespace Hondo.Cli.Output;

/// <summary>Rows of words in columns that line up.</summary>
static class TextTable
{
    /// <summary>Writes the rows; the last column is not padded.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<string[]> rows)
    {
        if (rows.Count == 0)
            return;
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
            writer.WriteLine(string.Join("  ", row.Zip(widths, (cell, width) => cell.PadRight(width))).TrimEnd());
    }
}
