namespace Hondo.Charts;

/// <summary>A function of two numbers as a surface seen from above and aside, with arrows that lie on it.</summary>
/// <param name="title">What it shows.</param>
/// <param name="field">The heights.</param>
public sealed class SurfaceChart(string title, HeightField field) : Chart(title)
{
    const double Floor = 0.86, Depth = 0.30, Rise = 0.42, Side = 0.10;

    /// <summary>What the axis across says.</summary>
    public string Across { get; init; } = "x";

    /// <summary>What the axis into the picture says.</summary>
    public string Into { get; init; } = "y";

    /// <summary>What the axis upwards says.</summary>
    public string Up { get; init; } = "f(x, y)";

    /// <summary>Arrows on the surface: from a point by a distance, at the heights given.</summary>
    public IReadOnlyList<(double X, double Y, double Z, double DX, double DY, double DZ)> Arrows { get; init; } = [];

    private protected override string Summary() =>
        $"heights from {Axis.Number(field.Least)} to {Axis.Number(field.Most)}";

    private protected override void Draw(SvgText svg)
    {
        double span = Math.Max(field.Most - field.Least, double.Epsilon);
        // From the back to the front: what is nearer covers what is farther.
        for (int row = field.Rows - 2; row >= 0; row--)
            for (int column = 0; column + 1 < field.Columns; column++)
            {
                double height = (field[row, column] + field[row + 1, column + 1]) / 2;
                svg.Path("paper", [Corners(svg, row, column)]);
                svg.Path("facet s0", [[.. Corners(svg, row, column), Place(svg, row, column)]],
                    opacity: 0.12 + 0.75 * Math.Clamp((height - field.Least) / span, 0, 1));
            }
        foreach ((double x, double y, double z, double dx, double dy, double dz) in Arrows)
        {
            (double x1, double y1) = Project(svg, x, y, z);
            (double x2, double y2) = Project(svg, x + dx, y + dy, z + dz);
            svg.Arrow("line s1", x1, y1, x2, y2);
        }
        Label(svg);
    }

    void Label(SvgText svg)
    {
        (double left, double floor) = Project(svg, field.Left, field.Bottom, field.Least);
        (double right, double back) = Project(svg, field.Right, field.Top, field.Least);
        (double corner, _) = Project(svg, field.Right, field.Bottom, field.Least);
        svg.Text("faint middle", (left + corner) / 2, floor + 34,
            $"{Across}: {Axis.Number(field.Left)} … {Axis.Number(field.Right)}");
        svg.Text("faint end", svg.Width - 8, (floor + back) / 2 + 24,
            $"{Into}: {Axis.Number(field.Bottom)} … {Axis.Number(field.Top)}");
        svg.Text("faint", 16, 44, $"{Up}: {Axis.Number(field.Least)} … {Axis.Number(field.Most)}");
        svg.Line("grid", left, floor, corner, floor);
        svg.Line("grid", corner, floor, right, back);
    }

    List<(double X, double Y)> Corners(SvgText svg, int row, int column) => [Place(svg, row, column),
        Place(svg, row, column + 1), Place(svg, row + 1, column + 1), Place(svg, row + 1, column)];

    (double X, double Y) Place(SvgText svg, int row, int column) =>
        Project(svg, field.X(column), field.Y(row), field[row, column]);

    (double X, double Y) Project(SvgText svg, double x, double y, double z)
    {
        double across = (x - field.Left) / (field.Right - field.Left);
        double into = (y - field.Bottom) / (field.Top - field.Bottom);
        double rise = (z - field.Least) / Math.Max(field.Most - field.Least, double.Epsilon);
        return (svg.Width * (Side + (0.62 * across) + (0.18 * into)),
            svg.Height * (Floor - (Depth * into) - (Rise * rise)));
    }
}
