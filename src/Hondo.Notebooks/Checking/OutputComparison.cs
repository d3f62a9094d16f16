using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Hondo.Notebooks;

/// <summary>Compares outputs of cells; how long something took is left aside.</summary>
static partial class OutputComparison
{
    const int MostShown = 160;

    /// <summary>The first difference as a sentence, or null.</summary>
    public static string? Difference(IReadOnlyList<JsonObject> before, IReadOnlyList<JsonObject> now)
    {
        List<JsonObject> old = Merged(before), fresh = Merged(now);
        for (int i = 0; i < Math.Min(old.Count, fresh.Count); i++)
            if (Difference(old[i], fresh[i]) is { } difference)
                return difference;
        return old.Count == fresh.Count ? null
            : old.Count > fresh.Count ? $"it shows {Name(old[fresh.Count])} that executing it does not give"
            : $"{Name(fresh[old.Count])} that executing it gives is missing";
    }

    static string? Difference(JsonObject old, JsonObject fresh)
    {
        if (OutputNode.TypeOf(old) != OutputNode.TypeOf(fresh))
            return $"it shows {Name(old)}, but executing it gives {Name(fresh)}";
        switch (OutputNode.TypeOf(old))
        {
            case "stream":
                return (string?)old["name"] != (string?)fresh["name"]
                    ? $"it shows {Name(old)}, but executing it gives {Name(fresh)}"
                    : Difference("text", Ipynb.Joined(old["text"]), Ipynb.Joined(fresh["text"]));
            case "error":
                return Difference("error", $"{old["ename"]}: {old["evalue"]}", $"{fresh["ename"]}: {fresh["evalue"]}");
            default:
                return DataDifference(old["data"] as JsonObject ?? [], fresh["data"] as JsonObject ?? []);
        }
    }

    static string? DataDifference(JsonObject old, JsonObject fresh)
    {
        foreach (string type in old.Select(one => one.Key).Union(fresh.Select(one => one.Key))
            .OrderBy(type => type == "text/plain" ? "" : type, StringComparer.Ordinal))
            if (old[type] is not { } before || fresh[type] is not { } now)
                return old[type] is null
                    ? $"its {type} is missing"
                    : $"it shows {type} that executing it does not give";
            else if (Difference(type, Content(before), Content(now)) is { } difference)
                return difference;
        return null;
    }

    static string Content(JsonNode node) => node is JsonArray or JsonValue
        && (node is JsonArray || node.GetValueKind() == System.Text.Json.JsonValueKind.String)
            ? Ipynb.Joined(node)
            : node.ToJsonString();

    static string? Difference(string what, string old, string fresh)
    {
        string[] before = Lines(old), now = Lines(fresh);
        for (int i = 0; i < Math.Max(before.Length, now.Length); i++)
        {
            string a = i < before.Length ? before[i] : "(nothing)", b = i < now.Length ? now[i] : "(nothing)";
            if (a != b && Spoken.Common(a) != Spoken.Common(b))
                return $"line {i + 1} of its {what} is '{Around(a, b)}', but executing it gives '{Around(b, a)}'";
        }
        return null;
    }

    static string[] Lines(string text) => Times().Replace(text.ReplaceLineEndings("\n"), "⏱").TrimEnd('\n').Split('\n');

    // Of a long line the part where the difference is.
    static string Around(string line, string other)
    {
        if (line.Length <= MostShown)
            return line;
        int at = 0;
        while (at < Math.Min(line.Length, other.Length) && line[at] == other[at])
            at++;
        int start = Math.Max(0, at - MostShown / 2);
        return (start > 0 ? "…" : "") + line[start..Math.Min(line.Length, start + MostShown)] + "…";
    }

    static List<JsonObject> Merged(IEnumerable<JsonObject> outputs)
    {
        List<JsonObject> merged = [];
        foreach (JsonObject output in outputs)
            OutputNode.Append(merged, OutputNode.Joined(output));
        return merged;
    }

    static string Name(JsonObject output) => OutputNode.TypeOf(output) switch
    {
        "stream" => (string?)output["name"] == "stderr" ? "an error text" : "a text",
        "error" => $"the error {output["ename"]}",
        "execute_result" => "a value",
        _ => $"something displayed ({(output["data"] as JsonObject)?.FirstOrDefault().Key})",
    };

    // 12.3 s, 450 ms, 1:02:03, 12,000 samples/s, 2026-11-29.
    [GeneratedRegex(@"\d[\d.,]*\s?(ns|[µu]s|ms|s|secs?|min|h|seconds?|segundos?|minut[eo]s?|hours?|horas?)\b(?!\w)"
        + @"|\d[\d.,]*\s?(samples|images|steps|chars|characters|tokens|muestras|im[aá]genes|pasos|caracteres)/s\b"
        + @"|\b\d\d?:\d\d(:\d\d)?(\.\d+)?\b|\b\d{4}-\d\d-\d\d\b")]
    private static partial Regex Times();
}
