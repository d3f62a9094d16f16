using System.Text.Json.Nodes;

namespace Hondo.Notebooks;

/// <summary>Outputs of cells in the form of nbformat 4. In memory a text is one piece; in a file it is lines.</summary>
static class OutputNode
{
    /// <summary>What was written to a stream, <c>stdout</c> or <c>stderr</c>.</summary>
    public static JsonObject Stream(string name, string text) =>
        new() { ["output_type"] = "stream", ["name"] = name, ["text"] = text };

    /// <summary>Something shown.</summary>
    public static JsonObject Display(MimeBundle bundle) => new()
    {
        ["output_type"] = "display_data",
        ["data"] = bundle.ToJson(),
        ["metadata"] = new JsonObject(),
    };

    /// <summary>The value of a cell.</summary>
    public static JsonObject Result(MimeBundle bundle, int count) => new()
    {
        ["output_type"] = "execute_result",
        ["data"] = bundle.ToJson(),
        ["metadata"] = new JsonObject(),
        ["execution_count"] = count,
    };

    /// <summary>How a cell failed.</summary>
    public static JsonObject Error(CellError error) => new()
    {
        ["output_type"] = "error",
        ["ename"] = error.Name,
        ["evalue"] = error.Message,
        ["traceback"] = new JsonArray([.. error.Trace.Select(JsonNode? (line) => line)]),
    };

    /// <summary>The type: <c>stream</c>, <c>display_data</c>, <c>execute_result</c> or <c>error</c>.</summary>
    public static string TypeOf(JsonObject output) => (string?)output["output_type"] ?? "";

    /// <summary>Adds an output; a stream goes on in the stream before it.</summary>
    public static void Append(List<JsonObject> outputs, JsonObject output)
    {
        if (TypeOf(output) == "stream" && outputs is [.., var last] && TypeOf(last) == "stream"
            && (string?)last["name"] == (string?)output["name"])
            last["text"] = (string?)last["text"] + (string?)output["text"];
        else
            outputs.Add(output);
    }

    /// <summary>With texts in one piece.</summary>
    public static JsonObject Joined(JsonObject output) => Mapped(output, node => Ipynb.Joined(node));

    /// <summary>With texts as lines.</summary>
    public static JsonObject Split(JsonObject output) =>
        Mapped(output, node => node is JsonValue value && value.TryGetValue(out string? text) ? Lines(text)
            : node?.DeepClone());

    /// <summary>The lines of a text, each with its end.</summary>
    public static JsonArray Lines(string text)
    {
        JsonArray lines = [];
        for (int at = 0; at < text.Length;)
        {
            int end = text.IndexOf('\n', at) is >= 0 and var found ? found + 1 : text.Length;
            lines.Add(text[at..end]);
            at = end;
        }
        return lines;
    }

    static JsonObject Mapped(JsonObject output, Func<JsonNode?, JsonNode?> change)
    {
        var copy = (JsonObject)output.DeepClone();
        if (copy["text"] is { } text)
            copy["text"] = change(text);
        foreach ((string type, JsonNode? content) in (copy["data"] as JsonObject ?? []).ToArray())
            if (IsText(type))
                copy["data"]![type] = change(content);
        return copy;
    }

    static bool IsText(string type) => type.StartsWith("text/", StringComparison.Ordinal)
        || type is "image/svg+xml" or "application/javascript";
}
