namespace Hondo.Data;

/// <summary>Finds a schema's columns in another table.</summary>
static class CsvMatch
{
    /// <summary>How a file is read that is like the one that the schema was fitted on.</summary>
    public static CsvOptions Options(CsvSchema schema, bool keepsBadRows) => new()
    {
        Missing = schema.Missing,
        Widths = keepsBadRows ? [schema.Columns.Count, schema.Columns.Count - schema.TargetColumns.Count] : null,
        IsHeader = first => IsHeader(schema, first),
        SeparatorFor = sample => Separator(schema, sample),
    };

    // The schema's own separator wherever it cuts out a row or a header; else what cuts out one.
    static char? Separator(CsvSchema schema, string sample)
    {
        string line = sample.Split('\n', '\r').FirstOrDefault(line => line.Trim().Length > 0, "");
        int all = schema.Columns.Count, given = all - schema.TargetColumns.Count;
        foreach (char separator in (ReadOnlySpan<char>)[schema.Separator, ';', '\t', '|', ',', ' '])
        {
            int fields = separator == ' ' ? line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length
                : line.Split(separator).Length;
            if (fields == given || fields == all)
                return separator;
        }
        return null;
    }

    // A row that names a feature, or that has no number where the schema has numbers.
    static bool IsHeader(CsvSchema schema, IReadOnlyList<string> first)
    {
        CsvColumn[] features = [.. schema.Columns.Where(column => column.Width > 0)];
        int named = features.Count(column => first.Contains(column.Name));
        if (named == features.Length || schema.HasHeader == true && named > 0 && !IsData(schema, first))
            return true;
        return schema.HasHeader == true && !IsData(schema, first) && first.All(cell => cell.Length > 0
            && !NumberText.TryRead(cell, '.', out _) && !NumberText.TryRead(cell, ',', out _));
    }

    // True when every cell may be what its column asks for.
    static bool IsData(CsvSchema schema, IReadOnlyList<string> first)
    {
        CsvColumn[] columns = [.. schema.Columns.Where(column => first.Count == schema.Columns.Count
            || !column.IsTarget)];
        if (columns.Length != first.Count)
            return false;
        bool[] fits = [.. columns.Select((column, c) => column.Kind switch
        {
            CsvColumnKind.Number => NumberText.TryRead(first[c], column.Decimal, out _),
            CsvColumnKind.Date => DateText.TryRead(first[c], column.Order, out _),
            CsvColumnKind.Category => column.Values.Contains(first[c]),
            _ => false,
        })];
        return fits.Any(fit => fit);
    }

    /// <summary>
    /// Where each column of the schema is: by name when the table has a header, in any order; else by position, where
    /// the target may be left out. −1 for what is not there and not needed.
    /// </summary>
    /// <exception cref="DataFormatException">A column is missing.</exception>
    public static int[] Places(CsvSchema schema, CsvTable table, bool needsTarget) =>
        table.HasHeader ? ByName(schema, table, needsTarget) : ByPosition(schema, table, needsTarget);

    static int[] ByName(CsvSchema schema, CsvTable table, bool needsTarget)
    {
        List<string> names = [.. table.Columns];
        int[] places = [.. schema.Columns.Select(column => names.IndexOf(column.Name))];
        string[] absent = [.. schema.Columns.Where((column, c) => places[c] < 0
            && (column.Width > 0 || column.IsTarget && needsTarget)).Select(column => column.Name)];
        if (absent.Length == 0)
            return places;
        string near = Spelling.Nearest(absent[0], names.Where(name => schema.Columns.All(c => c.Name != name)))
            is { } name ? $"Is {name} meant? " : "";
        throw new DataFormatException(table.File, "line 1", absent.Length == 1
            ? $"the column {absent[0]} is missing" : $"the columns {string.Join(", ", absent)} are missing",
            $"{near}The columns needed are {Names(schema, needsTarget)}; the file has "
            + $"{string.Join(", ", names.Take(50))}.");
    }

    static int[] ByPosition(CsvSchema schema, CsvTable table, bool needsTarget)
    {
        int targets = schema.TargetColumns.Count, all = schema.Columns.Count;
        if (table.Columns.Count == all)
            return [.. Enumerable.Range(0, all)];
        if (needsTarget || table.Columns.Count != all - targets)
            throw new DataFormatException(table.File, $"line {table.Line(0)}", $"the rows have {table.Columns.Count} "
                + $"fields, but {all}{(needsTarget ? "" : $" or {all - targets}")} were expected",
                $"The columns needed are {Names(schema, needsTarget)}.");
        int next = 0;
        return [.. schema.Columns.Select(column => column.IsTarget ? -1 : next++)];
    }

    static string Names(CsvSchema schema, bool needsTarget) => string.Join(", ", schema.Columns
        .Where(column => column.Width > 0 || column.IsTarget && needsTarget).Select(column => column.Name));
}
