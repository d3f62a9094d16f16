using System.Text.Json.Nodes;
using Hondo.Data;

namespace Hondo.Notebooks;

/// <summary>
/// A notebook as a C# text, in the percent format that other tools read too: <c>// %%</c> begins a cell of code,
/// <c>// %% [markdown]</c> one of text whose lines begin with <c>// </c>. What an unusual spelling adds (two blank
/// lines, no space after the slashes) is kept beside the cell, so that the text comes back to the byte.
/// </summary>
static class PercentText
{
    const string StyleKey = "hondo_text", MetadataKey = "metadata";

    /// <exception cref="DataFormatException">A line of text is no comment.</exception>
    public static Notebook Parse(string text, string path)
    {
        var style = new JsonObject();
        if (text.StartsWith('\uFEFF'))
            (text, style["mark"]) = (text[1..], true);
        if (text.Contains("\r\n", StringComparison.Ordinal)
            && !text.Replace("\r\n", "", StringComparison.Ordinal).AsSpan().ContainsAny('\r', '\n'))
            (text, style["newline"]) = (text.Replace("\r\n", "\n", StringComparison.Ordinal), "\r\n");
        var notebook = new Notebook();
        int line = 1;
        List<string> chunks = Chunks(text);
        for (int i = 0; i < chunks.Count; i++)
        {
            Chunk chunk = Chunk.Parse(chunks[i], path, line);
            line += chunks[i].AsSpan().Count('\n');
            if (chunk.IsNotebook)
            {
                notebook.Metadata.Clear();
                foreach ((string key, JsonNode? value) in (chunk.Values[MetadataKey] as JsonObject ?? []))
                    notebook.Metadata[key] = value?.DeepClone();
                if (chunks[i] != HeaderOf(notebook.Metadata, chunks.Count == 1))
                    style["header"] = chunks[i];
            }
            else
                notebook.Cells.Add(chunk.ToCell(chunks[i], isLast: i == chunks.Count - 1));
        }
        if (style.Count > 0)
            notebook.Metadata[StyleKey] = style;
        return notebook.WithIds();
    }

    public static string Print(Notebook notebook)
    {
        JsonObject style = notebook.Metadata[StyleKey] as JsonObject ?? [];
        IReadOnlyList<string> ids = notebook.DerivedIds();
        string text = Header(notebook, style);
        for (int i = 0; i < notebook.Cells.Count; i++)
            text += Chunk.Print(notebook.Cells[i], ids[i], isFirst: text.Length == 0,
                isLast: i == notebook.Cells.Count - 1);
        if ((string?)style["newline"] == "\r\n")
            text = text.Replace("\n", "\r\n", StringComparison.Ordinal);
        return style.ContainsKey("mark") ? '\uFEFF' + text : text;
    }

    // Only a notebook that says more of itself than every one does needs a line for it.
    static string Header(Notebook notebook, JsonObject style)
    {
        var metadata = (JsonObject)notebook.Metadata.DeepClone();
        metadata.Remove(StyleKey);
        metadata.Remove(Seal.Key);
        if (style["header"] is { } header && (string?)header is { } known
            && JsonNode.DeepEquals(Chunk.Parse(known, "", 1).Values[MetadataKey] ?? new JsonObject(), metadata))
            return known;
        return JsonNode.DeepEquals(metadata, Notebook.DefaultMetadata()) ? ""
            : HeaderOf(metadata, notebook.Cells.Count == 0);
    }

    static string HeaderOf(JsonObject metadata, bool isAlone) =>
        PercentMarker.Print(PercentMarker.NotebookType, new() { [MetadataKey] = metadata.DeepClone() })
            + (isAlone ? "\n" : "\n\n");

    // The text from one marker to the next; what stands before the first is a cell too.
    static List<string> Chunks(string text)
    {
        List<string> chunks = [];
        int start = 0, at = 0;
        while (at < text.Length)
        {
            int end = text.IndexOf('\n', at) is >= 0 and var found ? found + 1 : text.Length;
            if (at > start && PercentMarker.Is(text[at..end].TrimEnd('\n')))
            {
                chunks.Add(text[start..at]);
                start = at;
            }
            at = end;
        }
        if (start < text.Length)
            chunks.Add(text[start..]);
        return chunks;
    }
}
