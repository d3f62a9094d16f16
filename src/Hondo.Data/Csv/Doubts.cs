using System.Globalization;
using System.Text;

namespace Hondo.Data;

/// <summary>What may have been meant otherwise, and is said.</summary>
static class Doubts
{
    const char Accented = '\u0301';

    /// <summary>Texts that differ by capitals or by marks alone, and texts that may stand for a gap.</summary>
    public static void OfValues(string column, IReadOnlyList<string> values, MissingTexts missing, List<string> notes)
    {
        OfNames(column, values, notes);
        string[] doubtful = [.. values.Where(missing.IsDoubtful)];
        if (doubtful.Length > 0)
            notes.Add($"{column}: '{doubtful[0]}' is read as a text like the others; --missing {doubtful[0]} makes it "
                + "a missing value.");
    }

    /// <summary>Names that look like one written in several ways: by capitals, by blanks and marks at their ends or
    /// between words, or by another code for the same letters.</summary>
    public static void OfNames(string what, IReadOnlyList<string> names, ICollection<string> notes)
    {
        bool hasAccents = names.Any(name => name.Any(letter =>
            char.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark));
        string[] alike = [.. names.GroupBy(name => Plain(name, hasAccents)).FirstOrDefault(group =>
            group.Key.Any(char.IsLetterOrDigit) && group.Count() > 1) ?? Enumerable.Empty<string>()];
        if (alike.Length == 0)
            return;
        string quoted = string.Join(" and ", alike.Select(name => $"'{name}'"));
        notes.Add(alike.All(name => string.Equals(name, alike[0], StringComparison.OrdinalIgnoreCase))
            ? $"{what}: {quoted} differ by capitals only, and stay apart."
            : $"{what}: {quoted} look almost alike, and stay apart. Write them alike if one is meant.");
    }

    // One letter with its accent may be one code or two: which ones belong together the runtime does not know without
    // the data of all languages, so where a name has accents of their own, any such letter counts as any other.
    static string Plain(string name, bool hasAccents)
    {
        var plain = new StringBuilder(name.Length);
        foreach (char letter in name)
            if (char.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark && plain.Length > 0)
                plain[^1] = Accented;
            else
                plain.Append(letter is '_' or '-' && plain.Length > 0 || char.IsWhiteSpace(letter) ? ' '
                    : hasAccents && letter >= 'À' && char.IsLetter(letter) ? Accented : char.ToUpperInvariant(letter));
        return string.Join(' ', plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Trim(' ', '"', '\'').TrimEnd('.', ',', ';', ':');
    }
}
