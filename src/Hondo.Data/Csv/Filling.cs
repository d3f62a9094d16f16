using System.Globalization;

namespace Hondo.Data;

/// <summary>What the gaps of a column become.</summary>
static class Filling
{
    /// <summary>The mean of the rows given, or the index of their most frequent text; 0 where nothing is to fill.
    /// </summary>
    public static float Of(CsvTable table, CsvColumn column, int place, MissingTexts missing, IReadOnlyList<int>? rows)
    {
        if (column.Width == 0)
            return 0;
        var decoder = new ColumnDecoder(table, place, column, missing);
        var counts = new int[Math.Max(1, column.Values.Count)];
        double sum = 0;
        int known = 0, all = rows?.Count ?? table.Count;
        for (int i = 0; i < all; i++)
        {
            double value = decoder[rows?[i] ?? i];
            if (!double.IsFinite(value))
                continue;
            known++;
            if (column.Kind == CsvColumnKind.Category)
                counts[(int)value]++;
            else
                sum += value;
        }
        return column.Kind == CsvColumnKind.Category ? Array.IndexOf(counts, counts.Max())
            : known == 0 ? 0 : (float)(sum / known);
    }

    /// <summary>What gaps become, a sentence for each column that has some.</summary>
    public static IEnumerable<string> Describe(IEnumerable<CsvColumn> columns) =>
        columns.Where(column => column.Width > 0 && column.Gaps > 0).Select(Describe);

    static string Describe(CsvColumn column) => (column.Gaps == 1 ? $"1 missing value of {column.Name} becomes "
        : string.Create(CultureInfo.InvariantCulture, $"{column.Gaps:N0} missing values of {column.Name} become "))
        + column.Kind switch
        {
            CsvColumnKind.Category => $"the most frequent, {column.Values[(int)column.Fill]}.",
            CsvColumnKind.Date => $"the mean, {DateText.Of(column.Fill + (double)column.Offset)}.",
            _ => string.Create(CultureInfo.InvariantCulture, $"the mean, {column.Fill + (double)column.Offset:g4}."),
        };
}
