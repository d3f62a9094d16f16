using System.Globalization;

namespace Hondo.Data;

/// <summary>
/// What was guessed of a table, in one line: <c>x.csv: 480 rows, comma, header; target label: 24 classes; features a,
/// b; not used: id (all different)</c>.
/// </summary>
static class CsvLine
{
    const int MostNames = 20;

    public static string Of(CsvTable table, IReadOnlyList<CsvColumn> columns)
    {
        CsvColumn[] targets = [.. columns.Where(column => column.IsTarget)],
            unused = [.. columns.Where(column => column.Kind == CsvColumnKind.Ignored)];
        // What holds of every column of numbers is said once, with the separator.
        CsvColumn[] numbers = [.. columns.Where(IsNumber)];
        bool allCommas = numbers.Length > 1 && numbers.All(column => column.Decimal == ',');
        return string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(table.File)}: {table.Count:N0} rows, ")
            + $"{CsvDialect.NameOf(table.Delimiter)}, {(allCommas ? "decimal comma, " : "")}"
            + $"{(table.HasHeader ? "header" : "no header")}; "
            + $"target {Names(targets, column => Target(column, allCommas))}; "
            + $"features {Names([.. columns.Where(c => c.Width > 0)], column => Feature(column, allCommas))}"
            + (unused.Length == 0 ? "" : $"; not used: {Names(unused, column => $"{column.Name} ({column.Reason})")}");
    }

    static bool IsNumber(CsvColumn column) => column.Kind is CsvColumnKind.Number or CsvColumnKind.TargetNumber;

    static string Names(CsvColumn[] columns, Func<CsvColumn, string> describe) =>
        string.Join(", ", columns.Take(MostNames).Select(describe))
            + (columns.Length > MostNames ? $" and {columns.Length - MostNames} more" : "");

    static string Target(CsvColumn column, bool allCommas) => column.Name + (column.Kind == CsvColumnKind.TargetClass
        ? $": {column.Values.Count} classes" : $": numbers{Written(column, allCommas)}");

    static string Feature(CsvColumn column, bool allCommas) => column.Name + column.Kind switch
    {
        CsvColumnKind.Category => $" ({column.Values.Count} texts)",
        CsvColumnKind.Date => " (a date)",
        _ => Written(column, allCommas),
    };

    static string Written(CsvColumn column, bool allCommas) => (column.Decimal == ',' && !allCommas, column.IsPercent)
        switch
    {
        (true, true) => " (decimal comma, %)",
        (true, false) => " (decimal comma)",
        (false, true) => " (%)",
        _ => "",
    };
}
