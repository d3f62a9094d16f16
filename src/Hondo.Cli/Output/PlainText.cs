using System.Text;

namespace Hondo.Cli.Output;

/// <summary>Text from files, for a terminal: nothing in it moves the cursor, changes colours or turns words around.
/// </summary>
static class PlainText
{
    // No file's name and no path is longer, so that they stay as they are.
    const int LongestWord = 255, LongestPath = 4096, Kept = 80;

    /// <summary>What is said of a text or table, on one line: a word as long as a page is cut.</summary>
    public static string Said(string text)
    {
        string plain = Of(text);
        return plain.Length <= LongestWord ? plain : string.Join(' ', plain.Split(' ').Select(word =>
            word.Length > (word.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) ? LongestPath
                : LongestWord) ? word[..Kept] + "…" : word));
    }

    /// <summary>The text on one line, with � in place of control characters and those that change direction.</summary>
    public static string Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
            plain.Append(rune.Value switch
            {
                '\n' or '\t' or '\r' => " ",
                < ' ' or (>= 0x7f and <= 0x9f) or (>= 0x202a and <= 0x202e) or (>= 0x2066 and <= 0x2069)
                    or 0x200e or 0x200f or 0x061c => "\ufffd",
                _ => rune.ToString(),
            });
        return plain.ToString();
    }
}
