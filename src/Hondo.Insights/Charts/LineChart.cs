namespace Hondo.Charts;

/// <summary>Curves over a common axis.</summary>
/// <example><code>
/// var chart = new LineChart("Loss", [new("train", history["loss"]), new("dev", history["dev loss"])])
/// {
///     Across = "epoch", Up = "cross-entropy in nats", UpScale = AxisScale.Log,
/// };
/// File.WriteAllText("loss.svg", chart.ToSvg());
/// </code></example>
/// <param name="title">What it shows.</param>
/// <param name="series">The curves.</param>
public sealed class LineChart(string title, IReadOnlyList<Series> series) : Chart(title)
{
    // More points than the drawing has columns cannot be seen; more than this many hover targets cannot be hit.
    const int MostColumns = 600, MostDots = 60, FewDots = 20;

    /// <summary>What the axis across says, with its unit.</summary>
    public string Across { get; init; } = "epoch";

    /// <summary>What the axis upwards says, with its unit.</summary>
    public string Up { get; init; } = "";

    /// <summary>How the axis across is laid out.</summary>
    public AxisScale AcrossScale { get; init; } = AxisScale.Whole;

    /// <summary>How the axis upwards is laid out.</summary>
    public AxisScale UpScale { get; init; }

    /// <summary>The weight of <see cref="Series.Smoothed"/>; 0 draws the curves as they are.</summary>
    public double Smoothing { get; init; }

    private protected override string Summary() => string.Join("; ", series.Select(one =>
    {
        double[] y = [.. one.Y.Where(double.IsFinite)];
        return y.Length == 0 ? $"{one.Name} has no points"
            : $"{one.Name} goes from {Axis.Number(y[0])} to {Axis.Number(y[^1])}, least {Axis.Number(y.Min())}, most "
                + Axis.Number(y.Max());
    }));

    private protected override void Draw(SvgText svg)
    {
        Series[] shown = [.. series.Select(one => Smoothing > 0 ? one.Smoothed(Smoothing) : one)];
        Axis across = Axis.For(series.SelectMany(one => one.X), AcrossScale, ticks: 8);
        Axis up = Axis.For(series.SelectMany(one => one.Y), UpScale, ticks: 6);
        var plot = new Plot(svg, across, up, [.. series.Select(one => one.Name)]);
        plot.Frame(Across, Up);
        for (int i = 0; i < shown.Length; i++)
        {
            string colour = $"s{i % ChartStyle.Colours}";
            if (Smoothing > 0)
                svg.Path($"raw {colour}", Pieces(series[i], plot, across, up));
            svg.Path($"line {colour}", Pieces(shown[i], plot, across, up));
        }
        for (int i = 0; i < shown.Length; i++)
            Dots(svg, series[i], shown[i], plot, across, up, $"s{i % ChartStyle.Colours}");
    }

    static List<List<(double X, double Y)>> Pieces(Series one, Plot plot, Axis across, Axis up)
    {
        List<List<(double X, double Y)>> pieces = [[]];
        foreach (int i in Kept(one))
            if (across.Has(one.X[i]) && up.Has(one.Y[i]))
                pieces[^1].Add((plot.X(one.X[i]), plot.Y(one.Y[i])));
            else if (pieces[^1].Count > 0)
                pieces.Add([]);
        return pieces;
    }

    // Of each column of the drawing the least and the largest value: no spike is lost.
    static IEnumerable<int> Kept(Series one)
    {
        int count = Math.Min(one.X.Count, one.Y.Count), width = (count + MostColumns - 1) / MostColumns;
        for (int from = 0; from < count; from += width)
        {
            int low = from, high = from;
            for (int i = from; i < Math.Min(from + width, count); i++)
                if (!double.IsFinite(one.Y[i]))
                    (low, high) = (i, i);
                else
                    (low, high) = (one.Y[i] < one.Y[low] ? i : low, one.Y[i] > one.Y[high] ? i : high);
            yield return Math.Min(low, high);
            if (low != high)
                yield return Math.Max(low, high);
        }
    }

    void Dots(SvgText svg, Series raw, Series shown, Plot plot, Axis across, Axis up, string colour)
    {
        int count = Math.Min(shown.X.Count, shown.Y.Count), stride = Math.Max(1, (count + MostDots - 1) / MostDots);
        for (int i = 0; i < count; i++)
            if ((i % stride == 0 || i == count - 1) && across.Has(shown.X[i]) && up.Has(shown.Y[i]))
                svg.Dot(count <= FewDots ? $"dot shown {colour}" : $"dot {colour}", plot.X(shown.X[i]),
                    plot.Y(shown.Y[i]), count <= FewDots ? 3.2 : 4.5,
                    $"{shown.Name}, {Across} {Axis.Number(shown.X[i])}: {Axis.Number(raw.Y[i])}"
                    + (Smoothing > 0 ? $" (smoothed {Axis.Number(shown.Y[i])})" : ""));
    }
}

/// <summary>What a search for a learning rate found, as a chart.</summary>
public static class RateCurveChart
{
    /// <summary>The loss over the learning rate.</summary>
    public static LineChart ToChart(this RateCurve curve)
    {
        List<Series> series =
            [new("loss of a batch", curve.Rates, curve.Losses), new("smoothed", curve.Rates, curve.Smoothed)];
        if (curve.Suggestion is { } rate)
            series.Add(new("steepest descent", [rate], [curve.Smoothed[curve.Rates.ToList().IndexOf(rate)]]));
        return new("Learning rate", series) { Across = "learning rate", AcrossScale = AxisScale.Log, Up = "loss" };
    }
}
