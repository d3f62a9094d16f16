namespace Hondo.Data;

/// <summary>How a CSV file is read. Everything left out is guessed.</summary>
public sealed record CsvOptions
{
    /// <summary>
    /// The column to predict: its name, or its number from 1 (−1 is the last, −2 the one before); several columns of
    /// numbers with commas between them. The last column that is not empty when left out.
    /// </summary>
    public string? Target { get; init; }

    /// <summary>Whether the first row names the columns.</summary>
    public CsvHeader Header { get; init; }

    /// <summary>Whether the target is classes or numbers.</summary>
    public CsvTask Task { get; init; }

    /// <summary>What stands between fields; a blank for any number of blanks.</summary>
    public char? Separator { get; init; }

    /// <summary>Which of point and comma begins the decimals where a column can be read both ways.</summary>
    public char? Decimal { get; init; }

    /// <summary>The texts that mean a missing value, besides none at all; the usual ones when null.</summary>
    public IReadOnlyList<string>? Missing { get; init; }

    /// <summary>A column of dates or numbers: the last rows by it are tested on, not random ones.</summary>
    public string? ByTime { get; init; }

    /// <summary>How many fields a row may have when rows with another count are kept as bad ones.</summary>
    internal int[]? Widths { get; init; }

    /// <summary>Says whether the first row is a header, by what else is known.</summary>
    internal Func<IReadOnlyList<string>, bool>? IsHeader { get; init; }

    /// <summary>Chooses the separator by the beginning of the text, by what else is known; null where it cannot.
    /// </summary>
    internal Func<string, char?>? SeparatorFor { get; init; }
}
