using System.Text.Json.Nodes;

namespace Hondo.Notebooks;

// What an editor asks about code that is being written.
public sealed partial class JupyterKernel
{
    JsonObject Complete(string code, int cursor)
    {
        var found = Ask("complete", code, Utf16(code, cursor)) as JsonObject;
        return Ok(new()
        {
            ["matches"] = found?["matches"]?.DeepClone() ?? new JsonArray(),
            ["cursor_start"] = found is null ? cursor
                : code[..((int?)found["start"] ?? 0)].EnumerateRunes().Count(),
            ["cursor_end"] = cursor,
            ["metadata"] = new JsonObject(),
        });
    }

    JsonObject Inspect(string code, int cursor)
    {
        string? text = (string?)Ask("inspect", code, Utf16(code, cursor));
        return Ok(new()
        {
            ["found"] = text is not null,
            ["data"] = text is null ? new JsonObject() : new JsonObject { ["text/plain"] = text },
            ["metadata"] = new JsonObject(),
        });
    }

    JsonNode? Ask(string question, string code, int at) => _worker.Ask(new()
    {
        ["do"] = question,
        ["code"] = code,
        ["at"] = at,
    }).GetAwaiter().GetResult()["answer"]?.DeepClone();
}
