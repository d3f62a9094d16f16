namespace Hondo.Charts;

/// <summary>The class that a model gives to each place of a plane, and samples upon it: a decision boundary.</summary>
/// <param name="title">What it shows.</param>
/// <param name="classes">The class at each point of a grid, row by row from the bottom.</param>
/// <param name="points">Samples with their class.</param>
public sealed class RegionChart(string title, HeightField classes,
    IReadOnlyList<(double X, double Y, int Class)> points) : Chart(title)
{
    /// <summary>What the axis across says.</summary>
    public string Across { get; init; } = "x₁";

    /// <summary>What the axis upwards says.</summary>
    public string Up { get; init; } = "x₂";

    /// <summary>The names of the classes.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    private protected override string Summary() => $"{points.Count} points of "
        + $"{points.Select(point => point.Class).Distinct().Count()} classes";

    private protected override void Draw(SvgText svg)
    {
        var plot = new Plot(svg, Axis.Between(classes.Left, classes.Right, ticks: 5),
            Axis.Between(classes.Bottom, classes.Top, ticks: 5), Names, ofDots: true);
        plot.Frame(Across, Up);
        for (int row = 0; row < classes.Rows; row++)
            for (int column = 0, next; column < classes.Columns; column = next)
            {
                // Neighbours of one class are one rectangle.
                for (next = column + 1; next < classes.Columns && classes[row, next] == classes[row, column];)
                    next++;
                double left = plot.X(classes.X(column - 0.5)), right = plot.X(classes.X(next - 0.5));
                double top = plot.Y(classes.Y(row + 0.5)), floor = plot.Y(classes.Y(row - 0.5));
                svg.Rectangle($"bar {Colour((int)classes[row, column])}", left, top, right - left, floor - top,
                    opacity: 0.22);
            }
        foreach ((double x, double y, int label) in points)
            svg.Dot($"mark {Colour(label)}", plot.X(x), plot.Y(y), 3.5, label < Names.Count ? Names[label] : "");
    }

    static string Colour(int label) => $"s{label % ChartStyle.Colours}";
}

/// <summary>Squares that are filled more or less, one for each number from 0 to 1: a mask, a small picture.</summary>
/// <param name="title">What it shows.</param>
/// <param name="rows">How many rows.</param>
/// <param name="columns">How many columns.</param>
/// <param name="fill">How much the square of a row and column is filled, from 0 to 1.</param>
public sealed class MaskChart(string title, int rows, int columns, Func<int, int, double> fill) : Chart(title)
{
    const int Top = 40, Bottom = 34, Side = 16;

    /// <summary>What stands below.</summary>
    public string Caption { get; init; } = "";

    private protected override string Summary()
    {
        int on = Enumerable.Range(0, rows * columns).Count(i => fill(i / columns, i % columns) > 0);
        return $"{on} of {rows * columns} are on. {Caption}";
    }

    private protected override void Draw(SvgText svg)
    {
        double cell = Math.Min((svg.Width - 2 * Side) / (double)columns, (svg.Height - Top - Bottom) / (double)rows);
        double left = (svg.Width - cell * columns) / 2;
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                svg.Rectangle("cell", left + cell * column, Top + cell * row, cell, cell,
                    opacity: Math.Min(0.999, fill(row, column)));
        svg.Text("faint middle", svg.Width / 2.0, svg.Height - 12, Caption);
    }
}
