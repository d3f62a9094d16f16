using System.Text;

namespace Hondo.Notebooks;

/// <summary>Tables as plain text and as HTML.</summary>
static class HtmlText
{
    // WebUtility would write ñ as a number, too.
    public static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal);

    /// <summary>A table in both forms.</summary>
    /// <param name="head">The names of the columns, or none.</param>
    /// <param name="rows">The cells.</param>
    /// <param name="isText">True for columns that are aligned to the left.</param>
    /// <param name="note">What follows the table, or empty.</param>
    public static MimeBundle Table(IReadOnlyList<string> head, IReadOnlyList<string[]> rows,
        Func<int, bool> isText, string note = "")
    {
        string[][] all = head.Count > 0 ? [[.. head], .. rows] : [.. rows];
        int columns = all.Select(row => row.Length).DefaultIfEmpty(0).Max();
        int[] widths = [.. Enumerable.Range(0, columns).Select(i =>
            all.Max(row => i < row.Length ? row[i].Length : 0))];
        string text = string.Join('\n', all.Select(row => string.Join("  ", row.Select((cell, i) =>
            isText(i) ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))).TrimEnd()));
        var html = new StringBuilder("<table>\n");
        if (head.Count > 0)
            html.Append("<thead>").Append(Row(head, "th scope=\"col\"", "th", isText)).Append("</thead>\n");
        html.Append("<tbody>\n");
        foreach (string[] row in rows)
            html.Append(Row(row, "td", "td", isText)).Append('\n');
        html.Append("</tbody>\n</table>");
        if (note.Length > 0)
            html.Append("\n<p>").Append(Escape(note)).Append("</p>");
        return new MimeBundle(note.Length > 0 ? $"{text}\n{note}" : text).With("text/html", html.ToString());
    }

    static string Row(IReadOnlyList<string> cells, string open, string close, Func<int, bool> isText) =>
        "<tr>" + string.Concat(cells.Select((cell, i) =>
            $"<{open} style=\"text-align:{(isText(i) ? "left" : "right")}\">{Escape(cell)}</{close}>")) + "</tr>";
}
