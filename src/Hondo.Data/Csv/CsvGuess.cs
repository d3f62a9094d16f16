using System.Globalization;

namespace Hondo.Data;

/// <summary>Guesses what each column of a table is.</summary>
sealed class CsvGuess(CsvTable table, CsvOptions options)
{
    const int MostCategories = 100, FewCategories = 20, MostGuessedClasses = 20;

    // Above this share of numbers a text among them is a mistake, not a category.
    const double AlmostAll = 0.9;

    /// <summary>What was guessed and is worth knowing: columns left out, and why.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>The columns, without what missing values become.</summary>
    /// <exception cref="DataFormatException">The target is unknown or unusable, or nothing is left to learn from.
    /// </exception>
    public CsvColumn[] Columns()
    {
        int target = Target();
        CsvColumn[] columns = [.. table.Columns.Select((_, c) => c == target ? TargetColumn(c) : Feature(c))];
        return columns.Sum(column => column.Width) > 0
            ? columns
            : throw new DataFormatException(table.File, "", table.Columns.Count == 1
                ? $"there is only one column, {table.Columns[0]}; fields between commas, semicolons or tabs are needed"
                : "no column is left to learn from", "Add columns of numbers or of a few texts.");
    }

    int Target()
    {
        if (options.Target is not { } wanted)
            return table.Columns.Count - 1;
        for (int c = 0; c < table.Columns.Count; c++)
            if (string.Equals(table.Columns[c], wanted, StringComparison.OrdinalIgnoreCase))
                return c;
        int count = table.Columns.Count;
        if (int.TryParse(wanted, CultureInfo.InvariantCulture, out int number) && number != 0
            && Math.Abs((long)number) <= count)
            return number > 0 ? number - 1 : count + number;
        string near = Spelling.Nearest(wanted, table.Columns) is { } name ? $"Did you mean {name}? " : "";
        throw new DataFormatException(table.File, "", $"there is no target column '{wanted}'",
            $"{near}The columns are {string.Join(", ", table.Columns.Take(50))}; or give a number from 1 to {count}.");
    }

    CsvColumn Feature(int c)
    {
        string name = table.Columns[c];
        (int numbers, int texts, int firstText) = Count(c);
        if (numbers + texts == 0)
            throw new DataFormatException(table.File, $"column {name}", "every value is missing",
                "Take the column out, or fill it.");
        if (texts == 0)
            return IsRowNumber(c) ? Ignore(name, "it counts the rows") : new(name, CsvColumnKind.Number, []);
        RefuseMistake(c, numbers, texts, firstText);
        string[] values = Distinct(c);
        bool isMostlyDifferent = values.Length > FewCategories && values.Length * 2 > numbers + texts;
        return values.Length > MostCategories || isMostlyDifferent
            ? Ignore(name, $"it has {values.Length:N0} different texts in {numbers + texts:N0} rows")
            : new(name, CsvColumnKind.Category, values);
    }

    CsvColumn Ignore(string name, string reason)
    {
        Notes.Add($"The column {name} is not used: {reason}.");
        return new(name, CsvColumnKind.Ignored, []);
    }

    CsvColumn TargetColumn(int c)
    {
        string name = table.Columns[c];
        for (int row = 0; row < table.Count; row++)
            if (CsvValue.IsMissing(table[row, c]))
                throw new DataFormatException(table.File, $"line {table.Line(row)}", $"the target {name} is missing",
                    "Fill it, or take the row out.");
        (int numbers, int texts, int firstText) = Count(c);
        if (numbers > 0 && texts > 0 && options.Task != CsvTask.Classes)
            RefuseMistake(c, numbers, texts, firstText);
        if (options.Task == CsvTask.Numbers && texts > 0)
            throw new DataFormatException(table.File, $"line {table.Line(firstText)}",
                $"the target {name} is '{table[firstText, c]}', but numbers are to be predicted", "Correct it.");
        string[] values = texts == 0 ? DistinctNumbers(c) : Distinct(c);
        if (options.Task == CsvTask.Numbers || options.Task == CsvTask.Guessed && texts == 0 && !AreClasses(values))
            return new(name, CsvColumnKind.TargetNumber, []);
        return values.Length == 1
            ? throw new DataFormatException(table.File, $"column {name}", $"the target is '{values[0]}' in every row",
                "Choose another target with --target, or add rows of other classes.")
            : values.Length == table.Count && table.Count > MostGuessedClasses
            ? throw new DataFormatException(table.File, $"column {name}", "the target is different in every row",
                "Choose another target with --target.")
            : new(name, CsvColumnKind.TargetClass, values);
    }

    bool AreClasses(string[] values) => values.Length <= MostGuessedClasses && values.Length * 2 <= table.Count
        && values.All(value => value.All(c => char.IsAsciiDigit(c) || c == '-'));

    (int Numbers, int Texts, int FirstText) Count(int c)
    {
        int numbers = 0, texts = 0, firstText = -1;
        for (int row = 0; row < table.Count; row++)
            if (CsvValue.IsMissing(table[row, c]))
                continue;
            else if (CsvValue.TryNumber(table[row, c], table.HasDecimalComma, out double number))
            {
                numbers++;
                if (!float.IsFinite((float)number))
                    throw new DataFormatException(table.File, $"line {table.Line(row)}, column {table.Columns[c]}",
                        $"{table[row, c]} is not a finite number (of float32)", "Correct it, or leave it empty.");
            }
            else if (texts++ == 0)
                firstText = row;
        return (numbers, texts, firstText);
    }

    void RefuseMistake(int c, int numbers, int texts, int firstText)
    {
        if (numbers >= AlmostAll * (numbers + texts))
            throw new DataFormatException(table.File, $"line {table.Line(firstText)}, column {table.Columns[c]}",
                $"'{table[firstText, c]}' is not a number, but {100.0 * numbers / (numbers + texts):0.#} % of the "
                + "column's values are", "Correct it, or leave it empty when it is missing.");
    }

    bool IsRowNumber(int c)
    {
        string name = table.Columns[c];
        bool isNamedSo = name == $"column {c + 1}" && table.HasHeader
            || name.ToUpperInvariant() is "ID" or "INDEX" or "ROW" or "UNNAMED: 0";
        if (!isNamedSo || table.Columns.Count < 3)
            return false;
        double before = double.NaN;
        for (int row = 0; row < table.Count; row++)
        {
            if (!CsvValue.TryNumber(table[row, c], table.HasDecimalComma, out double number) || number != before + 1
                && row > 0)
                return false;
            before = number;
        }
        return true;
    }

    string[] Distinct(int c)
    {
        var values = new HashSet<string>();
        for (int row = 0; row < table.Count; row++)
            if (!CsvValue.IsMissing(table[row, c]))
                values.Add(table[row, c]);
        return [.. values.Order(StringComparer.Ordinal)];
    }

    string[] DistinctNumbers(int c)
    {
        var values = new HashSet<double>();
        for (int row = 0; row < table.Count; row++)
            if (CsvValue.TryNumber(table[row, c], table.HasDecimalComma, out double number))
                values.Add(number);
        return [.. values.Order().Select(number => number.ToString(CultureInfo.InvariantCulture))];
    }
}
