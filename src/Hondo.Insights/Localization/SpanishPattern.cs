using System.Text.RegularExpressions;

namespace Hondo.Localization;

/// <summary>A text with holes and its translation.</summary>
sealed class SpanishPattern
{
    const int LeastFixed = 8, LeastAround = 3, Unmistakable = 20;

    readonly string _english, _spanish, _longest;
    readonly Lazy<Regex> _regex;

    public SpanishPattern(string english, string spanish)
    {
        string[] pieces = SpanishText.Hole().Replace(english, "\0").Split('\0');
        (_english, _spanish) = (english, spanish);
        _longest = pieces.MaxBy(piece => piece.Length)!;
        Fixed = pieces.Sum(piece => piece.Count(char.IsLetter));
        Begins = pieces[0].Count(char.IsLetter);
        IsSure = (Fixed >= Unmistakable && pieces.Length > 4) || spanish.Contains("!}", StringComparison.Ordinal);
        _regex = new(Expression);
    }

    /// <summary>Letters that do not vary: the more, the surer it is what is meant.</summary>
    public int Fixed { get; }

    /// <summary>Whether nothing else is meant, however long what is in its holes: it is marked as words of ours, or
    /// stands between words of ours.
    /// </summary>
    public bool IsSure { get; }

    /// <summary>Letters before the first hole.</summary>
    public int Begins { get; }

    /// <summary>The translation of a text of this pattern; null for another text.</summary>
    public string? Of(string english) =>
        english.Contains(_longest, StringComparison.Ordinal) && _regex.Value.Match(english) is { Success: true } match
            ? SpanishText.Hole().Replace(_spanish,
                hole => In(match.Groups[$"h{hole.Groups[1].Value}"].Value, hole.Value)) : null;

    // What stands in {2!} are words of ours, in words.txt, some with a ! before them: no names of a user's.
    static string In(string part, string hole) => hole.Contains('!', StringComparison.Ordinal)
        ? string.Join(", ", part.Split(", ").Select(SpanishText.Word)) : SpanishText.Part(part);

    // What stands in a hole does not reach over the end of a sentence, nor over the gap between two columns; short
    // patterns hold single words only.
    Regex Expression()
    {
        bool isShort = Fixed < (_english[0] == '{' ? LeastAround : LeastFixed);
        string any = isShort ? @"(?:\S+?|\w+\(.*?\)|\S+?(?:, \S+?)+)" : @"(?:(?!\. ['A-Z]|(?<=[^\s.?!])  +\S).)+?";
        string escaped = Regex.Escape(_english).Replace(@"\{", "{", StringComparison.Ordinal);
        return new("^" + SpanishText.Hole().Replace(escaped, hole => $"(?<h{hole.Groups[1].Value}>{any})") + "$",
            RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }
}
