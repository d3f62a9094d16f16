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
