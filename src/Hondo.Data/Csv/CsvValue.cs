using System.Globalization;

namespace Hondo.Data;

/// <summary>What a cell of a table can be.</summary>
static class CsvValue
{
    const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint
        | NumberStyles.AllowExponent;

    /// <summary>True for an empty cell and for the marks of a missing value that other programs write.</summary>
    public static bool IsMissing(string cell) => cell.Length == 0 || cell is "?" or "NA" or "N/A" or "#N/A" or "<NA>"
        or "NaN" or "nan" or "na" or "n/a" or "NULL" or "null" or "None" or "-nan";

    /// <summary>Reads a number; ±inf is one, so that it can be refused as a number.</summary>
    public static bool TryNumber(string cell, bool decimalComma, out double number)
    {
        if (decimalComma && cell.Contains(','))
            cell = cell.Contains('.') ? "" : cell.Replace(',', '.');
        if (double.TryParse(cell, Style, CultureInfo.InvariantCulture, out number))
            return true;
        bool isInfinite = cell.TrimStart('+', '-') is "inf" or "Inf" or "INF" or "infinity" or "Infinity";
        number = cell.StartsWith('-') ? double.NegativeInfinity : double.PositiveInfinity;
        return isInfinite;
    }

    /// <summary>True for <c>1,5</c>: a number whose one comma can only be a decimal comma.</summary>
    public static bool HasDecimalComma(string cell, char delimiter)
    {
        int comma = cell.IndexOf(',', StringComparison.Ordinal);
        // "1,234" between commas is a thousand and more; between semicolons it is 1.234.
        bool couldBeThousands = delimiter == ',' && cell.Length - comma == 4;
        return comma >= 0 && !couldBeThousands && TryNumber(cell, decimalComma: true, out _);
    }
}
