using System.Globalization;
using System.Text;

namespace Hondo.Charts;

/// <summary>Writes SVG. Every text goes through <see cref="Escape"/>; numbers have a point in any language.</summary>
sealed class SvgText(int width, int height)
{
    const int CharacterWidth = 7;

    readonly StringBuilder _text = new();

    public int Width => width;

    public int Height => height;

    /// <summary>A text that is neither markup nor able to leave an attribute; control characters are shown as such.
    /// </summary>
    public static string Escape(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
            safe.Append(rune.Value switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                '\n' or '\t' => " ",
                // XML has no way to write these, and U+202A to U+202E and U+2066 to U+2069 turn what follows around.
                < ' ' or (>= 0x7f and <= 0x9f) or 0xfffe or 0xffff or (>= 0x202a and <= 0x202e)
                    or (>= 0x2066 and <= 0x2069) => "\ufffd",
                _ => rune.ToString(),
            });
        return safe.ToString();
    }

    /// <summary>A long text as its beginning and …</summary>
    public static string Short(string text, int characters) =>
        text.Length <= characters ? text : string.Concat(text.AsSpan(0, Math.Max(1, characters - 1)), "…");

    /// <summary>About how wide a text is drawn.</summary>
    public static int WidthOf(string text) => text.Length * CharacterWidth;

    public void Begin(string title, string description, string css)
    {
        _text.Append(CultureInfo.InvariantCulture, $"""
            <svg class="hondo-chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"
            width="{width}" height="{height}" aria-label="{Escape(title)}. {Escape(description)}">
            <title>{Escape(title)}</title><desc>{Escape(description)}</desc>

            """);
        if (css.Length > 0)
            _text.Append("<style>\n").Append(css).Append("</style>\n");
        Rectangle("paper", 0, 0, width, height);
        Text("title", 16, 24, Short(title, width / 8));
    }

    public string End() => _text.Append("</svg>\n").ToString();

    public void Text(string classes, double x, double y, string text, double turn = 0)
    {
        _text.Append(CultureInfo.InvariantCulture, $"<text class=\"{classes}\" x=\"{x:0.#}\" y=\"{y:0.#}\"");
        if (turn != 0)
            _text.Append(CultureInfo.InvariantCulture, $" transform=\"rotate({turn:0.#} {x:0.#} {y:0.#})\"");
        _text.Append('>').Append(Escape(text)).Append("</text>\n");
    }

    /// <summary>A line with a head at its end.</summary>
    public void Arrow(string classes, double x1, double y1, double x2, double y2)
    {
        const double Head = 7;
        double length = Math.Sqrt((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1));
        if (length < 1)
            return;
        double across = (x2 - x1) / length * Head, up = (y2 - y1) / length * Head;
        Path(classes, [[(x1, y1), (x2, y2)],
            [(x2 - across - up / 2, y2 - up + across / 2), (x2, y2), (x2 - across + up / 2, y2 - up - across / 2)]]);
    }

    /// <summary>A drawing within this one.</summary>
    /// <param name="markup">What <see cref="Chart.ToMarkup"/> gave.</param>
    /// <param name="x">Where its left side is.</param>
    /// <param name="y">Where its upper side is.</param>
    public void Nest(string markup, double x, double y) => _text.Append(CultureInfo.InvariantCulture,
        $"<svg x=\"{x:0.#}\" y=\"{y:0.#}\"").Append(markup.AsSpan("<svg".Length));

    public void Line(string classes, double x1, double y1, double x2, double y2) => _text.Append(
        CultureInfo.InvariantCulture,
        $"<line class=\"{classes}\" x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\"/>\n");

    public void Rectangle(string classes, double x, double y, double wide, double high, string hover = "",
        double opacity = 1)
    {
        _text.Append(CultureInfo.InvariantCulture,
            $"<rect class=\"{classes}\" x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{wide:0.#}\" height=\"{high:0.#}\"");
        if (opacity < 1)
            _text.Append(CultureInfo.InvariantCulture, $" fill-opacity=\"{opacity:0.###}\"");
        Close("rect", hover);
    }

    public void Dot(string classes, double x, double y, double radius, string hover)
    {
        _text.Append(CultureInfo.InvariantCulture,
            $"<circle class=\"{classes}\" cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"{radius:0.#}\"");
        Close("circle", hover);
    }

    /// <summary>A path of pieces; each is a list of points.</summary>
    public void Path(string classes, IEnumerable<IReadOnlyList<(double X, double Y)>> pieces, string hover = "",
        double opacity = 1)
    {
        _text.Append("<path class=\"").Append(classes).Append("\" d=\"");
        foreach (IReadOnlyList<(double X, double Y)> piece in pieces)
            for (int i = 0; i < piece.Count; i++)
                _text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{piece[i].X:0.#} {piece[i].Y:0.#}");
        _text.Append('"');
        if (opacity < 1)
            _text.Append(CultureInfo.InvariantCulture, $" fill-opacity=\"{opacity:0.###}\"");
        Close("path", hover);
    }

    void Close(string element, string hover) => _text.Append(hover.Length == 0 ? "/>\n"
        : $"><title>{Escape(hover)}</title></{element}>\n");
}
