namespace Hondo.Data;

/// <summary>The texts that stand for a missing value. No text at all always does.</summary>
sealed class MissingTexts(IReadOnlyList<string>? told)
{
    static readonly string[] Usual = ["?", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "-nan", "NULL", "null"];

    // Among texts NA is Namibia and None a class; among numbers they can only be gaps.
    static readonly string[] AmongNumbers = [.. Usual, "NA", "na", "None", "none", "n.a.", "-", "--", "–", "—", ".",
        "#DIV/0!", "#VALUE!", "#NULL!", "#REF!"];

    /// <summary>The texts that a user named, or null for the usual ones.</summary>
    public IReadOnlyList<string>? Told => told;

    /// <summary>True when a text of a column of numbers or dates is a gap.</summary>
    public bool IsAmongNumbers(string text) => text.Length == 0 || (told ?? AmongNumbers).Contains(text);

    /// <summary>True when a text of a column of texts is a gap.</summary>
    public bool IsAmongTexts(string text) => text.Length == 0 || (told ?? Usual).Contains(text);

    /// <summary>True for a text that is kept as a value, and might have been meant as a gap.</summary>
    public bool IsDoubtful(string text) => !IsAmongTexts(text) && told is null && AmongNumbers.Contains(text);
}
