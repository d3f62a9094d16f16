using System.Text;
using System.Text.RegularExpressions;

namespace Hondo.Insights;

/// <summary>Writes HTML; every text that comes from outside goes through <see cref="Safe"/>.</summary>
/// <param name="language">The language of its words: what is Hondo's is said in it, what is the user's stays.</param>
sealed class ReportText(FigureLanguage language = FigureLanguage.English)
{
    readonly StringBuilder _html = new();

    /// <summary>The language of the page.</summary>
    public FigureLanguage Language => language;

    /// <summary>A text of Hondo's in the page's language.</summary>
    public string Say(string english) =>
        language == FigureLanguage.Spanish ? SpanishText.Label(english) : english;

    /// <summary>A text that cannot become markup.</summary>
    public static string Safe(string text) => SvgText.Escape(text);

    public void Heading(string text) => _html.Append("<h2>").Append(Safe(Say(text))).Append("</h2>\n");

    public void Paragraph(string text) => _html.Append("<p>").Append(Safe(Say(text))).Append("</p>\n");

    /// <summary>Text with its own line breaks.</summary>
    public void Verbatim(string text) => _html.Append("<pre>")
        .AppendJoin('\n', text.ReplaceLineEndings("\n").Split('\n').Select(Safe)).Append("</pre>\n");

    public void Charts(IEnumerable<Chart> charts) => Beside(() =>
    {
        foreach (Chart chart in charts)
        {
            string markup = chart.ToMarkup();
            _html.Append(language == FigureLanguage.Spanish ? SpanishText.Markup(markup) : markup);
        }
    });

    /// <summary>Puts what is written beside each other as far as the page is wide.</summary>
    public void Beside(Action write)
    {
        _html.Append("<div class=\"charts\">\n");
        write();
        _html.Append("</div>\n");
    }

    public void Table(IReadOnlyList<string> names, IEnumerable<IReadOnlyList<string>> rows)
    {
        _html.Append("<div class=\"table\"><table><thead><tr>");
        foreach (string name in names)
            _html.Append("<th scope=\"col\">").Append(Safe(Say(name))).Append("</th>");
        _html.Append("</tr></thead><tbody>\n");
        foreach (IReadOnlyList<string> row in rows)
        {
            _html.Append("<tr>");
            foreach (string cell in row)
                _html.Append("<td>").Append(Safe(cell)).Append("</td>");
            _html.Append("</tr>\n");
        }
        _html.Append("</tbody></table></div>\n");
    }

    public void Figure(string source, string caption) => _html.Append("<figure><img alt=\"").Append(Safe(caption))
        .Append("\" src=\"").Append(Safe(source)).Append("\"><figcaption>").Append(Safe(caption))
        .Append("</figcaption></figure>\n");

    public override string ToString() => _html.ToString();
}

/// <summary>The command of a run as one types it again.</summary>
static partial class RepeatingCommand
{
    /// <summary>Without the folder, which is taken, and without what only shows the run.</summary>
    public static string Of(string command) => Shown().Replace(command, "").Trim();

    [GeneratedRegex("""\s--run[ =](?:"[^"]*"|\S+)|\s--(?:dashboard|quiet|json)(?=\s|$)""")]
    private static partial Regex Shown();
}
