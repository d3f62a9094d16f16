namespace Hondo.Tuning;

/// <summary>Texts with open places that are searched together: a model, an optimizer, a schedule.</summary>
/// <param name="texts">What each text is, and the text.</param>
/// <exception cref="FormatException">A text cannot be read.</exception>
public sealed class SearchSpace(params IReadOnlyList<(string Name, string Text)> texts)
{
    readonly IReadOnlyList<(string Name, SearchText Text)> _texts =
        [.. texts.Select(one => (one.Name, SearchText.Parse(one.Name, one.Text)))];

    /// <summary>True when there is something to search.</summary>
    public bool HasPlaces => _texts.Any(one => one.Text.HasPlaces);

    /// <summary>The texts with every place filled.</summary>
    /// <param name="suggest">Gives the value of a parameter: <see cref="Trial.Suggest"/>.</param>
    public IReadOnlyDictionary<string, string> Fill(Func<string, ParameterRange, double> suggest) =>
        _texts.ToDictionary(one => one.Name, one => one.Text.Fill(suggest));

    /// <summary>The values of the places in texts without places, as far as those are built alike.</summary>
    /// <param name="texts">What each text is, and the text: what a training without a search has.</param>
    public IReadOnlyDictionary<string, double> ValuesIn(IReadOnlyDictionary<string, string> texts) => _texts
        .Where(one => texts.ContainsKey(one.Name)).SelectMany(one => one.Text.ValuesIn(texts[one.Name]))
        .ToDictionary(one => one.Name, one => one.Value);

    /// <summary>How many different fillings there are, with so many points of each continuum.</summary>
    public double CountOf(int points) => _texts.Aggregate(1.0, (count, one) => count * one.Text.CountOf(points));

    /// <summary>The values of one of them, counted from 0.</summary>
    public IReadOnlyDictionary<string, double> Point(double number, int points)
    {
        Dictionary<string, double> values = [];
        foreach ((_, SearchText text) in _texts.Reverse())
        {
            double count = text.CountOf(points);
            text.Point(number % count, points, values);
            number = Math.Floor(number / count);
        }
        return values;
    }
}
