using System.Net;
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
    const string Note = "note: ", SpanishNote = "nota: ";

    [ThreadStatic]
    static int _depth;

    static readonly Lazy<SpanishPattern[]> Patterns = new(() =>
        [.. SpanishFiles.Texts.Where(text => Hole().IsMatch(text.Key))
            .Select(text => new SpanishPattern(text.Key, text.Value)).OrderByDescending(pattern => pattern.Fixed)]);

    /// <summary>All texts, English to Spanish.</summary>
    public static IReadOnlyDictionary<string, string> All => SpanishFiles.Texts;

    /// <summary>A text, a message of several sentences, or null when a part of it has no translation.</summary>
    public static string? Of(string english)
    {
        if (_depth > MostDepth)
            return null;
        _depth++;
        try
        {
            if (english.StartsWith(Note, StringComparison.Ordinal) && Of(english[Note.Length..]) is { } noted)
                return SpanishNote + noted;
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
        return Of(english) ?? string.Join(' ', Sentence().Split(english).Select(sentence => Of(sentence)
            ?? string.Join(' ', Boundary().Split(sentence).Select(part => Of(part) ?? part))));
    }

    /// <summary>A heading or a name of a column: a word of <c>words.txt</c>, or a text.</summary>
    public static string Label(string english) => SpanishFiles.Words.GetValueOrDefault(english)
        ?? (english.Length > 0 && char.IsUpper(english[0]) && SpanishFiles.Words.GetValueOrDefault(
            char.ToLowerInvariant(english[0]) + english[1..]) is { Length: > 0 } word
            ? char.ToUpperInvariant(word[0]) + word[1..] : OrEnglish(english));

    /// <summary>A line of a terminal or of a table: columns stay where they are, where they can.</summary>
    public static string Line(string line)
    {
        string words = line.TrimStart(' ', '-', '→'), before = line[..^words.Length];
        if (words.StartsWith(Note, StringComparison.Ordinal) && Of(words) is null)
            return before + SpanishNote + OrEnglish(words[Note.Length..]);
        return before + (Of(words) ?? (words.Contains("  ", StringComparison.Ordinal)
            ? Cell().Replace(words, cell => Column(cell.Groups[1].Value, cell.Groups[2].Value))
            : OrEnglish(words)));
    }

    /// <summary>A drawing or a page: the texts between its tags, and those that are read aloud.</summary>
    public static string Markup(string markup) =>
        SpanishLegend.Spread(Spoken().Replace(markup, text =>
            SvgText.Escape(Said(WebUtility.HtmlDecode(text.Value)))));

    // What is read aloud is a title, a full stop and what is seen.
    static string Said(string text)
    {
        int end = text.IndexOf(". ", StringComparison.Ordinal);
        return end > 0 && end + 2 < text.Length && !char.IsUpper(text[end + 2])
            ? $"{Label(text[..end])}. {Label(text[(end + 2)..])}" : Label(text) is var whole && whole != text ? whole
            : string.Join(", ", text.Split(", ").Select(Label));
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
        if ((SpanishFiles.Texts.GetValueOrDefault(english) ?? Figure(english)) is { } known)
            return known;
        int letters = Named().Replace(english, "").Count(char.IsLetter);
        int least = isSure ? letters * 9 / 20 : letters / 8;
        foreach (SpanishPattern pattern in Patterns.Value)
            if ((pattern.Fixed > least || pattern.IsSure || pattern.Begins >= (isSure ? SureBeginning : Beginning))
                && pattern.Of(english) is { } spanish)
                return spanish;
        return null;
    }

    // A loss or a metric of a part, with its number: dev mean absolute error 0.25. So one line tells a new one.
    static string? Figure(string english) => Measure().Match(english).Groups is var of
        && of["part"].Length + of["number"].Length > 0 && of["name"].Value is var name
        && (SpanishFiles.Texts.GetValueOrDefault(name) ?? SpanishFiles.Words.GetValueOrDefault(name)) is { } told
            ? told + (of["part"].Length > 0 ? $" en {of["part"].Value.TrimEnd()}" : "") + of["number"].Value : null;

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

    /// <summary>A word of ours where no user's name can stand: within a sentence, or a heading.</summary>
    internal static string Word(string text) => SpanishFiles.Words.GetValueOrDefault($"! {text}") ?? Label(text);

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
            link.Value == " or " ? " o " : " y ")
            : Bracketed().Replace(text, inner => Of(inner.Value)
                ?? SpanishFiles.Words.GetValueOrDefault($"! {inner.Value}", inner.Value)));
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

    [GeneratedRegex("""(?<=<(?:text|title|desc)\b[^>]*>)[^<>]+(?=<)|(?<=aria-label=")[^"]+""")]
    private static partial Regex Spoken();

    [GeneratedRegex("(.+?)( {2,}|$)")]
    private static partial Regex Cell();

    // A name and its number: loss 0.25, test loss 0.25, test loss: 0.25.
    [GeneratedRegex(@"^(?<part>(?:train|dev|test) )?(?<name>\p{L}.*?)(?<number>(?(part):?) -?[\d.,]+(?: ?%)?)?$")]
    private static partial Regex Measure();

    [GeneratedRegex(@"\{(\d+)!?\}")]
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
