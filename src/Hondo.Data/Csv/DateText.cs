using System.Globalization;

namespace Hondo.Data;

/// <summary>In which order a date is written.</summary>
public enum DateOrder
{
    /// <summary>2024-03-01, 2024/3/1, 20240301; with or without a time.</summary>
    YearFirst,

    /// <summary>1.3.2024, 01/03/2024, 1 Mar 2024.</summary>
    DayFirst,

    /// <summary>3/1/2024, Mar 1, 2024.</summary>
    MonthFirst,
}

/// <summary>Dates as people and programs write them: days since 0001-01-01, with the time as a fraction.</summary>
static class DateText
{
    const DateTimeStyles Style = DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AssumeUniversal
        | DateTimeStyles.AdjustToUniversal;

    static readonly string[] Times = ["", " H:mm", " H:mm:ss", " H:mm:ss.FFFFFFF", "'T'H:mm", "'T'H:mm:ss",
        "'T'H:mm:ss.FFFFFFF", "'T'H:mmK", "'T'H:mm:ssK", "'T'H:mm:ss.FFFFFFFK", " H:mm:ssK", " h:mm tt",
        " h:mm:ss tt"];

    static readonly string[] YearFirst = Formats("yyyy-M-d", "yyyy/M/d", "yyyy.M.d");

    static readonly string[] DayFirst = Formats("d.M.yyyy", "d/M/yyyy", "d-M-yyyy", "d.M.yy", "d/M/yy", "d MMM yyyy",
        "d-MMM-yyyy", "d-MMM-yy", "d MMMM yyyy", "d. MMMM yyyy");

    static readonly string[] MonthFirst = Formats("M/d/yyyy", "M-d-yyyy", "M/d/yy", "MMM d, yyyy", "MMMM d, yyyy");

    static string[] Formats(params string[] dates) => [.. dates.SelectMany(date => Times.Select(time => date + time))];

    /// <summary>Reads a date in the given order.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, DateOrder order, out double days)
    {
        days = 0;
        // The shortest is 1.3.24; what is long, or has no digit at all, need not be tried.
        if (text.Length is < 6 or > 40 || !text.ContainsAnyInRange('0', '9'))
            return false;
        if (text.Length == 8 && order == DateOrder.YearFirst && long.TryParse(text, NumberStyles.None,
            CultureInfo.InvariantCulture, out long number))
            return TryRead(number, out days);
        string[] formats = order switch
        {
            DateOrder.YearFirst => YearFirst,
            DateOrder.DayFirst => DayFirst,
            _ => MonthFirst,
        };
        bool isDate = DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, Style, out DateTime date);
        days = isDate ? (date - DateTime.MinValue).TotalDays : 0;
        return isDate;
    }

    /// <summary>Reads 20240301.</summary>
    public static bool TryRead(double number, out double days)
    {
        days = 0;
        if (number is not (>= 19000101 and <= 21001231) || !double.IsInteger(number))
            return false;
        int date = (int)number, year = date / 10000, month = date / 100 % 100, day = date % 100;
        bool isDate = month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        days = isDate ? (new DateTime(year, month, day) - DateTime.MinValue).TotalDays : 0;
        return isDate;
    }

    /// <summary>The date of so many days: <c>2024-03-01</c>.</summary>
    public static string Of(double days) =>
        DateTime.MinValue.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
