using System.Globalization;

namespace Hondo.Data;

/// <summary>Decides how the numbers of a column are written.</summary>
sealed class NumberGuess(CsvTable table, CsvOptions options, ColumnProfile[] profiles, ColumnReading[] readings,
    MissingTexts missing, List<string> notes)
{
    // What float32 rounds off must be so small a part of the differences between the numbers.
    const double Negligible = 1e-5, HalfUnit = 1.0 / (1 << 24), MostDecimal = 1e27;
    const int ExactDigits = 15, FewestGaps = 3;

    // What programs write for what they do not know.
    static readonly double[] Sentinels = [-1, -9, -99, -999, -9999, -99999, 99, 999, 9999, 99999, 999999];

    // A column that can be read in one way only says how the others are written, when none contradicts it.
    readonly char? _sure = Only(readings.Where((reading, c) => reading.Form == CellForm.Number
        && (reading.Decimals.Length == 1 && (profiles[c].Cells.Points.All + profiles[c].Cells.Commas.All > 0
            || profiles[c].Texts.Any(t => t.Text.AsSpan().ContainsAny('.', ',')))))
        .Select(reading => reading.Decimals[0]));

    static char? Only(IEnumerable<char> marks)
    {
        char[] different = [.. marks.Distinct()];
        return different.Length == 1 ? different[0] : null;
    }

    /// <summary>The column as numbers.</summary>
    /// <exception cref="DataFormatException">Two readings are plausible, or a number is not finite.</exception>
    public CsvColumn Column(int c, CsvColumnKind kind)
    {
        char mark = Mark(c);
        int percents = 0, others = 0;
        string currency = "";
        (double least, double most, bool isWhole) = (profiles[c].Least, profiles[c].Most, profiles[c].IsWhole);
        // Beyond 2^53 whole numbers that differ can be one float64.
        decimal leastWhole = decimal.MaxValue;
        foreach ((string text, int count, int row) in profiles[c].Texts)
        {
            if (missing.IsAmongNumbers(text) || !NumberText.TryRead(text, mark, out NumberText number))
                continue;
            if (!float.IsFinite((float)number.Value))
                throw Wrong(row, c, $"{text} is not a finite number (of float32)", "Correct it, or leave it empty.");
            if (number.Currency.Length > 0 && currency.Length > 0 && number.Currency != currency)
                throw Wrong(row, c, $"{text} is in another currency than the rows before ({currency})",
                    "Convert the column to one currency.");
            currency = number.Currency.Length > 0 ? number.Currency : currency;
            isWhole &= double.IsInteger(number.Value);
            percents += number.IsPercent ? count : 0;
            others += !number.IsPercent && number.Value != 0 ? count : 0;
            (least, most) = (Math.Min(least, number.Value), Math.Max(most, number.Value));
            if (text.Length > ExactDigits && decimal.TryParse(text, NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture, out decimal whole))
                leastWhole = Math.Min(leastWhole, whole);
        }
        others += profiles[c].Least != 0 || profiles[c].Most != 0 ? profiles[c].Numbers : 0;
        CheckPercents(c, percents, others);
        var column = new CsvColumn(table.Columns[c], kind, []) { Decimal = mark, IsPercent = percents > 0 };
        Judge(column, c, least, most, leastWhole);
        // Whole numbers of up to 24 bits are exact.
        bool isExact = isWhole && percents == 0 && Math.Max(Math.Abs(least), Math.Abs(most)) <= 1 << 24;
        bool losesDifferences = !isExact && (most > least || leastWhole < decimal.MaxValue)
            && Math.Max(Math.Abs(least), Math.Abs(most)) * HalfUnit > Negligible * (most - least);
        return !losesDifferences ? column : WithOffset(column, least, leastWhole);
    }

    void CheckPercents(int c, int percents, int others)
    {
        if (percents > 0 && others > 0)
            throw new DataFormatException(table.File, CsvTable.PlaceOf(table.Columns[c]),
                $"{percents:N0} {(percents == 1 ? "number has" : "numbers have")} a percent "
                + $"sign and {others:N0} {(others == 1 ? "has" : "have")} none: 50 beside 50 % can be 50 or 0.5",
                "Write all of them alike.");
    }

    // A target that never changes is none; what may stand for gaps is said.
    void Judge(CsvColumn column, int c, double least, double most, decimal leastWhole)
    {
        if (column.Kind == CsvColumnKind.TargetNumber && least == most && leastWhole == decimal.MaxValue)
            throw new DataFormatException(table.File, CsvTable.PlaceOf(table.Columns[c]),
                $"the target is '{least.ToString("R", CultureInfo.InvariantCulture)}' in every row",
                "Choose another target with --target.");
        if (options.Missing is null)
            TellGaps(c, column.Decimal);
    }

    // A number such as -999, several times and farther from all others than they are from each other.
    void TellGaps(int c, char mark)
    {
        var counts = new Dictionary<double, int>();
        (double least, double most) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach ((string text, int count, _) in profiles[c].Texts)
            if (!missing.IsAmongNumbers(text) && NumberText.TryRead(text, mark, out NumberText number))
                Add(number.Value, count);
        if (counts.Count > 0 || Sentinels.Contains(profiles[c].Least) || Sentinels.Contains(profiles[c].Most))
            for (int row = profiles[c].From; row < profiles[c].Cells.Count; row++)
                if (profiles[c].Cells[row] is { Code: < 0 } cell)
                    Add(cell.Number, 1);
        foreach ((double number, int count) in counts.Where(one => one.Value >= FewestGaps && most > least
            && Math.Max(least - one.Key, one.Key - most) > most - least).Take(1))
            notes.Add($"{table.Columns[c]}: {(long)number} comes {count} times, far from all others: if it stands for "
                + $"a missing value, say --missing {(long)number}.");

        void Add(double number, int count)
        {
            if (Sentinels.Contains(number))
                counts[number] = counts.GetValueOrDefault(number) + count;
            else
                (least, most) = (Math.Min(least, number), Math.Max(most, number));
        }
    }

    CsvColumn WithOffset(CsvColumn column, double least, decimal leastWhole)
    {
        if (column.Kind == CsvColumnKind.TargetNumber)
            throw new DataFormatException(table.File, CsvTable.PlaceOf(column.Name), "the numbers of the target "
                + $"lie so close together, from {least.ToString("R", CultureInfo.InvariantCulture)} on, that "
                + "float32 would lose their differences",
                "Subtract a constant from them, or predict classes with --task classes.");
        bool isWhole = leastWhole < decimal.MaxValue && (double)leastWhole <= least;
        return Math.Abs(least) < MostDecimal
            ? column with { Offset = isWhole ? leastWhole : decimal.Floor((decimal)least) }
            : throw new DataFormatException(table.File, CsvTable.PlaceOf(column.Name), "the numbers lie so close "
                + $"together, from {least.ToString("R", CultureInfo.InvariantCulture)} on, that "
                + "their differences would be lost",
                "Subtract a constant from them, or leave the column out.");
    }

    char Mark(int c)
    {
        ColumnReading reading = readings[c];
        char usual = options.Decimal ?? _sure ?? '.';
        if (options.Decimal is { } told && !reading.Decimals.Contains(told, StringComparison.Ordinal))
            notes.Add(told == ','
                ? $"{table.Columns[c]}: its numbers have a decimal point, and --decimal , is not for it."
                : $"{table.Columns[c]}: its numbers have a decimal comma, and --decimal . is not for it.");
        if (!reading.Differs)
            return reading.Decimals.Contains(usual, StringComparison.Ordinal) ? usual : reading.Decimals[0];
        bool haveCommas = profiles[c].Cells.Commas.All > 0
            || profiles[c].Texts.Any(t => t.Text.Contains(',', StringComparison.Ordinal));
        // Between commas a point is nothing but a decimal point.
        if (options.Decimal is null && _sure is null && (haveCommas || table.Delimiter == ';'))
            throw TwoReadings(c);
        return usual;
    }

    DataFormatException TwoReadings(int c)
    {
        int row = Enumerable.Range(0, table.Count).First(row => table.Cell(row, c) is var cell
            && (cell.Code < 0 ? !double.IsInteger(cell.Number) : !missing.IsAmongNumbers(table[row, c])
                && table[row, c].AsSpan().ContainsAny('.', ',')));
        string text = table[row, c];
        NumberText.TryRead(text, '.', out NumberText point);
        NumberText.TryRead(text, ',', out NumberText comma);
        return new(table.File, $"line {table.Line(row)}, {CsvTable.PlaceOf(table.Columns[c])}", string.Create(
            CultureInfo.InvariantCulture, $"{text} can be {point.Value} or {comma.Value}, and so can every number of "
                + $"the "
            + $"column"), $"Say which: --decimal . for {point.Value.ToString(CultureInfo.InvariantCulture)}, "
            + $"--decimal , for {comma.Value.ToString(CultureInfo.InvariantCulture)}.");
    }

    /// <summary>Refuses a column that is numbers or dates but for a few texts.</summary>
    public void RefuseMistake(int c, double almostAll)
    {
        ColumnReading reading = readings[c];
        if (reading.Numeric < almostAll * reading.Present)
            return;
        if (reading.Odd < 0 && reading.MostAreDates)
            throw new DataFormatException(table.File, CsvTable.PlaceOf(table.Columns[c]), "its dates are written in "
                + "several orders", "Write all of them alike, as 2024-03-01.");
        if (reading.Odd < 0)
            throw new DataFormatException(table.File, CsvTable.PlaceOf(table.Columns[c]), "some numbers have a decimal "
                + "point and some a decimal comma, such as " + Example(c, '.') + " and " + Example(c, ','),
                "Write all of them alike.");
        int row = reading.Odd - table.FirstRow;
        string share = (100.0 * reading.Numeric / reading.Present).ToString("0.#", CultureInfo.InvariantCulture);
        throw Wrong(reading.Odd, c, reading.MostAreDates
            ? $"'{table[row, c]}' is not a date, but {share} % of the column's values are"
            : $"'{table[row, c]}' is not a number, but {share} % of the column's values are",
            $"Correct it, leave it empty when it is missing, or say --missing {table[row, c]}.");
    }

    // A number that can be read with this decimal mark only.
    string Example(int c, char mark) => Enumerable.Range(0, table.Count).Select(row => table[row, c])
        .FirstOrDefault(text => NumberText.TryRead(text, mark, out _)
            && !NumberText.TryRead(text, mark == '.' ? ',' : '.', out _)) ?? $"1{mark}5";

    DataFormatException Wrong(int absoluteRow, int c, string problem, string mend) => new(table.File,
        $"line {table.Line(absoluteRow - table.FirstRow)}, {CsvTable.PlaceOf(table.Columns[c])}", problem, mend);
}
