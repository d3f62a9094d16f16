using System.Globalization;

namespace Hondo.Charts;

/// <summary>
/// Counts as a table of coloured cells, each coloured by its share of its row: a confusion matrix. What lies beside the
/// diagonal has another colour, and every cell its number where there is room.
/// </summary>
/// <param name="title">What it shows.</param>
/// <param name="names">The names of rows and columns.</param>
/// <param name="counts">The count of row and column.</param>
public sealed class MatrixChart(string title, IReadOnlyList<string> names, Func<int, int, long> counts) : Chart(title)
{
    const int Top = 44, Bottom = 30, MostName = 16;

    // Text of 12 units needs about this much room; smaller cells have their number under the pointer.
    const int LeastCellWithText = 22, LeastCell = 6;

    /// <summary>What the rows are.</summary>
    public string Down { get; init; } = "true class";

    /// <summary>What the columns are.</summary>
    public string Across { get; init; } = "predicted class";

    /// <summary>The width and height that give every cell its room.</summary>
    public static int SizeFor(int classes) => Math.Clamp(150 + 40 * classes, 320, 900);

    private protected override string Summary()
    {
        long right = 0, all = 0;
        for (int row = 0; row < names.Count; row++)
            for (int column = 0; column < names.Count; column++)
                (right, all) = (right + (row == column ? counts(row, column) : 0), all + counts(row, column));
        return string.Create(CultureInfo.InvariantCulture, $"{right:N0} of {all:N0} lie on the diagonal");
    }

    private protected override void Draw(SvgText svg)
    {
        int longest = Math.Min(MostName, names.Select(name => name.Length).DefaultIfEmpty(0).Max());
        double side = 34 + SvgText.WidthOf(new string('x', longest));
        double cell = Math.Max(LeastCell, Math.Min(svg.Width - side - 12, svg.Height - Top - Bottom - side + 24)
            / Math.Max(1, names.Count));
        bool hasText = cell >= LeastCellWithText;
        for (int row = 0; row < names.Count; row++)
        {
            double y = Top + cell * row;
            if (cell >= 11)
                svg.Text("end", side - 6, y + cell / 2 + 4, SvgText.Short(names[row], MostName));
            Row(svg, row, side, y, cell, hasText);
        }
        double floor = Top + cell * names.Count;
        for (int column = 0; column < names.Count && cell >= 11; column++)
            svg.Text("end", side + cell * (column + 0.5) + 4, floor + 12, SvgText.Short(names[column], MostName),
                turn: longest > 3 ? -60 : 0);
        svg.Text("faint middle", 14, Top + cell * names.Count / 2, Down, turn: -90);
        svg.Text("faint middle", side + cell * names.Count / 2, svg.Height - 8, Across);
    }

    void Row(SvgText svg, int row, double left, double y, double cell, bool hasText)
    {
        long all = 0;
        for (int column = 0; column < names.Count; column++)
            all += counts(row, column);
        for (int column = 0; column < names.Count; column++)
        {
            long count = counts(row, column);
            double share = all == 0 ? 0 : (double)count / all, x = left + cell * column;
            // A single mistake among thousands must be seen: the root lifts small shares.
            double opacity = row == column ? share : Math.Sqrt(share);
            string hover = string.Create(CultureInfo.InvariantCulture,
                $"{Down} {names[row]}, {Across} {names[column]}: {count:N0} ({share:P1})");
            svg.Rectangle(row == column ? "cell" : "cell wrong", x, y, cell, cell, hover, Math.Min(opacity, 0.999));
            if (hasText && count > 0)
                svg.Text(opacity > 0.55 ? "middle strong" : "middle", x + cell / 2, y + cell / 2 + 4,
                    Written(count, cell));
        }
    }

    static string Written(long count, double cell) => SvgText.WidthOf($"{count}") <= cell
        ? count.ToString(CultureInfo.InvariantCulture)
        : count >= 1_000_000 ? $"{count / 1_000_000}M" : $"{count / 1000}k";
}
