using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Hondo.Tuning;

/// <summary>Reads texts with open places, and names these by where they stand: <c>optimizer.learningRate</c>.</summary>
sealed partial class SearchTextReader(string whole)
{
    const int Deepest = 16;

    readonly HashSet<string> _names = [], _aliases = [];

    public SearchText Read(string name) => Read(name, whole, 0);

    /// <summary>A range as its ToString wrote it.</summary>
    public static ParameterRange RangeOfText(string text) => new SearchTextReader(text).RangeOf(text);

    SearchText Read(string name, string text, int depth)
    {
        if (depth > Deepest)
            throw Wrong($"choices within choices are at most {Deepest} deep");
        List<SearchText.Part> parts = [];
        var before = new StringBuilder();
        for (int at = 0; at < text.Length;)
        {
            int open = text.IndexOf('{', at);
            string literal = open < 0 ? text[at..] : text[at..open];
            if (literal.Contains('}', StringComparison.Ordinal))
                throw Wrong("a '}' has no '{'");
            if (literal.Length > 0)
                parts.Add(new SearchText.Literal(literal));
            if (open < 0)
                break;
            before.Append(literal);
            int end = EndOf(text, open);
            parts.Add(PlaceOf(name, before.ToString(), text[(open + 1)..end], depth));
            before.Append('0');
            at = end + 1;
        }
        return new(text, parts);
    }

    int EndOf(string text, int open)
    {
        for (int i = open, depth = 0; i < text.Length; i++)
            if (text[i] == '{')
                depth++;
            else if (text[i] == '}' && --depth == 0)
                return i;
        throw Wrong("a '{' has no '}'");
    }

    SearchText.Part PlaceOf(string prefix, string before, string body, int depth)
    {
        string? alias = null;
        if (Aliased().Match(body) is { Success: true } match)
            (alias, body) = (match.Groups[1].Value, body[match.Length..]);
        else if (_aliases.Contains(body.Trim()))
            return new SearchText.Again(body.Trim());
        string name = Unique(alias is not null ? $"{prefix}.{alias}"
            : KeyOf(before) is { Length: > 0 } key ? $"{prefix}.{key}" : prefix);
        string[] options = [.. Split(body)];
        SearchText.Place place = options.Length > 1
            ? new(name, alias, ChoicesOf(options), [.. options.Select((option, i) =>
                Read($"{name}.{Head(option, i)}", option.Trim(), depth + 1))])
            : new(name, alias, RangeOf(body.Trim()), null);
        if (alias is not null && !_aliases.Add(alias))
            throw Wrong($"the name {alias} is given twice");
        return place;
    }

    ChoiceRange ChoicesOf(string[] options)
    {
        try
        {
            return new([.. options.Select(option => option.Trim())]);
        }
        catch (ArgumentException error)
        {
            throw Wrong(error.Message.Split(" (Parameter")[0]);
        }
    }

    ParameterRange RangeOf(string text)
    {
        if (Range().Match(text) is not { Success: true } match)
            throw Wrong($"'{{{text}}}' is none of {{a|b}}, {{0.1..0.5}}, {{log 1e-4..1e-1}}, {{int 16..256}}, "
                + "{int log 16..1024}, {name = …} and the {name} of an earlier place");
        bool isWhole = match.Groups["int"].Success, isLog = match.Groups["log"].Success;
        string low = match.Groups["low"].Value, high = match.Groups["high"].Value;
        try
        {
            return (isWhole, isLog) switch
            {
                (true, true) => new LogIntRange(Whole(low), Whole(high)),
                (true, false) => new IntRange(Whole(low), Whole(high)),
                (false, true) => new LogRange(Number(low), Number(high)),
                _ => new FloatRange(Number(low), Number(high)),
            };
        }
        catch (ArgumentException error)
        {
            throw Wrong(error.Message);
        }
    }

    double Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture,
        out double value) ? value : throw Wrong($"'{text}' is no number");

    int Whole(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
        out int value) ? value : throw Wrong($"'{text}' is no whole number");

    // The options between the bars that belong to this place.
    static IEnumerable<string> Split(string body)
    {
        int from = 0;
        for (int i = 0, depth = 0; i < body.Length; i++)
            if (body[i] == '|' && depth == 0)
            {
                yield return body[from..i];
                from = i + 1;
            }
            else
                depth += body[i] == '{' ? 1 : body[i] == '}' ? -1 : 0;
        yield return body[from..];
    }

    static string Head(string option, int place) =>
        Word().Match(option.Trim()) is { Success: true, Value: var word } ? word : $"{place}";

    // hidden: [16, → hidden[1];  Adam(learningRate: → learningRate;  Linear(784, → Linear[1]
    static string KeyOf(string before)
    {
        string inList = "";
        for (int i = before.Length - 1, depth = 0, commas = 0; i >= 0; i--)
        {
            char c = before[i];
            if (c is ')' or ']')
                depth++;
            else if (c is '(' or '[' && depth > 0)
                depth--;
            else if (c == ',' && depth == 0)
                commas++;
            else if (c == ':' && depth == 0 && commas == 0)
                return WordBefore(before, i) + inList;
            else if (c == '[')
                (inList, commas) = ($"[{commas}]", 0);
            else if (c == '(')
                return $"{WordBefore(before, i)}{inList}" + (inList.Length == 0 ? $"[{commas}]" : "");
        }
        return inList;
    }

    static string WordBefore(string text, int end) => LastWord().Match(text[..end]).Groups[1].Value;

    string Unique(string name)
    {
        string unique = name;
        for (int i = 2; !_names.Add(unique); i++)
            unique = $"{name}#{i}";
        return unique;
    }

    FormatException Wrong(string problem) =>
        new($"The search text \"{whole}\" cannot be read: {problem.TrimEnd('.')}.");

    [GeneratedRegex(@"^\s*([A-Za-z_]\w*)\s*=\s*")]
    private static partial Regex Aliased();

    [GeneratedRegex(@"^((?<int>int)\s+)?((?<log>log)\s+)?(?<low>[^\s.]+(\.\d+)?(e[+-]?\d+)?)\s*\.\.\s*(?<high>\S+)$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Range();

    [GeneratedRegex(@"^[A-Za-z_]\w*")]
    private static partial Regex Word();

    [GeneratedRegex(@"([A-Za-z_]\w*)\s*$")]
    private static partial Regex LastWord();
}
