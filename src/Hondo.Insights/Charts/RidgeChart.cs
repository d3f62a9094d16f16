using System.Globalization;

namespace Hondo.Charts;

/// <summary>
/// How a distribution changes: one hill for each moment, the first at the back (above), the last in front. All hills
/// have equal areas, for each shows shares of the same numbers.
/// </summary>
/// <param name="title">What it shows.</param>
/// <param name="hills">What each hill is called, and its numbers.</param>
public sealed class RidgeChart(string title, IReadOnlyList<(string Name, Histogram Numbers)> hills) : Chart(title)
{
    const int Left = 84, Right = 16, Top = 40, Bottom = 46;

    // Hills overlap: as high as this many of the rows that they stand on.
    const double Overlap = 2.6;

    /// <summary>What the axis says, with its unit.</summary>
    public string Across { get; init; } = "value";

    private protected override string Summary() => hills.Count == 0 ? "no distributions" : string.Create(
        CultureInfo.InvariantCulture, $"{hills[0].Name}: {About(hills[0].Numbers)}; {hills[^1].Name}: ")
        + About(hills[^1].Numbers);

    private protected override void Draw(SvgText svg)
    {
        var filled = hills.Where(hill => hill.Numbers.Count > 0).ToList();
        (double low, double high) = filled.Count == 0 ? (0, 1)
            : (filled.Min(hill => hill.Numbers.Low), filled.Max(hill => hill.Numbers.High));
        if (high <= low)
            (low, high) = (low - 1, high + 1);
        Axis axis = Axis.Between(low, high, ticks: 7);
        double wide = svg.Width - Left - Right, floor = svg.Height - Bottom;
        foreach (double tick in axis.Ticks)
        {
            svg.Line("grid", Left + wide * axis.Place(tick), Top, Left + wide * axis.Place(tick), floor + 5);
            svg.Text("faint middle", Left + wide * axis.Place(tick), floor + 18, axis.Label(tick));
        }
        svg.Text("middle", Left + wide / 2, svg.Height - 8, Across);
        double row = (floor - Top) / (hills.Count + Overlap - 1), most = filled.Select(hill =>
            hill.Numbers.Counts.Max() / BinWidth(hill.Numbers, high - low)).DefaultIfEmpty(1).Max();
        for (int i = 0; i < hills.Count; i++)
        {
            double ground = Top + row * (i + Overlap);
            svg.Text("faint end", Left - 8, ground, SvgText.Short(hills[i].Name, 10));
            if (hills[i].Numbers.Count > 0)
                svg.Path("ridge s0", [Outline(hills[i].Numbers, ground, row * Overlap / most)],
                    $"{hills[i].Name}: {About(hills[i].Numbers)}", opacity: 0.35 + 0.6 * (i + 1) / hills.Count);
        }

        List<(double, double)> Outline(Histogram numbers, double ground, double scale)
        {
            List<(double, double)> points = [(X(numbers.Low), ground)];
            double width = BinWidth(numbers, high - low);
            for (int bin = 0; bin < numbers.Counts.Count; bin++)
                points.Add((X((numbers.Edge(bin) + numbers.Edge(bin + 1)) / 2),
                    ground - numbers.Counts[bin] / width * scale));
            return [.. points, (X(numbers.High), ground)];
        }

        double X(double value) => Left + wide * axis.Place(value);
    }

    // A parameter whose numbers are all equal, biases at the start, is a hill of no width: it gets a narrow one.
    static double BinWidth(Histogram numbers, double extent) =>
        numbers.Count * Math.Max(numbers.High - numbers.Low, extent / 50) / numbers.Counts.Count;

    static string About(Histogram numbers) => numbers.Count == 0 ? "no finite numbers"
        : $"mean {Axis.Number(numbers.Mean)}, deviation {Axis.Number(numbers.Deviation)}, shown from "
            + $"{Axis.Number(numbers.Low)} to {Axis.Number(numbers.High)}";
}
