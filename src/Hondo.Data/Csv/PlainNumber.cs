namespace Hondo.Data;

/// <summary>What stood between the digits of a plain number.</summary>
enum DecimalMark : byte
{
    /// <summary>Nothing: a whole number.</summary>
    None,

    /// <summary>A point: <c>1.5</c>, or perhaps <c>1.234</c> for a thousand.</summary>
    Point,

    /// <summary>A comma: <c>1,5</c>, or perhaps <c>1,234</c> for a thousand.</summary>
    Comma,
}

/// <summary>
/// A number that its value can be written back from: <c>12</c>, <c>-0.5</c>, <c>1,5</c>, <c>3.0</c>. What its text
/// alone tells (<c>007</c>, <c>3.10</c>, sixteen digits, an exponent) stays a text.
/// </summary>
/// <param name="Value">Its value when the mark is a decimal mark.</param>
/// <param name="Mark">What stood between its digits.</param>
/// <param name="CouldBeGroup">True for <c>1.234</c> and <c>1,234</c>, which may be whole thousands.</param>
/// <param name="EndsInZero">True for <c>3.10</c>: as a text it is not <c>3.1</c>.</param>
readonly record struct PlainNumber(double Value, DecimalMark Mark, bool CouldBeGroup, bool EndsInZero)
{
    // A mantissa below 10^15 and a power of ten up to 10^15 are exact, so that one division rounds once.
    const int MostDigits = 15;

    static readonly double[] Powers = [.. Enumerable.Range(0, MostDigits + 1).Select(i => double.Parse($"1e{i}",
        System.Globalization.CultureInfo.InvariantCulture))];

    /// <summary>Reads UTF-8; false for all other texts, which may still be numbers.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out PlainNumber number)
    {
        number = default;
        int at = text is [(byte)'-', ..] ? 1 : 0, start = at;
        long digits = 0;
        while (at < text.Length && (uint)(text[at] - '0') <= 9)
            digits = digits * 10 + (text[at++] - '0');
        int whole = at - start;
        if (whole is 0 or > MostDigits || whole > 1 && text[start] == '0')
            return false;
        if (at == text.Length)
        {
            number = new(start == 0 ? digits : -digits, DecimalMark.None, false, false);
            return digits != 0 || start == 0;
        }
        if (text[at] is not ((byte)'.' or (byte)','))
            return false;
        DecimalMark mark = text[at] == '.' ? DecimalMark.Point : DecimalMark.Comma;
        int point = at++;
        while (at < text.Length && (uint)(text[at] - '0') <= 9)
            digits = digits * 10 + (text[at++] - '0');
        int fraction = at - point - 1;
        if (at < text.Length || fraction == 0 || whole + fraction > MostDigits || digits == 0 && start == 1)
            return false;
        double value = digits / Powers[fraction];
        number = new(start == 0 ? value : -value, mark,
            fraction == 3 && whole <= 3 && text[start] != '0', text[^1] == '0' && !double.IsInteger(value));
        return true;
    }
}
