using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Hondo.Localization;

/// <summary>
/// What Hondo says, in Spanish: the texts of the files in <c>es</c>. A text with {0}, {1} … is a pattern: what stands
/// there in the English text (numbers, names) is taken over as it is, sentences and phrases that are texts themselves
/// are told in Spanish, too.
/// </summary>
static partial class SpanishText
{
    const int MostDepth = 6, MostColons = 4, SureBeginning = 10, Beginning = 5;
    const string WordFile = "es/words.txt";

    [ThreadStatic]
    static int _depth;

    static readonly Lazy<Dictionary<string, string>> Texts = new(() =>
        Gathered(SpanishPhrases.All.Where(text => text.Key.Any(char.IsLetter))
            .Concat(FigureWords.All).Concat(Read(name => name != WordFile))));

    static readonly Lazy<Dictionary<string, string>> Words = new(() => Gathered(Read(name => name == WordFile)));

    static readonly Lazy<SpanishPattern[]> Patterns = new(() =>
        [.. Texts.Value.Where(text => Hole().IsMatch(text.Key)).Select(text => new SpanishPattern(text.Key, text.Value))
            .OrderByDescending(pattern => pattern.Fixed)]);

    /// <summary>All texts, English to Spanish.</summary>
    public static IReadOnlyDictionary<string, string> All => Texts.Value;

    /// <summary>A text, a message of several sentences, or null when a part of it has no translation.</summary>
    public static string? Of(string english)
    {
        if (_depth > MostDepth)
            return null;
        _depth++;
        try
        {
            return Known(english, isSure: true) ?? Sentences(Sentence(), english) ?? Sentences(Boundary(), english)
                ?? Composed(english) ?? Known(english, isSure: false);
        }
        finally
        {
            _depth--;
        }
    }

    /// <summary>A text as far as it is known, line by line and sentence by sentence.</summary>
    public static string OrEnglish(string english)
    {
        if (english.Contains('\n', StringComparison.Ordinal))
            return Known(english, isSure: true) ?? string.Join('\n', english.Split('\n').Select(OrEnglish));
        if (Of(english) is { } known)
            return known;
        return string.Join(' ', Sentence().Split(english).Select(sentence => Of(sentence)
            ?? string.Join(' ', Boundary().Split(sentence).Select(part => Of(part) ?? part))));
    }

    /// <summary>A heading or a name of a column: a word of <c>words.txt</c>, or a text.</summary>
    public static string Label(string english) => Words.Value.GetValueOrDefault(english) ?? OrEnglish(english);

    /// <summary>A line of a terminal or of a table: columns stay where they are, where they can.</summary>
    public static string Line(string line)
    {
        string words = line.TrimStart(' ', '-', '→'), before = line[..^words.Length];
        if (words.StartsWith("note: ", StringComparison.Ordinal))
            return $"{before}nota: {OrEnglish(words["note: ".Length..])}";
        return before + (Of(words) ?? (words.Contains("  ", StringComparison.Ordinal)
            ? Cell().Replace(words, cell => Column(cell.Groups[1].Value, cell.Groups[2].Value))
            : OrEnglish(words)));
    }

    /// <summary>A drawing or a page: the texts between its tags, and those that are read aloud.</summary>
    public static string Markup(string markup) =>
        Spoken().Replace(markup, text => SvgText.Escape(Said(WebUtility.HtmlDecode(text.Value))));

    // What is read aloud is a title, a full stop and what is seen.
    static string Said(string text)
    {
        int end = text.IndexOf(". ", StringComparison.Ordinal);
        return end > 0 && end + 2 < text.Length && !char.IsUpper(text[end + 2])
            ? $"{Label(text[..end])}. {Label(text[(end + 2)..])}" : Label(text);
    }

    static string Column(string cell, string gap)
    {
        string spanish = Label(cell);
        return gap.Length == 0 ? spanish : spanish.PadRight(Math.Max(cell.Length + gap.Length, spanish.Length + 2));
    }

    // Sure is what holds for most of the letters: of less a more exact way may be found.
    static string? Known(string english, bool isSure)
    {
        if (!english.Any(char.IsLetter))
            return english;
        if (Texts.Value.TryGetValue(english, out string? known))
            return known;
        int letters = Named().Replace(english, "").Count(char.IsLetter);
        int least = isSure ? letters * 9 / 20 : letters / 8;
        foreach (SpanishPattern pattern in Patterns.Value)
            if ((pattern.Fixed > least || pattern.Begins >= (isSure ? SureBeginning : Beginning))
                && pattern.Of(english) is { } spanish)
                return spanish;
        return null;
    }

    // Errors are composed: a place or a name, a colon, what is wrong there, and a full stop.
    static string? Composed(string english)
    {
        string text = english.TrimEnd('.'), end = english[text.Length..];
        if (end.Length > 0 && Told(text) is { } sentence)
            return sentence + end;
        for (int colon = text.IndexOf(": ", StringComparison.Ordinal), tried = 0; colon > 0 && tried < MostColons;
            colon = text.IndexOf(": ", colon + 2, StringComparison.Ordinal), tried++)
            if (Told(english[(colon + 2)..]) is { } whole)
                return $"{Part(text[..colon])}: {whole}";
            else if (Told(text[(colon + 2)..]) is { } rest)
                return $"{Part(text[..colon])}: {rest}{end}";
        return Told(english);
    }

    // A text, also with a name before it: CrossEntropy() is for sequences …
    static string? Told(string text)
    {
        if (!text.Any(char.IsLetter))
            return null;
        int blank = char.IsLower(text[0]) ? -1 : text.IndexOf(' ', StringComparison.Ordinal);
        return Known(text, isSure: true) ?? (blank > 0 && blank < text.Length - 1 && char.IsLower(text[blank + 1])
            && Known(text[(blank + 1)..], isSure: true) is { } told ? $"{text[..blank]} {told}" : null);
    }

    /// <summary>
    /// What stands in a hole: names stay as they are; what has blanks in it may be a text of its own, a list, or hold
    /// texts in brackets.
    /// </summary>
    internal static string Part(string part)
    {
        string text = part.Trim(' ');
        if (!text.Contains(' ', StringComparison.Ordinal))
            return part;
        string told = Of(text) ?? (List().IsMatch(text) ? Link().Replace(text, link =>
            link.Value == " or " ? " o " : " y ") : Bracketed().Replace(text, inner => Of(inner.Value) ?? inner.Value));
        int start = part.Length - part.TrimStart(' ').Length;
        return part[..start] + told + part[(start + text.Length)..];
    }

    static string? Sentences(Regex boundary, string english)
    {
        string[] pieces = boundary.Split(english);
        if (pieces.Length < 2)
            return null;
        string?[] parts = [.. pieces.Select(Of)];
        return parts.All(part => part is not null) ? string.Join(' ', parts) : null;
    }

    static Dictionary<string, string> Gathered(IEnumerable<KeyValuePair<string, string>> texts)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string english, string spanish) in texts)
            all[english.Trim(' ', '\n')] = spanish.Trim(' ', '\n');
        return all;
    }

    static IEnumerable<KeyValuePair<string, string>> Read(Func<string, bool> isMeant)
    {
        Assembly own = Assembly.GetExecutingAssembly();
        foreach (string name in own.GetManifestResourceNames().Where(name =>
            name.StartsWith("es/", StringComparison.Ordinal) && isMeant(name)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(own.GetManifestResourceStream(name)!);
            string? english = null;
            while (reader.ReadLine()?.Replace("\\n", "\n", StringComparison.Ordinal) is { } line)
                if (line.StartsWith("= ", StringComparison.Ordinal))
                    english = line[2..];
                else if (english is not null && line.Length > 0)
                {
                    yield return new(english, line);
                    english = null;
                }
        }
    }

    [GeneratedRegex("""(?<=<(?:text|title|desc)\b[^>]*>)[^<>]+(?=<)|(?<=aria-label=")[^"]+""")]
    private static partial Regex Spoken();

    [GeneratedRegex("(.+?)( {2,}|$)")]
    private static partial Regex Cell();

    [GeneratedRegex(@"\{(\d+)\}")]
    internal static partial Regex Hole();

    [GeneratedRegex(@"(?<=[.?]) (?=['A-Z]|\[\w+; --debug|\(Parameter ')")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"(?<=[.:?]) (?=['A-Z])")]
    private static partial Regex Boundary();

    // Names, shapes, texts in quotes or braces, with commas, and, or between.
    [GeneratedRegex(@"^(?:(?:^|, | and | or )(?:\[[^]]*\]|'[^']*'|\{[^}]*\}|[^\s,]+))+$")]
    private static partial Regex List();

    // What is a user's: texts in quotes, paths, calls.
    [GeneratedRegex(@"'[^']*'|/\S+|\w+\([^()]*\)")]
    private static partial Regex Named();

    [GeneratedRegex(" (?:and|or) ")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<=\()[^()]+(?=\))")]
    private static partial Regex Bracketed();
}

/// <summary>A text with holes and its translation.</summary>
sealed class SpanishPattern
{
    const int LeastFixed = 8, LeastAround = 3;

    readonly string _english, _spanish, _longest;
    readonly Lazy<Regex> _regex;

    public SpanishPattern(string english, string spanish)
    {
        string[] pieces = SpanishText.Hole().Replace(english, "\0").Split('\0');
        (_english, _spanish) = (english, spanish);
        _longest = pieces.MaxBy(piece => piece.Length)!;
        Fixed = pieces.Sum(piece => piece.Count(char.IsLetter));
        Begins = pieces[0].Count(char.IsLetter);
        _regex = new(Expression);
    }

    /// <summary>Letters that do not vary: the more, the surer it is what is meant.</summary>
    public int Fixed { get; }

    /// <summary>Letters before the first hole.</summary>
    public int Begins { get; }

    /// <summary>The translation of a text of this pattern; null for another text.</summary>
    public string? Of(string english) =>
        english.Contains(_longest, StringComparison.Ordinal) && _regex.Value.Match(english) is { Success: true } match
            ? SpanishText.Hole().Replace(_spanish, hole => SpanishText.Part(
                match.Groups[$"h{hole.Groups[1].Value}"].Value)) : null;

    // What stands in a hole does not reach over the end of a sentence; short patterns hold single words only.
    Regex Expression()
    {
        bool isShort = Fixed < (_english[0] == '{' ? LeastAround : LeastFixed);
        string any = isShort ? @"(?:\S+?|\w+\(.*?\)|\S+?(?:, \S+?)+)" : @"(?:(?!\. ['A-Z]).)+?";
        string escaped = Regex.Escape(_english).Replace(@"\{", "{", StringComparison.Ordinal);
        return new("^" + SpanishText.Hole().Replace(escaped, hole => $"(?<h{hole.Groups[1].Value}>{any})") + "$",
            RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }
}
