using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Markdig;

namespace Hondo.Notebooks;

/// <summary>
/// An executed notebook as one HTML page: nothing is fetched, no script runs, pictures lie in it. Light and dark.
/// </summary>
public static partial class NotebookPage
{
    static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks()
        .UseMathematics().UseEmphasisExtras().UseFootnotes().UseTaskLists().UseAutoIdentifiers().DisableHtml().Build();

    /// <summary>The page.</summary>
    /// <param name="notebook">The executed notebook.</param>
    /// <param name="name">What it is called when it has no heading.</param>
    /// <param name="language">The language of its text, <c>en</c> or <c>es</c>.</param>
    public static string Of(Notebook notebook, string name, string language = "en")
    {
        string title = notebook.Cells.Where(cell => cell.Kind == CellKind.Markdown)
            .Select(cell => Heading().Match(cell.Source)).FirstOrDefault(match => match.Success)?.Groups[1].Value
            .Trim() ?? name;
        var html = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="{HtmlText.Escape(language)}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy"
              content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
            <title>{HtmlText.Escape(title)}</title>
            <style>
            {PageStyle.Css}</style>
            </head>
            <body>
            <main>

            """));
        bool isSpanish = language == "es";
        foreach (Cell cell in notebook.Cells)
            if (cell.Kind == CellKind.Code)
                Code(html, cell, isSpanish);
            else
                html.Append("<section class=\"cell\">\n").Append(cell.Kind == CellKind.Markdown
                    ? Text(cell) : $"<pre>{HtmlText.Escape(cell.Source)}</pre>").Append("</section>\n");
        return html.Append("</main>\n</body>\n</html>\n").ToString();
    }

    static string Text(Cell cell)
    {
        string source = cell.Source;
        foreach ((string name, JsonNode? forms) in cell.Attachments ?? [])
            if (forms is JsonObject { Count: > 0 } one)
                source = source.Replace($"(attachment:{name})", $"(data:{one.First().Key};base64,{one.First().Value})",
                    StringComparison.Ordinal);
        string html = Markdown.ToHtml(source, Pipeline);
        // A formula that is a paragraph of its own stands in the middle, in full size.
        html = AloneInParagraph().Replace(html, "<div class=\"math\">\n\\[$1\\]\n</div>");
        return MathSpan().Replace(html, match => TexMath.ToMathMl(
            System.Net.WebUtility.HtmlDecode(match.Groups[2].Value), isBlock: match.Groups[1].Value == "div"));
    }

    static void Code(StringBuilder html, Cell cell, bool isSpanish)
    {
        html.Append("<section class=\"cell code\">\n");
        if (cell.ExecutionCount is { } count)
            html.Append(CultureInfo.InvariantCulture,
                $"<span class=\"place\">{(isSpanish ? "celda" : "cell")} {count}</span>");
        html.Append("<pre><code>").Append(CodeMarkup.Of(cell.Source)).Append("</code></pre>\n");
        foreach (JsonObject output in cell.Outputs)
            html.Append("<div class=\"out\">").Append(Output(output)).Append("</div>\n");
        html.Append("</section>\n");
    }

    static string Output(JsonObject output)
    {
        switch (OutputNode.TypeOf(output))
        {
            case "stream":
                string kind = (string?)output["name"] == "stderr" ? " class=\"stderr\"" : "";
                return $"<pre{kind}>{HtmlText.Escape(Plain(Ipynb.Joined(output["text"])))}</pre>";
            case "error":
                string trace = output["traceback"] is JsonArray { Count: > 0 } lines
                    ? string.Join('\n', lines.Select(line => (string?)line))
                    : $"{output["ename"]}: {output["evalue"]}";
                return $"<pre class=\"wrong\">{HtmlText.Escape(Plain(trace))}</pre>";
            default:
                return Rich(output["data"] as JsonObject ?? []);
        }
    }

    static string Rich(JsonObject data)
    {
        if (data["image/svg+xml"] is { } svg)
            return $"<div class=\"rich\">{Inert(Ipynb.Joined(svg))}</div>";
        foreach (string type in new[] { "image/png", "image/jpeg" })
            if (data[type] is { } picture)
                return $"<div class=\"rich\"><img src=\"data:{type};base64,"
                    + Ipynb.Joined(picture).ReplaceLineEndings("") + "\" "
                    + $"alt=\"{HtmlText.Escape(Ipynb.Joined(data["text/plain"]))}\"></div>";
        if (data["text/html"] is { } html)
            return $"<div class=\"rich\">{Inert(Ipynb.Joined(html))}</div>";
        if (data["text/markdown"] is { } markdown)
            return $"<div class=\"rich\">{Markdown.ToHtml(Ipynb.Joined(markdown), Pipeline)}</div>";
        return $"<pre>{HtmlText.Escape(Ipynb.Joined(data["text/plain"]))}</pre>";
    }

    // The page's policy lets no script run; none is kept either.
    static string Inert(string markup) => Script().Replace(markup, "");

    // Colours of terminals are no text, and a line that goes back to its beginning is written over.
    static string Plain(string text) => Overwritten().Replace(Colour().Replace(text, ""), "");

    [GeneratedRegex(@"^#\s+(.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("""<p><span class="math">\\\(((?:(?!</span>).)*)\\\)</span></p>""", RegexOptions.Singleline)]
    private static partial Regex AloneInParagraph();

    [GeneratedRegex("""<(span|div) class="math">(?:\\\(|\s*\\\[)(.*?)(?:\\\)|\\\]\s*)</\1>""", RegexOptions.Singleline)]
    private static partial Regex MathSpan();

    [GeneratedRegex("<script\\b.*?(</script>|$)", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Script();

    [GeneratedRegex(@"[^\n\r]*\r+(?=[^\n\r])")]
    private static partial Regex Overwritten();

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex Colour();
}
