namespace Hondo.Charts;

/// <summary>Points, and the line where both numbers are equal: what was predicted against what is true.</summary>
/// <param name="title">What it shows.</param>
/// <param name="points">The points; those with NaN or infinity are left out.</param>
public sealed class ScatterChart(string title, IReadOnlyList<(double X, double Y, string Name)> points) : Chart(title)
{
    /// <summary>What the axis across says, with its unit.</summary>
    public string Across { get; init; } = "";

    /// <summary>What the axis upwards says, with its unit.</summary>
    public string Up { get; init; } = "";

    private protected override string Summary() => $"{points.Count} points; the line is where both are equal";

    private protected override void Draw(SvgText svg)
    {
        var finite = points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y)).ToList();
        // One scale for both: the line of equality is a true diagonal.
        Axis axis = Axis.For(finite.SelectMany(point => (double[])[point.X, point.Y]), AxisScale.Linear, ticks: 6);
        var plot = new Plot(svg, axis, axis, []);
        plot.Frame(Across, Up);
        double low = axis.Ticks[0], high = axis.Ticks[^1];
        svg.Path("line s1", [[(plot.X(low), plot.Y(low)), (plot.X(high), plot.Y(high))]]);
        foreach ((double x, double y, string name) in finite)
            svg.Dot("mark s0", plot.X(x), plot.Y(y), 3.5, $"{name}: {Across} {Axis.Number(x)}, {Up} {Axis.Number(y)}");
    }
}
