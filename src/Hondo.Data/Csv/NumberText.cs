using System.Globalization;

namespace Hondo.Data;

/// <summary>
/// A number as people and spreadsheets write it: <c>1.234,56</c>, <c>1 234.56</c>, <c>$1,234</c>, <c>1.234 €</c>,
/// <c>12 %</c>, <c>(5.00)</c>, <c>1e-3</c>.
/// </summary>
/// <param name="Value">Its value; a percentage is divided by 100.</param>
/// <param name="IsPercent">True when it had a percent sign.</param>
/// <param name="Currency">The sign or code of its currency; empty for none.</param>
/// <param name="IsGrouped">True when its digits stood in groups.</param>
readonly record struct NumberText(double Value, bool IsPercent, string Currency, bool IsGrouped)
{
    const int Longest = 64;

    static readonly string[] Currencies = ["US$", "A$", "C$", "NZ$", "HK$", "R$", "$", "€", "£", "¥", "₹", "₩", "₽",
        "₺",
        "₫", "฿", "₪", "₴", "zł", "Kč", "Ft", "kr.", "kr", "Fr.", "USD", "EUR", "GBP", "JPY", "CHF", "CAD", "AUD",
            "NZD",
        "CNY", "INR", "BRL", "MXN", "ARS", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RUB", "TRY", "KRW", "ZAR"];

    static readonly string[] Infinite = ["inf", "infinity", "∞"];

    /// <summary>Reads a number with the given decimal mark; ±∞ is one, so that it can be refused as a number.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, char decimalMark, out NumberText number)
    {
        number = default;
        text = text.Trim();
        if (text.Length is 0 or > Longest)
            return false;
        bool isNegative = text[0] == '(' && text[^1] == ')';
        if (isNegative)
            text = text[1..^1];
        string currency = "";
        bool isPercent = false;
        int signs = isNegative ? 1 : 0;
        while (Strip(ref text, ref currency, ref isPercent, ref isNegative, ref signs))
            continue;
        if (signs > 1 || isPercent && currency.Length > 0)
            return false;
        Span<char> digits = stackalloc char[Longest];
        if (!TryPlain(text, decimalMark, digits, out int length, out bool isGrouped)
            || !double.TryParse(digits[..length], NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture, out double value))
            if (!IsInfinite(text))
                return false;
            else
                (value, isGrouped) = (double.PositiveInfinity, false);
        value = isPercent ? value / 100 : value;
        number = new(isNegative ? -value : value, isPercent, currency, isGrouped);
        return true;
    }

    // Takes one sign, currency or percent sign from either end.
    static bool Strip(ref ReadOnlySpan<char> text, ref string currency, ref bool isPercent, ref bool isNegative,
        ref int signs)
    {
        text = text.Trim();
        if (text.Length < 2)
            return false;
        if (text[0] is '-' or '−' or '+' || text[^1] is '-' or '−')
        {
            isNegative |= text[0] != '+';
            signs++;
            text = text[0] is '-' or '−' or '+' ? text[1..] : text[..^1];
            return true;
        }
        if (text[^1] == '%' && !isPercent)
        {
            isPercent = true;
            text = text[..^1];
            return true;
        }
        if (currency.Length > 0)
            return false;
        foreach (string sign in Currencies)
            if (text.StartsWith(sign, StringComparison.Ordinal) || text.EndsWith(sign, StringComparison.Ordinal))
            {
                currency = sign;
                text = text.StartsWith(sign, StringComparison.Ordinal) ? text[sign.Length..] : text[..^sign.Length];
                return true;
            }
        return false;
    }

    static bool IsInfinite(ReadOnlySpan<char> text)
    {
        foreach (string word in Infinite)
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }

    // Writes the digits with a point and without groups.
    static bool TryPlain(ReadOnlySpan<char> text, char decimalMark, Span<char> plain, out int length,
        out bool isGrouped)
    {
        (length, isGrouped) = (0, false);
        int point = text.IndexOf(decimalMark), exponent = text.IndexOfAny('e', 'E');
        int end = exponent >= 0 ? exponent : text.Length;
        ReadOnlySpan<char> whole = text[..(point >= 0 && point < end ? point : end)];
        if (!TryGroups(whole, decimalMark, plain, ref length, ref isGrouped) || isGrouped && exponent >= 0)
            return false;
        int digits = length;
        if (point >= 0 && point < end)
        {
            plain[length++] = '.';
            for (int i = point + 1; i < end; i++)
                if (char.IsAsciiDigit(text[i]))
                    plain[length++] = text[i];
                else
                    return false;
            digits = length - 1;
        }
        if (digits == 0)
            return false;
        text[end..].CopyTo(plain[length..]);
        length += text.Length - end;
        return true;
    }

    // Groups of three from the right, or as in India three and then twos; all with the same mark between them.
    static bool TryGroups(ReadOnlySpan<char> whole, char decimalMark, Span<char> plain, ref int length,
        ref bool isGrouped)
    {
        char mark = '\0';
        int run = 0, first = 0, groups = 0;
        bool areTwos = false;
        for (int i = 0; i < whole.Length; i++)
            if (char.IsAsciiDigit(whole[i]))
            {
                plain[length++] = whole[i];
                run++;
            }
            else
            {
                bool isMark = whole[i] is ' ' or '\u00a0' or '\u202f' or '\u2009' or '\'' or '’'
                    || whole[i] == (decimalMark == '.' ? ',' : '.');
                bool isTwo = groups > 0 && run == 2 && whole[i] == ',' && (areTwos || groups == 1 && first < 3);
                bool fits = groups == 0 ? run is 1 or 2 or 3 : run == 3 && !areTwos || isTwo;
                if (!isMark || mark != '\0' && whole[i] != mark || !fits)
                    return false;
                areTwos |= isTwo;
                (mark, first, run) = (whole[i], groups == 0 ? run : first, 0);
                groups++;
            }
        isGrouped = groups > 0;
        // 0,123 is no hundred.
        return groups == 0 || run == 3 && whole[0] != '0';
    }
}
