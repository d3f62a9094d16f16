namespace Hondo.Data;

/// <summary>Finds a schema's columns in another table.</summary>
static class CsvMatch
{
    /// <summary>
    /// Where each column of the schema is: by name when the table has a header, in any order; else by position, where
    /// the target may be left out. −1 for what is not there and not needed.
    /// </summary>
    /// <exception cref="DataFormatException">A column is missing.</exception>
    public static int[] Places(CsvSchema schema, CsvTable table, bool needsTarget) =>
        table.HasHeader ? ByName(schema, table, needsTarget) : ByPosition(schema, table, needsTarget);

    static int[] ByName(CsvSchema schema, CsvTable table, bool needsTarget)
    {
        var places = new int[schema.Columns.Count];
        for (int c = 0; c < places.Length; c++)
        {
            CsvColumn column = schema.Columns[c];
            places[c] = table.Columns.ToList().IndexOf(column.Name);
            if (places[c] < 0 && (column.Width > 0 || column.IsTarget && needsTarget))
                throw new DataFormatException(table.File, $"line 1", $"the column {column.Name} is missing",
                    $"The columns needed are {Names(schema, needsTarget)}.");
        }
        return places;
    }

    static int[] ByPosition(CsvSchema schema, CsvTable table, bool needsTarget)
    {
        int[] all = [.. Enumerable.Range(0, schema.Columns.Count)];
        if (table.Columns.Count == all.Length)
            return all;
        if (needsTarget || table.Columns.Count != all.Length - 1)
            throw new DataFormatException(table.File, $"line {table.Line(0)}", $"the rows have {table.Columns.Count} "
                + $"fields, but {all.Length}{(needsTarget ? "" : $" or {all.Length - 1}")} were expected",
                $"The columns needed are {Names(schema, needsTarget)}.");
        int target = schema.Columns.ToList().FindIndex(column => column.IsTarget);
        return [.. all.Select(c => c < target ? c : c == target ? -1 : c - 1)];
    }

    static string Names(CsvSchema schema, bool needsTarget) => string.Join(", ", schema.Columns
        .Where(column => column.Width > 0 || column.IsTarget && needsTarget).Select(column => column.Name));
}
