using System.Text;

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

    /// <summary>What the numbers to predict are, by their name in <see cref="Serialization.TargetCatalog"/>; plain
    /// numbers when null.</summary>
    public string? Kind { get; init; }

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

/// <summary>Whether the first row of a table names its columns.</summary>
public enum CsvHeader
{
    /// <summary>It does when none of its cells is a number, and other rows are unlike it.</summary>
    Guessed,

    /// <summary>It does.</summary>
    Present,

    /// <summary>It is a row like the others; columns are called <c>column 1</c> and so on.</summary>
    Absent,
}

/// <summary>What kind of thing the target column holds.</summary>
public enum CsvTask
{
    /// <summary>
    /// Classes when the target is text, or at most 20 different whole numbers that each occur about twice or more;
    /// numbers otherwise.
    /// </summary>
    Guessed,

    /// <summary>Each different value is a class.</summary>
    Classes,

    /// <summary>Numbers to predict (regression).</summary>
    Numbers,
}

/// <summary>The texts that stand for a missing value. No text at all always does.</summary>
sealed class MissingTexts(IReadOnlyList<string>? told)
{
    // A number that was named is a gap however it is written: -999 in -999.0 as well.
    readonly HashSet<double> _numbers = [.. (told ?? []).Select(NumberOf).OfType<double>()];

    static readonly string[] Usual = ["?", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "-nan", "NULL", "null"];

    // Among texts NA is Namibia and None a class; among numbers they can only be gaps.
    static readonly string[] AmongNumbers = [.. Usual, "NA", "na", "None", "none", "n.a.", "-", "--", "–", "—", ".",
        "#DIV/0!", "#VALUE!", "#NULL!", "#REF!"];

    /// <summary>The texts that a user named, or null for the usual ones.</summary>
    public IReadOnlyList<string>? Told => told;

    /// <summary>True when a text of a column of numbers or dates is a gap.</summary>
    public bool IsAmongNumbers(string text) => text.Length == 0 || IsNamed(text, AmongNumbers);

    /// <summary>True when a text of a column of texts is a gap.</summary>
    public bool IsAmongTexts(string text) => text.Length == 0 || IsNamed(text, Usual);

    /// <summary>True for a text that is kept as a value, and might have been meant as a gap.</summary>
    public bool IsDoubtful(string text) => !IsAmongTexts(text) && told is null && AmongNumbers.Contains(text);

    /// <summary>True for a number that a user named.</summary>
    public bool IsNamed(double number) => _numbers.Count > 0 && _numbers.Contains(number);

    /// <summary>True when the numbers that were named are among others that were.</summary>
    public bool NumbersAreIn(MissingTexts others) => _numbers.IsSubsetOf(others._numbers);

    /// <summary>True when this text, or the number that it is, stands for the one named.</summary>
    public static bool IsSame(string text, string named) =>
        text == named || NumberOf(named) is { } number && NumberOf(text) == number;

    bool IsNamed(string text, string[] usual) =>
        (told ?? usual).Contains(text) || _numbers.Count > 0 && NumberOf(text) is { } number && IsNamed(number);

    static double? NumberOf(string text) =>
        PlainNumber.TryRead(Encoding.UTF8.GetBytes(text), out PlainNumber number) ? number.Value : null;
}
