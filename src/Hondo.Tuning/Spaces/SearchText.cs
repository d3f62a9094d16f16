using System.Text;
using System.Text.RegularExpressions;

namespace Hondo.Tuning;

/// <summary>
/// A text with open places, <c>mlp(hidden: [{int log 16..512}])</c>: <c>{a|b}</c> is one of several texts, which may
/// have open places of their own, <c>{0.1..0.5}</c> a number, <c>{log 1e-4..1e-1}</c> one whose logarithm matters,
/// <c>{int 16..256}</c> and <c>{int log 16..1024}</c> whole numbers. <c>{width = int 16..64}</c> gives a name, and
/// <c>{width}</c> takes the same value again. A parameter within a choice exists only where it is chosen.
/// </summary>
public sealed class SearchText
{
    readonly string _source;
    readonly IReadOnlyList<Part> _parts;

    internal SearchText(string source, IReadOnlyList<Part> parts) => (_source, _parts) = (source, parts);

    /// <summary>Reads a text.</summary>
    /// <param name="name">What the text is, <c>optimizer</c>: the names of its parameters begin with it.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">A place cannot be read; the message shows which.</exception>
    public static SearchText Parse(string name, string text) => new SearchTextReader(text).Read(name);

    /// <summary>True when there is something to search in it.</summary>
    public bool HasPlaces => _parts.Any(part => part is not Literal);

    /// <summary>The text with every place filled.</summary>
    /// <param name="suggest">Gives the value of a parameter.</param>
    public string Fill(Func<string, ParameterRange, double> suggest)
    {
        var text = new StringBuilder();
        Fill(suggest, [], text);
        return text.ToString();
    }

    void Fill(Func<string, ParameterRange, double> suggest, Dictionary<string, string> known, StringBuilder text)
    {
        foreach (Part part in _parts)
            switch (part)
            {
                case Literal literal:
                    text.Append(literal.Text);
                    break;
                case Again again:
                    text.Append(known.TryGetValue(again.Name, out string? same) ? same
                        : throw new FormatException($"{{{again.Name}}} takes a value again that this text has not "
                            + $"taken yet: {_source}"));
                    break;
                case Place place:
                    int start = text.Length;
                    double value = suggest(place.Name, place.Range);
                    if (place.Options is { } options)
                        options[(int)value].Fill(suggest, known, text);
                    else
                        text.Append(place.Range.Text(value));
                    known[place.Alias ?? place.Name] = text.ToString(start, text.Length - start);
                    break;
            }
    }

    /// <summary>
    /// The values that another text has at the places of this one, as far as it is built alike; it may have more
    /// arguments behind the last.
    /// </summary>
    internal IEnumerable<(string Name, double Value)> ValuesIn(string filled)
    {
        string pattern = string.Concat(_parts.Select(part => part switch
        {
            Literal literal => Regex.Escape(Tight(literal.Text)),
            Place => "(.*?)",
            _ => "(?:.*?)",
        }));
        while (pattern.EndsWith("\\)", StringComparison.Ordinal))
            pattern = pattern[..^2];
        Match match = Regex.Match(Tight(filled), $"^{pattern}(?:[,)].*)?$");
        return match.Success ? _parts.OfType<Place>().Select((place, i) => (place.Name,
            Value: place.Range.Read(match.Groups[i + 1].Value))).Where(one => one.Value is not null)
            .Select(one => (one.Name, one.Value!.Value)) : [];
    }

    static string Tight(string text) => text.Replace(" ", "", StringComparison.Ordinal);

    /// <summary>How many different texts there are, with so many points of each continuum.</summary>
    public double CountOf(int points) => _parts.OfType<Place>().Aggregate(1.0, (count, place) => count * Of(place,
        points));

    static double Of(Place place, int points) => place.Options is { } options
        ? options.Sum(option => option.CountOf(points))
        : Math.Min(place.Range.Count ?? points, points);

    /// <summary>Writes the values of the text of a number into a table: the last place changes fastest.</summary>
    internal void Point(double number, int points, Dictionary<string, double> values)
    {
        foreach (Place place in _parts.OfType<Place>().Reverse())
        {
            double count = Of(place, points), digit = number % count;
            number = Math.Floor(number / count);
            if (place.Options is not { } options)
            {
                values[place.Name] = place.Range.FromUnit(count == 1 ? 0.5 : place.Range.Count == (int)count
                    ? (digit + 0.5) / count : digit / (count - 1));
                continue;
            }
            int option = 0;
            for (double size; digit >= (size = options[option].CountOf(points)); option++)
                digit -= size;
            values[place.Name] = option;
            options[option].Point(digit, points, values);
        }
    }

    /// <summary>The text as it was written.</summary>
    public override string ToString() => _source;

    internal abstract record Part;

    internal sealed record Literal(string Text) : Part;

    internal sealed record Again(string Name) : Part;

    internal sealed record Place(string Name, string? Alias, ParameterRange Range, IReadOnlyList<SearchText>? Options)
        : Part;
}
