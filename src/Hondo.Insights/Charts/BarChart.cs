namespace Hondo.Charts;

/// <summary>Named bars beside each other, each with its value at its end: per-class scores, counts.</summary>
/// <param name="title">What it shows.</param>
/// <param name="bars">Names and lengths, first at the top.</param>
public sealed class BarChart(string title, IReadOnlyList<(string Name, double Value)> bars) : Chart(title)
{
    const int Top = 40, Bottom = 46, Right = 70, MostName = 28;

    /// <summary>What the axis says, with its unit.</summary>
    public string Across { get; init; } = "";

    /// <summary>The height that gives each bar its room.</summary>
    public static int HeightFor(int bars) => Top + Bottom + 22 * Math.Max(1, bars);

    private protected override string Summary() =>
        string.Join(", ", bars.Select(bar => $"{bar.Name} {Axis.Number(bar.Value)}"));

    private protected override void Draw(SvgText svg)
    {
        Axis axis = Axis.For([0, .. bars.Select(bar => bar.Value)], AxisScale.Linear, ticks: 6);
        int longest = bars.Select(bar => Math.Min(bar.Name.Length, MostName)).DefaultIfEmpty(0).Max();
        double left = 24 + SvgText.WidthOf(new string('x', longest)), wide = svg.Width - left - Right;
        double floor = svg.Height - Bottom, row = (floor - Top) / Math.Max(1, bars.Count);
        foreach (double tick in axis.Ticks)
        {
            double x = left + wide * axis.Place(tick);
            svg.Line("grid", x, Top, x, floor);
            svg.Text("faint middle", x, floor + 18, axis.Label(tick));
        }
        svg.Text("middle", left + wide / 2, svg.Height - 8, Across);
        for (int i = 0; i < bars.Count; i++)
        {
            (string name, double value) = bars[i];
            double y = Top + row * (i + 0.5), number = axis.Has(value) ? value : 0;
            double zero = left + wide * axis.Place(0), end = left + wide * axis.Place(number);
            svg.Text("end", left - 8, y + 4, SvgText.Short(name, MostName));
            svg.Rectangle("bar s0", Math.Min(zero, end), y - row * 0.35, Math.Abs(end - zero), row * 0.7,
                $"{name}: {Axis.Number(value)}");
            svg.Text("faint", Math.Max(zero, end) + 6, y + 4, Axis.Number(value));
        }
    }
}
