namespace Hondo.Charts;

/// <summary>
/// A picture of numbers as SVG: light and dark as the reader's system is, colours that the colour-blind tell apart
/// (Okabe and Ito 2008), exact values under the pointer, title and description for screen readers. No part of any text
/// becomes markup.
/// </summary>
/// <param name="title">What it shows.</param>
public abstract class Chart(string title)
{
    /// <summary>What it shows.</summary>
    public string Title { get; } = title;

    /// <summary>What a screen reader says beside the title; made of the numbers when empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>Width in units of the drawing.</summary>
    public int Width { get; init; } = 640;

    /// <summary>Height in units of the drawing.</summary>
    public int Height { get; init; } = 320;

    /// <summary>The drawing as a file of its own.</summary>
    public string ToSvg() => Draw(ChartStyle.Css);

    /// <summary>The drawing for a page that has <see cref="ChartStyle.Css"/> in its own style sheet.</summary>
    public string ToMarkup() => Draw("");

    string Draw(string css)
    {
        var svg = new SvgText(Width, Height);
        svg.Begin(Title, Description.Length > 0 ? Description : Summary(), css);
        Draw(svg);
        return svg.End();
    }

    /// <summary>One sentence on the numbers.</summary>
    private protected abstract string Summary();

    private protected abstract void Draw(SvgText svg);
}

/// <summary>The frame of a chart: axes with ticks, grid, names and units, and the legend above it.</summary>
sealed class Plot
{
    /// <summary>Where the area begins, and how long the line beside a name of the legend is.</summary>
    public const int Left = 76, Swatch = 22;

    const int Right = 20, Top = 40, LegendHeight = 20, Bottom = 46, LegendGap = 18;

    readonly SvgText _svg;
    readonly Axis _across, _up;
    readonly double _top;
    readonly bool _ofDots;

    public Plot(SvgText svg, Axis across, Axis up, IReadOnlyList<string> legend, bool ofDots = false)
    {
        (_svg, _across, _up, _ofDots) = (svg, across, up, ofDots);
        _top = Top + (legend.Count > 1 ? LegendHeight * Legend(legend) : 0);
    }

    public double Floor => _svg.Height - Bottom;

    double Wide => _svg.Width - Left - Right;

    public double X(double number) => Left + Wide * Math.Clamp(_across.Place(number), 0, 1);

    public double Y(double number) => Floor - (Floor - _top) * Math.Clamp(_up.Place(number), 0, 1);

    /// <summary>Draws grid, ticks and names.</summary>
    public void Frame(string across, string up)
    {
        foreach (double tick in _up.Ticks)
        {
            _svg.Line("grid", Left, Y(tick), Left + Wide, Y(tick));
            _svg.Text("faint end", Left - 6, Y(tick) + 4, _up.Label(tick));
        }
        foreach (double tick in _across.Ticks)
        {
            _svg.Line("grid", X(tick), Floor, X(tick), Floor + 5);
            _svg.Text("faint middle", X(tick), Floor + 18, _across.Label(tick));
        }
        _svg.Text("middle", Left + Wide / 2, _svg.Height - 8, across);
        _svg.Text("middle", 14, (_top + Floor) / 2, up, turn: -90);
    }

    /// <summary>What a name takes in the legend.</summary>
    public static double WidthOfEntry(string name) => Swatch + 6 + SvgText.WidthOf(name) + LegendGap;

    // Draws the names in as many rows as they need, and says how many those are.
    int Legend(IReadOnlyList<string> names)
    {
        double x = Left;
        int row = 0;
        for (int i = 0; i < names.Count; i++)
        {
            string name = SvgText.Short(names[i], 40);
            double wide = WidthOfEntry(name);
            if (x > Left && x + wide > _svg.Width)
                (x, row) = (Left, row + 1);
            double y = Top + LegendHeight * row + 4;
            if (_ofDots)
                _svg.Dot($"mark s{i % ChartStyle.Colours}", x + Swatch / 2, y - 4, 3.5, "");
            else
                _svg.Line($"line s{i % ChartStyle.Colours}", x, y - 4, x + Swatch, y - 4);
            _svg.Text("faint", x + Swatch + 6, y, name);
            x += wide;
        }
        return row + 1;
    }
}
