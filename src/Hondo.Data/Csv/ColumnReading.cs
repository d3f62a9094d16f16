namespace Hondo.Data;

/// <summary>What the cells of a column are, taken all together.</summary>
enum CellForm
{
    /// <summary>Nothing but gaps.</summary>
    Empty,

    /// <summary>Numbers.</summary>
    Number,

    /// <summary>Dates.</summary>
    Date,

    /// <summary>Texts, perhaps with numbers among them.</summary>
    Text,
}

/// <summary>How a column can be read: by all of its cells.</summary>
/// <param name="Form">What they are.</param>
/// <param name="Decimals">The decimal marks by which all are numbers: one, or both.</param>
/// <param name="Differs">True when the two readings give different numbers.</param>
/// <param name="Orders">The orders in which all are dates.</param>
/// <param name="Missing">How many cells are gaps.</param>
/// <param name="Numeric">How many cells are numbers, by the mark that fits most.</param>
/// <param name="Present">How many cells are no gaps.</param>
/// <param name="Odd">The first row whose text is neither number nor gap, −1 for none.</param>
sealed record ColumnReading(CellForm Form, string Decimals, bool Differs, IReadOnlyList<DateOrder> Orders, int Missing,
    int Numeric, int Present, int Odd)
{
    /// <summary>True when more cells are dates than numbers: <see cref="Numeric"/> and <see cref="Odd"/> are of dates
    /// then.</summary>
    public bool MostAreDates { get; init; }

    // Where none of so many texts is a date, the others need not be tried.
    const int FirstTexts = 20;

    /// <summary>Reads the cells of a column.</summary>
    public static ColumnReading Of(ColumnProfile profile, MissingTexts missing)
    {
        (string Text, int Count, int Row)[] texts = [.. profile.Texts.Where(t => !missing.IsAmongNumbers(t.Text))];
        int present = profile.Numbers + texts.Sum(t => t.Count);
        int gaps = profile.Cells.Count - profile.From - present;
        if (present == 0)
            return new(CellForm.Empty, "", false, [], gaps, 0, 0, -1);
        string decimals = string.Concat(".,".Where(mark => IsNumbers(profile, texts, mark)));
        DateOrder[] orders = [.. Enum.GetValues<DateOrder>().Where(order => AreDates(profile, texts, order))];
        int asDates = texts.Take(FirstTexts).Any(IsDate) ? texts.Where(IsDate).Sum(t => t.Count) : 0;
        (int numeric, int odd) = Numbers(profile, texts);
        if (asDates > numeric)
            odd = FirstThatIsNoDate(profile, texts);
        // 20240301 is a number as well as a date: a date when every one of many is one.
        if (orders.Length > 0 && (decimals.Length == 0 || profile.Numbers > 2 && profile.Most > profile.Least))
            return new(CellForm.Date, "", false, orders, gaps, present, present, -1);
        if (decimals.Length > 0)
            return new(CellForm.Number, decimals, decimals.Length == 2 && HasTwoReadings(profile, texts), [], gaps,
                present, present, -1);
        gaps = profile.Cells.Count - profile.From - profile.Numbers
            - profile.Texts.Where(t => !missing.IsAmongTexts(t.Text)).Sum(t => t.Count);
        return new(CellForm.Text, "", false, [], gaps, Math.Max(numeric, asDates), present, odd)
        {
            MostAreDates = asDates > numeric,
        };
    }

    static int FirstThatIsNoDate(ColumnProfile profile, (string Text, int Count, int Row)[] texts)
    {
        int first = texts.Where(text => !IsDate(text)).Select(text => text.Row).DefaultIfEmpty(-1).Min();
        for (int row = profile.From; profile.Numbers > 0 && row < (first < 0 ? profile.Cells.Count : first); row++)
            if (profile.Cells[row].Code < 0)
                return row;
        return first;
    }

    static bool IsDate((string Text, int Count, int Row) cell) =>
        Enum.GetValues<DateOrder>().Any(order => DateText.TryRead(cell.Text, order, out _));

    static bool IsNumbers(ColumnProfile profile, (string Text, int Count, int Row)[] texts, char mark) =>
        (mark == '.' ? profile.Cells.Commas.Sure : profile.Cells.Points.Sure) == 0
        && texts.All(t => NumberText.TryRead(t.Text, mark, out _));

    static bool HasTwoReadings(ColumnProfile profile, (string Text, int Count, int Row)[] texts) =>
        profile.Cells.Points.All + profile.Cells.Commas.All > 0
        || texts.Any(t => NumberText.TryRead(t.Text, '.', out NumberText a)
            && NumberText.TryRead(t.Text, ',', out NumberText b) && a.Value != b.Value);

    static bool AreDates(ColumnProfile profile, (string Text, int Count, int Row)[] texts, DateOrder order) =>
        texts.All(t => DateText.TryRead(t.Text, order, out _))
        && (profile.Numbers == 0 || order == DateOrder.YearFirst && ArePlainDates(profile));

    static bool ArePlainDates(ColumnProfile profile)
    {
        if (!profile.IsWhole || profile.Least < 19000101 || profile.Most > 21001231)
            return false;
        for (int row = profile.From; row < profile.Cells.Count; row++)
            if (profile.Cells[row] is { Code: < 0 } cell && !DateText.TryRead(cell.Number, out _))
                return false;
        return true;
    }

    // The cells that are numbers one way or the other, and the first that is none.
    static (int Numeric, int Odd) Numbers(ColumnProfile profile, (string Text, int Count, int Row)[] texts)
    {
        (string Text, int Count, int Row)[] odd = [.. texts.Where(t => !NumberText.TryRead(t.Text, '.', out _)
            && !NumberText.TryRead(t.Text, ',', out _))];
        return (profile.Numbers + texts.Sum(t => t.Count) - odd.Sum(t => t.Count),
            odd.Length == 0 ? -1 : odd.Min(t => t.Row));
    }
}
