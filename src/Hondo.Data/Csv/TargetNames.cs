using System.Globalization;

namespace Hondo.Data;

/// <summary>Finds the columns that are to be predicted.</summary>
static class TargetNames
{
    /// <summary>The column of a name or number, or several with commas between them; the last that is not empty when
    /// nothing is said.</summary>
    /// <exception cref="DataFormatException">There is no such column.</exception>
    public static int[] Find(CsvTable table, string? wanted, Func<int, bool> isUsable)
    {
        if (wanted is null)
            return [Enumerable.Range(0, table.Columns.Count).LastOrDefault(isUsable, table.Columns.Count - 1)];
        if (One(table, wanted) is { } whole)
            return [whole];
        string[] words = wanted.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        int[] found = [.. words.Select(word => One(table, word) ?? throw Unknown(table, word))];
        return found.Length == 0 ? throw Unknown(table, wanted)
            : found.Distinct().Count() == found.Length ? found
            : throw new DataFormatException(table.File, "", $"a target is named twice in '{wanted}'", "Name it once.");
    }

    /// <summary>The column of a name or number; null when there is none.</summary>
    /// <exception cref="DataFormatException">Several columns differ by capitals from what was asked for.</exception>
    public static int? One(CsvTable table, string wanted)
    {
        wanted = wanted.Trim();
        List<string> names = [.. table.Columns];
        if (names.IndexOf(wanted) is >= 0 and var exact)
            return exact;
        int[] alike = [.. Enumerable.Range(0, names.Count).Where(c =>
            string.Equals(names[c], wanted, StringComparison.OrdinalIgnoreCase))];
        if (alike.Length > 1)
            throw new DataFormatException(table.File, "", $"'{wanted}' may be any of the columns "
                + string.Join(", ", alike.Select(c => names[c])), "Write it with the capitals that it has.");
        if (alike is [var one])
            return one;
        return int.TryParse(wanted, CultureInfo.InvariantCulture, out int number) && number != 0
            && Math.Abs((long)number) <= names.Count ? number > 0 ? number - 1 : names.Count + number : null;
    }

    public static DataFormatException Unknown(CsvTable table, string wanted, string what = "target column")
    {
        string near = Spelling.Nearest(wanted, table.Columns) is { } name ? $"Did you mean {name}? " : "";
        return new(table.File, "", $"there is no {what} '{wanted}'", $"{near}The columns are "
            + $"{string.Join(", ", table.Columns.Take(50))}; or give a number from 1 to {table.Columns.Count}.");
    }
}
