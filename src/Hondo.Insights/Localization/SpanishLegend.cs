using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Hondo.Localization;

/// <summary>Legends whose names have become longer in Spanish: each entry begins behind the one before it.</summary>
static partial class SpanishLegend
{
    public static string Spread(string markup)
    {
        double row = double.NaN, free = 0;
        return Entry().Replace(markup, entry =>
        {
            double x = Number(entry, 2), y = Number(entry, 3);
            x = y != row || x <= Plot.Left ? x : Math.Max(x, free);
            double end = x + Plot.Swatch;
            (row, free) = (y, x + Plot.WidthOfEntry(WebUtility.HtmlDecode(entry.Groups[5].Value)));
            return string.Create(CultureInfo.InvariantCulture, $"""
                <line class="line s{entry.Groups[1]}" x1="{x:0.#}" y1="{y:0.#}" x2="{end:0.#}" y2="{y:0.#}"/>
                <text class="faint" x="{end + 6:0.#}" y="{entry.Groups[4]}">{entry.Groups[5]}</text>
                """);
        });
    }

    static double Number(Match entry, int group) =>
        double.Parse(entry.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("""<line class="line s(\d+)" x1="([\d.]+)" y1="([\d.]+)" x2="[\d.]+" y2="[\d.]+"/>\n"""
        + """<text class="faint" x="[\d.]+" y="([\d.]+)">([^<]*)</text>""")]
    private static partial Regex Entry();
}
