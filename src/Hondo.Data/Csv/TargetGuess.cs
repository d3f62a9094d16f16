using System.Globalization;

namespace Hondo.Data;

/// <summary>Guesses whether a target is classes or numbers. A class is its text.</summary>
sealed class TargetGuess(CsvTable table, CsvOptions options, ColumnProfile[] profiles, ColumnReading[] readings,
    MissingTexts missing, NumberGuess numbers, List<string> notes)
{
    const int FewClasses = 20, MostNumberedClasses = 1000, MostClasses = 100_000;

    // Classes that are numbered have about as many rows each; counts and ages do not.
    const int RowsOfAClass = 5, LeastPart = 4;

    // Above this share of numbers a text among them is a mistake, not a class.
    const double AlmostAll = 0.9;

    /// <summary>The target as a column.</summary>
    /// <exception cref="DataFormatException">It cannot be predicted.</exception>
    public CsvColumn Column(int c, bool isOneOfSeveral)
    {
        ColumnReading reading = readings[c];
        string name = table.Columns[c];
        bool asNumbers = options.Task == CsvTask.Numbers || isOneOfSeveral && options.Task == CsvTask.Guessed;
        if (isOneOfSeveral && options.Task == CsvTask.Classes)
            throw new DataFormatException(table.File, "", "several targets are numbers, but --task classes was given",
                "Name one target, or leave the task out.");
        bool isNumber = reading.Form == CellForm.Number;
        if (reading.Form == CellForm.Empty)
            throw new DataFormatException(table.File, CsvTable.PlaceOf(name), "the target is empty",
                "Choose another with --target.");
        Func<string, bool> isGap = isNumber ? missing.IsAmongNumbers : missing.IsAmongTexts;
        RefuseGaps(c, isGap);
        if (asNumbers && !isNumber)
            throw NotNumbers(c);
        if (reading.Form == CellForm.Text && options.Task != CsvTask.Classes)
            numbers.RefuseMistake(c, AlmostAll);
        Dictionary<string, int>? counts = isNumber || reading.Form == CellForm.Text || options.Task == CsvTask.Classes
            ? Counts(c, isGap)
            : throw new DataFormatException(table.File, CsvTable.PlaceOf(name), "the target holds dates",
                "Choose another with --target, or --task classes to tell the dates apart.");
        if (asNumbers || options.Task == CsvTask.Guessed && isNumber && !AreClasses(c, counts))
            return numbers.Column(c, CsvColumnKind.TargetNumber);
        return Classes(c, counts ?? throw new DataFormatException(table.File, CsvTable.PlaceOf(name),
            $"there are more than {MostClasses:N0} classes", "Choose another target with --target."));
    }

    CsvColumn Classes(int c, Dictionary<string, int> counts)
    {
        string name = table.Columns[c];
        string[] values = Ordered(counts.Keys);
        if (values.Length == 1)
            throw new DataFormatException(table.File, CsvTable.PlaceOf(name),
                $"the target is '{values[0]}' in every row",
                "Choose another target with --target, or add rows of other classes.");
        if (values.Length == table.Count && table.Count > FewClasses)
            throw new DataFormatException(table.File, CsvTable.PlaceOf(name), "the target is different in every row",
                "Choose another target with --target.");
        Doubts.OfValues(name, values, missing, notes);
        return new(name, CsvColumnKind.TargetClass, values);
    }

    void RefuseGaps(int c, Func<string, bool> isGap)
    {
        foreach ((string text, int count, int row) in profiles[c].Texts.Where(t => isGap(t.Text)).OrderBy(t => t.Row))
            throw new DataFormatException(table.File, $"line {table.Line(row - table.FirstRow)}",
                $"the target {table.Columns[c]} is missing" + (text.Length > 0 ? $" ('{text}')" : ""),
                text.Length == 0 || missing.Told is not null ? "Fill it, or take the row out."
                    : "Fill it, take the row out, or name what is missing with --missing: other texts are classes "
                        + "then.");
    }

    DataFormatException NotNumbers(int c)
    {
        int row = readings[c].Odd >= 0 ? readings[c].Odd - table.FirstRow : 0;
        return new(table.File, $"line {table.Line(row)}", $"the target {table.Columns[c]} is '{table[row, c]}', but "
            + "numbers are to be predicted", "Correct it, or choose another target with --target.");
    }

    // The different texts, 1 and 1.0 as one, and how often each occurs; null when there are too many.
    Dictionary<string, int>? Counts(int c, Func<string, bool> isGap)
    {
        if (profiles[c].DifferentNumbers(MostClasses) is not { } counts)
            return null;
        foreach ((string text, int count, _) in profiles[c].Texts)
            if (!isGap(text))
                counts[text] = counts.GetValueOrDefault(text) + count;
        return counts.Count <= MostClasses ? counts : null;
    }

    bool AreClasses(int c, Dictionary<string, int>? counts)
    {
        if (counts is null || !counts.Keys.All(IsWhole) || counts.Count * 2 > table.Count)
            return false;
        // Leading zeros and sixteen digits are no numbers to count with.
        bool areNames = counts.Keys.Any(text => text.Length > 1 && text.TrimStart('-')[0] == '0'
            || text.TrimStart('-').Length > 15);
        if (counts.Count <= FewClasses || areNames || IsNamedSo(table.Columns[c]))
            return true;
        long least = counts.Keys.Min(text => long.Parse(text, CultureInfo.InvariantCulture));
        long most = counts.Keys.Max(text => long.Parse(text, CultureInfo.InvariantCulture));
        return least is 0 or 1 && most - least + 1 == counts.Count && counts.Count <= MostNumberedClasses
            && table.Count >= RowsOfAClass * counts.Count
            && counts.Values.Min() * LeastPart >= table.Count / counts.Count;
    }

    static bool IsWhole(string text) =>
        text.TrimStart('-') is { Length: > 0 } digits && digits.All(char.IsAsciiDigit);

    static bool IsNamedSo(string name) => name.ToUpperInvariant() is "LABEL" or "CLASS" or "SPECIES" or "CATEGORY";

    // Numbers by value, texts by their letters.
    static string[] Ordered(IEnumerable<string> values)
    {
        string[] all = [.. values];
        return all.All(value => decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out _))
            ? [.. all.OrderBy(value => decimal.Parse(value, CultureInfo.InvariantCulture)).ThenBy(value =>
                value.Length)]
            : [.. all.Order(StringComparer.Ordinal)];
    }
}
