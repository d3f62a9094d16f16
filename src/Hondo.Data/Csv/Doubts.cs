namespace Hondo.Data;

/// <summary>What may have been meant otherwise, and is said.</summary>
static class Doubts
{
    /// <summary>Texts that differ by capitals alone, and texts that may stand for a gap.</summary>
    public static void OfValues(string column, IReadOnlyList<string> values, MissingTexts missing, List<string> notes)
    {
        string[][] alike = [.. values.GroupBy(value => value, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1).Select(group => group.ToArray())];
        if (alike.Length > 0)
            notes.Add($"{column}: {string.Join(" and ", alike[0].Select(value => $"'{value}'"))} differ by capitals "
                + "only, and stay apart.");
        string[] doubtful = [.. values.Where(missing.IsDoubtful)];
        if (doubtful.Length > 0)
            notes.Add($"{column}: '{doubtful[0]}' is read as a text like the others; --missing {doubtful[0]} makes it "
                + "a missing value.");
    }
}
