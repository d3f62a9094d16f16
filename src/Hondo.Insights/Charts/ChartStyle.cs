using System.Globalization;
using System.Text;

namespace Hondo.Charts;

/// <summary>The look of all charts. Plain rules without variables: programs beside browsers draw them too.</summary>
public static class ChartStyle
{
    // Okabe and Ito 2008, "Color Universal Design"; the black one greyed, the yellow one on dark ground only.
    static readonly string[] Light = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#5f6770"];
    static readonly string[] Dark = ["#56b4e9", "#e69f00", "#2bc79b", "#e3a3c7", "#f0e442", "#ff8c42", "#b3bac2"];

    // Not by colour alone.
    static readonly string[] Dashes = ["none", "7 3", "2 3", "9 3 2 3", "12 4", "4 2 1 2", "1 2"];

    /// <summary>How many series differ; the next ones begin anew.</summary>
    internal static int Colours => Light.Length;

    /// <summary>The style sheet: every rule begins with <c>.hondo-chart</c>.</summary>
    public static string Css { get; } = Write();

    /// <summary>A drawing in one theme, whatever the reader's system says: for programs that know no media queries.
    /// </summary>
    /// <param name="svg">A drawing of Hondo's, of a chart or of a computation graph.</param>
    /// <param name="theme">The theme.</param>
    public static string In(this string svg, ChartTheme theme)
    {
        int start = svg.IndexOf(Query, StringComparison.Ordinal);
        if (theme == ChartTheme.System || start < 0)
            return svg;
        // The block ends with the first brace that stands alone on its line.
        int end = svg.IndexOf("\n}\n", start, StringComparison.Ordinal);
        string dark = theme == ChartTheme.Dark ? svg[(start + Query.Length)..(end + 1)] : "";
        return svg[..start] + dark + svg[(end + "\n}\n".Length)..];
    }

    const string Query = "@media (prefers-color-scheme: dark) {\n";

    static string Write()
    {
        var css = new StringBuilder();
        Theme(css, Light, paper: "#ffffff", ink: "#1b1f24", faint: "#57606a", grid: "#d8dee4", onStrong: "#ffffff");
        css.Append("""
            .hondo-chart text { font: 12px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif }
            .hondo-chart .title { font-size: 15px; font-weight: 600 }
            .hondo-chart .end { text-anchor: end } .hondo-chart .middle { text-anchor: middle }
            .hondo-chart .line { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round }
            .hondo-chart .raw { fill: none; stroke-width: 1; opacity: 0.3; stroke-dasharray: none }
            .hondo-chart .dot { fill-opacity: 0 } .hondo-chart .dot.shown { fill-opacity: 1 }
            .hondo-chart .dot:hover { fill-opacity: 1 }
            .hondo-chart .mark { fill-opacity: 0.55 } .hondo-chart .mark:hover { fill-opacity: 1 }
            .hondo-chart .grid { stroke-width: 1; fill: none }
            .hondo-chart .contour { stroke-width: 1; fill: none; opacity: 0.55 }
            .hondo-chart .facet { stroke-width: 0.6 }
            .hondo-chart .bar:hover, .hondo-chart .cell:hover { stroke-width: 2 }

            """);
        for (int i = 0; i < Dashes.Length; i++)
            css.Append(CultureInfo.InvariantCulture,
                $".hondo-chart .line.s{i}, .hondo-chart .ridge.s{i} {{ stroke-dasharray: {Dashes[i]} }}\n");
        css.Append(Query);
        Theme(css, Dark, paper: "#16191d", ink: "#e6eaee", faint: "#a3abb3", grid: "#363c43", onStrong: "#0b0d0f");
        return css.Append("}\n").ToString();
    }

    static void Theme(StringBuilder css, string[] colours, string paper, string ink, string faint, string grid,
        string onStrong)
    {
        css.Append(CultureInfo.InvariantCulture, $"""
            .hondo-chart .paper {"{"} fill: {paper} {"}"}
            .hondo-chart text {"{"} fill: {ink} {"}"} .hondo-chart .faint {"{"} fill: {faint} {"}"}
            .hondo-chart .grid {"{"} stroke: {grid} {"}"} .hondo-chart .contour {"{"} stroke: {faint} {"}"}
            .hondo-chart .cell {"{"} fill: {colours[0]}; stroke: {grid} {"}"}
            .hondo-chart .cell.wrong {"{"} fill: {colours[1]} {"}"}
            .hondo-chart .strong {"{"} fill: {onStrong} {"}"}
            .hondo-chart .bar:hover, .hondo-chart .cell:hover {"{"} stroke: {ink} {"}"}

            """);
        for (int i = 0; i < colours.Length; i++)
            css.Append(CultureInfo.InvariantCulture, $"""
                .hondo-chart .line.s{i}, .hondo-chart .raw.s{i} {"{"} stroke: {colours[i]} {"}"}
                .hondo-chart .dot.s{i}, .hondo-chart .bar.s{i}, .hondo-chart .mark.s{i} {"{"} fill: {colours[i]} {"}"}
                .hondo-chart .ridge.s{i} {"{"} fill: {colours[i]}; stroke: {paper} {"}"}
                .hondo-chart .facet.s{i} {"{"} fill: {colours[i]}; stroke: {colours[i]} {"}"}

                """);
    }
}

/// <summary>The ground that a drawing stands on.</summary>
public enum ChartTheme
{
    /// <summary>Light or dark as the reader's system is.</summary>
    System,

    /// <summary>Dark ink on white.</summary>
    Light,

    /// <summary>Light ink on black.</summary>
    Dark,
}
