namespace Hondo.Data;

/// <summary>Tells a table from prose.</summary>
static class TableText
{
    const int MostLines = 50, LeastLines = 3;

    /// <summary>True when the lines of a file are rows of as many fields, and most of these are numbers.</summary>
    public static bool IsTable(string path)
    {
        // Of an empty file a text's reader knows more to say than a table's.
        if (new FileInfo(path) is { Exists: true, Length: 0 })
            return false;
        string sample = CsvText.Start(path).Sample;
        if (sample.Contains('\0', StringComparison.Ordinal))
            return false;
        char separator = CsvDialect.Separator(sample);
        // The last line may be cut off; the first may be a header.
        string[][] rows = [.. sample.Split('\n').SkipLast(1).Where(line =>
            line.Trim().Length > 0).Skip(1).Take(MostLines)
            .Select(line => separator == ' ' ? line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                : line.Split(separator))];
        return rows.Length >= LeastLines && rows[0].Length > 1 && rows.All(row => row.Length == rows[0].Length)
            && rows.Sum(row => row.Count(cell => NumberText.TryRead(cell, '.', out _)
                || NumberText.TryRead(cell, ',', out _))) * 2 >= rows.Length * rows[0].Length;
    }
}
