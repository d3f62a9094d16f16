using System.Globalization;

namespace Hondo.Data;

/// <summary>Guesses whether the first row of a table names its columns: by all the rows below it.</summary>
static class HeaderGuess
{
    // Above this share of numbers the text on top of them is their name.
    const double AlmostAll = 0.9;

    const int FewRows = 3;

    /// <summary>True when the first row is unlike what stands below it.</summary>
    public static bool IsHeader(CsvTable table)
    {
        int columns = table.ColumnCount, rows = table.Count;
        if (rows < 2)
            return false;
        var missing = new MissingTexts(null);
        ColumnProfile[] below = [.. Enumerable.Range(0, columns).Select(c => new ColumnProfile(table.Cells(c), 1))];
        ColumnReading[] readings = [.. below.Select(profile => ColumnReading.Of(profile, missing))];
        string[] first = [.. Enumerable.Range(0, columns).Select(table.FirstRecord)];
        bool[] areNumbers = [.. first.Select((text, c) => IsNumber(text) || readings[c].Form == CellForm.Date
            && Enum.GetValues<DateOrder>().Any(order => DateText.TryRead(text, order, out _)))];
        int numbers = areNumbers.Count(isNumber => isNumber);
        // A text on top of numbers or dates names them, unless it is a gap or stands there again.
        int names = Enumerable.Range(0, columns).Count(c => !areNumbers[c] && IsName(first[c], readings[c], below[c]));
        if (numbers == 0)
            return names > 0 || IsRepeated(first, readings, below)
                || !Enumerable.Range(0, columns).Any(c => Recurs(first[c], below[c]));
        bool isSequence = IsSequence(first.Where((_, c) => areNumbers[c]));
        if (names > 0)
            return isSequence || names > numbers || numbers == 1 && columns > 2;
        // 0,1,2,species above numbers and texts that say species nowhere else; 1990,1991,1992 above rows of numbers.
        bool areTextsNew = Enumerable.Range(0, columns).All(c => areNumbers[c] || !Recurs(first[c], below[c])
            && (below[c].Texts.Count() * 2 <= rows || rows <= FewRows));
        return isSequence && areTextsNew && Enumerable.Range(0, columns).Where(c => areNumbers[c])
            .All(c => IsUnlike(first[c], below[c])) && (numbers < columns || numbers > 2);
    }

    static bool IsName(string text, ColumnReading reading, ColumnProfile below) => text.Length > 0
        && !new MissingTexts(null).IsAmongNumbers(text) && !Recurs(text, below)
        && reading.Present > 0 && reading.Numeric >= AlmostAll * reading.Present;

    // Files that were put together: the names stand there again, over columns of numbers.
    static bool IsRepeated(string[] first, ColumnReading[] readings, ColumnProfile[] below) =>
        Enumerable.Range(0, first.Length).All(c => Recurs(first[c], below[c]))
        && Array.Exists(readings, reading => reading.Present > 0 && reading.Numeric >= AlmostAll * reading.Present);

    static bool Recurs(string text, ColumnProfile below) => below.Texts.Any(t => t.Text == text);

    static bool IsNumber(string text) =>
        NumberText.TryRead(text, '.', out _) || NumberText.TryRead(text, ',', out _);

    // 0, 1, 2 or 1990, 1995, 2000: whole numbers that grow by one step.
    static bool IsSequence(IEnumerable<string> texts)
    {
        List<long> numbers = [];
        foreach (string text in texts)
            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
                numbers.Add(number);
            else
                return false;
        return numbers.Count == 1 ? numbers[0] is 0 or 1 or (>= 1900 and <= 2100)
            : numbers[1] > numbers[0] && Enumerable.Range(1, numbers.Count - 1)
                .All(i => numbers[i] - numbers[i - 1] == numbers[1] - numbers[0]);
    }

    // Fractions below a whole number, or numbers that all lie on one side of it.
    static bool IsUnlike(string text, ColumnProfile below)
    {
        double number = double.Parse(text, CultureInfo.InvariantCulture);
        return below.Numbers == 0 || !below.IsWhole || below.Commas() || number < below.Least || number > below.Most;
    }

    static bool Commas(this ColumnProfile below) => below.Cells.Commas.All > 0;
}
