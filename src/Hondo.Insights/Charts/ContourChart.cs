namespace Hondo.Charts;

/// <summary>
/// Lines of equal height of a function of two numbers, as on a map, with paths that run over it and arrows.
/// </summary>
/// <param name="title">What it shows.</param>
/// <param name="field">The heights.</param>
public sealed class ContourChart(string title, HeightField field) : Chart(title)
{
    /// <summary>What the axis across says.</summary>
    public string Across { get; init; } = "x";

    /// <summary>What the axis upwards says.</summary>
    public string Up { get; init; } = "y";

    /// <summary>How many lines there are.</summary>
    public int Levels { get; init; } = 14;

    /// <summary>Paths from left to right of their lists: where a descent went. Points beyond the frame lie on it.
    /// </summary>
    public IReadOnlyList<Series> Paths { get; init; } = [];

    /// <summary>Arrows, each from a point by a distance.</summary>
    public IReadOnlyList<(double X, double Y, double DX, double DY)> Arrows { get; init; } = [];

    private protected override string Summary() => string.Join("; ", Paths.Select(path => path.X.Count == 0
        ? $"{path.Name} has no points"
        : $"{path.Name} goes from ({Axis.Number(path.X[0])}, {Axis.Number(path.Y[0])}) to "
            + $"({Axis.Number(path.X[^1])}, {Axis.Number(path.Y[^1])})").Prepend(
            $"heights from {Axis.Number(field.Least)} to {Axis.Number(field.Most)}"));

    private protected override void Draw(SvgText svg)
    {
        Axis across = Axis.Between(field.Left, field.Right, ticks: 6), up = Axis.Between(field.Bottom, field.Top, 6);
        var plot = new Plot(svg, across, up, [.. Paths.Select(path => path.Name)]);
        plot.Frame(Across, Up);
        foreach (double level in field.LevelsOf(Levels))
            svg.Path("contour", field.Contour(level).Select(line =>
                (IReadOnlyList<(double, double)>)[(plot.X(line.X1), plot.Y(line.Y1)), (plot.X(line.X2),
                    plot.Y(line.Y2))]), Axis.Number(level));
        foreach ((double x, double y, double dx, double dy) in Arrows)
            svg.Arrow("line s1", plot.X(x), plot.Y(y), plot.X(x + dx), plot.Y(y + dy));
        for (int i = 0; i < Paths.Count; i++)
            DrawPath(svg, plot, Paths[i], $"s{i % ChartStyle.Colours}");
    }

    static void DrawPath(SvgText svg, Plot plot, Series path, string colour)
    {
        List<(double X, double Y)> points = [.. path.X.Zip(path.Y)
            .TakeWhile(point => double.IsFinite(point.First) && double.IsFinite(point.Second))
            .Select(point => (plot.X(point.First), plot.Y(point.Second)))];
        svg.Path($"line {colour}", [points]);
        for (int i = 0; i < points.Count; i++)
            svg.Dot($"dot shown {colour}", points[i].X, points[i].Y, i == 0 || i == points.Count - 1 ? 4.5 : 2,
                $"{path.Name}, {i}: ({Axis.Number(path.X[i])}, {Axis.Number(path.Y[i])})");
    }
}

/// <summary>A function of two numbers at the points of a grid.</summary>
public sealed class HeightField
{
    readonly double[,] _heights;

    /// <summary>Heights on a grid.</summary>
    /// <param name="heights">Row by row from the bottom, each from left to right; two or more of both.</param>
    /// <param name="left">x of the first column.</param>
    /// <param name="right">x of the last column.</param>
    /// <param name="bottom">y of the first row.</param>
    /// <param name="top">y of the last row.</param>
    /// <exception cref="ArgumentException">The grid has fewer than two rows or columns, or no extent.</exception>
    public HeightField(double[,] heights, double left, double right, double bottom, double top)
    {
        if (heights.GetLength(0) < 2 || heights.GetLength(1) < 2 || !(left < right) || !(bottom < top))
            throw new ArgumentException("A field of heights needs two rows and columns or more, and an extent above 0.",
                nameof(heights));
        (_heights, Left, Right, Bottom, Top) = (heights, left, right, bottom, top);
        double[] finite = [.. heights.Cast<double>().Where(double.IsFinite)];
        (Least, Most) = finite.Length == 0 ? (0, 0) : (finite.Min(), finite.Max());
    }

    /// <summary>x of the first column.</summary>
    public double Left { get; }

    /// <summary>x of the last column.</summary>
    public double Right { get; }

    /// <summary>y of the first row.</summary>
    public double Bottom { get; }

    /// <summary>y of the last row.</summary>
    public double Top { get; }

    /// <summary>The least height.</summary>
    public double Least { get; }

    /// <summary>The largest height.</summary>
    public double Most { get; }

    /// <summary>Rows of the grid.</summary>
    public int Rows => _heights.GetLength(0);

    /// <summary>Columns of the grid.</summary>
    public int Columns => _heights.GetLength(1);

    /// <summary>A height.</summary>
    public double this[int row, int column] => _heights[row, column];

    /// <summary>x of a column.</summary>
    public double X(double column) => Left + (Right - Left) * column / (Columns - 1);

    /// <summary>y of a row.</summary>
    public double Y(double row) => Bottom + (Top - Bottom) * row / (Rows - 1);

    /// <summary>Heights for lines: near each other at the bottom, where a descent ends, wider apart above.</summary>
    internal IEnumerable<double> LevelsOf(int count) => Enumerable.Range(1, count)
        .Select(i => Least + (Most - Least) * Math.Pow(i / (count + 1.0), 2));

    /// <summary>The line of one height, as pieces: marching squares (Lorensen and Cline 1987, in two dimensions).
    /// </summary>
    internal IEnumerable<(double X1, double Y1, double X2, double Y2)> Contour(double level)
    {
        for (int row = 0; row + 1 < Rows; row++)
            for (int column = 0; column + 1 < Columns; column++)
            {
                List<(double X, double Y)> crossings = [];
                Cross(row, column, row, column + 1);
                Cross(row, column + 1, row + 1, column + 1);
                Cross(row + 1, column + 1, row + 1, column);
                Cross(row + 1, column, row, column);
                // Four crossings are a saddle: two lines.
                for (int i = 0; i + 1 < crossings.Count; i += 2)
                    yield return (crossings[i].X, crossings[i].Y, crossings[i + 1].X, crossings[i + 1].Y);

                void Cross(int fromRow, int fromColumn, int toRow, int toColumn)
                {
                    double a = _heights[fromRow, fromColumn] - level, b = _heights[toRow, toColumn] - level;
                    if (a < 0 == b < 0 || !double.IsFinite(a - b))
                        return;
                    double part = a / (a - b);
                    crossings.Add((X(fromColumn + part * (toColumn - fromColumn)),
                        Y(fromRow + part * (toRow - fromRow))));
                }
            }
    }
}
