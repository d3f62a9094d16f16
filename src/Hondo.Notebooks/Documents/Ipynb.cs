using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hondo.Data;

namespace Hondo.Notebooks;

/// <summary>
/// Notebooks as Jupyter keeps them, nbformat 4.5: keys sorted and texts split into lines as Jupyter writes them, so
/// that the same notebook is the same bytes.
/// </summary>
static class Ipynb
{
    static readonly JsonWriterOptions Style = new()
    {
        Indented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <exception cref="DataFormatException">It is no notebook of nbformat 4.</exception>
    public static Notebook Parse(string text, string path)
    {
        try
        {
            if (JsonNode.Parse(text) is not JsonObject root || root["nbformat"] is not JsonValue format)
                throw Bad(path, "it has no \"nbformat\"", "Save it as a Jupyter notebook of version 4.");
            if ((int)format != 4 || root["cells"] is not JsonArray cells)
                throw Bad(path, $"it is a notebook of version {format}", "Save it as version 4.");
            var metadata = root["metadata"]?.DeepClone() as JsonObject ?? [];
            var notebook = new Notebook { Metadata = metadata };
            foreach ((int i, JsonNode? node) in cells.Index())
                notebook.Cells.Add(node is JsonObject cell && KindOf((string?)cell["cell_type"]) is { } kind
                    ? CellOf(cell, kind)
                    : throw Bad(path, $"cell {i + 1} is neither code nor markdown nor raw", "Delete it."));
            return notebook.WithIds();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw Bad(path, error.Message.TrimEnd('.'), "Open it in an editor of notebooks and save it again.", error);
        }
    }

    /// <summary>The file's text.</summary>
    public static string Print(Notebook notebook)
    {
        notebook.WithIds();
        var root = new JsonObject
        {
            ["cells"] = new JsonArray([.. notebook.Cells.Select(JsonNode? (cell) => NodeOf(cell))]),
            ["metadata"] = notebook.Metadata.DeepClone(),
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        };
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Style))
            Sorted(root)!.WriteTo(json);
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length) + "\n";
    }

    static Cell CellOf(JsonObject node, CellKind kind)
    {
        var cell = new Cell(kind, Joined(node["source"]))
        {
            Id = (string?)node["id"] ?? "",
            Metadata = node["metadata"]?.DeepClone() as JsonObject ?? [],
            Attachments = node["attachments"]?.DeepClone() as JsonObject,
            ExecutionCount = (int?)node["execution_count"],
        };
        foreach (JsonNode? output in node["outputs"] as JsonArray ?? [])
            if (output is JsonObject one)
                cell.Outputs.Add(OutputNode.Joined(one));
        return cell;
    }

    static JsonObject NodeOf(Cell cell)
    {
        var node = new JsonObject
        {
            ["cell_type"] = cell.Kind switch
            {
                CellKind.Markdown => "markdown",
                CellKind.Raw => "raw",
                _ => "code",
            },
            ["id"] = cell.Id,
            ["metadata"] = cell.Metadata.DeepClone(),
            ["source"] = OutputNode.Lines(cell.Source),
        };
        if (cell.Attachments is not null)
            node["attachments"] = cell.Attachments.DeepClone();
        if (cell.Kind != CellKind.Code)
            return node;
        node["execution_count"] = cell.ExecutionCount;
        node["outputs"] = new JsonArray([.. cell.Outputs.Select(JsonNode? (output) => OutputNode.Split(output))]);
        return node;
    }

    internal static string Joined(JsonNode? text) => text is JsonArray lines
        ? string.Concat(lines.Select(line => (string?)line))
        : (string?)text ?? "";

    // Jupyter sorts the keys when it saves: then saving there changes no line here.
    static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => KeyValuePair.Create(pair.Key, Sorted(pair.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    static CellKind? KindOf(string? type) => type switch
    {
        "code" => CellKind.Code,
        "markdown" => CellKind.Markdown,
        "raw" => CellKind.Raw,
        _ => null,
    };

    static DataFormatException Bad(string path, string problem, string mend, Exception? inner = null) =>
        new(path, "", problem, mend, inner);
}
