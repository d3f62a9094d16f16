using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Hondo.Notebooks;

/// <summary>
/// The line that begins a cell: <c>// %% a title [markdown] tags=["exercise"]</c>. Values are JSON.
/// </summary>
static partial class PercentMarker
{
    /// <summary>The type of the cell that holds the notebook's own metadata.</summary>
    public const string NotebookType = "notebook";

    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>True when a line begins a cell.</summary>
    public static bool Is(string line) => Begin().IsMatch(line);

    /// <summary>Type (empty for code), title and values.</summary>
    public static (string Type, JsonObject Values) Parse(string line)
    {
        string rest = line[Begin().Match(line).Length..].Trim();
        JsonObject values = [];
        foreach (Match match in Key().Matches(rest))
            if (Values(rest[match.Index..]) is { } found)
            {
                (values, rest) = (found, rest[..match.Index].TrimEnd());
                break;
            }
        string type = "";
        if (Type().Match(rest) is { Success: true } named)
            (type, rest) = (named.Groups[1].Value, rest[..named.Index].TrimEnd());
        if (rest.Length > 0)
            values["title"] = rest;
        return (type == "md" ? "markdown" : type, values);
    }

    /// <summary>The line that <see cref="Parse"/> reads the same from.</summary>
    public static string Print(string type, JsonObject values)
    {
        var line = new StringBuilder("// %%");
        string? title = values["title"] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
        bool hasTitle = title is not null && Parse($"// %% {title}") is ("", { Count: 1 } alone)
            && (string?)alone["title"] == title && !title.Contains('\n', StringComparison.Ordinal);
        if (hasTitle)
            line.Append(' ').Append(title);
        if (type.Length > 0)
            line.Append(" [").Append(type).Append(']');
        foreach ((string key, JsonNode? node) in values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            if (!hasTitle || key != "title")
                line.Append(' ').Append(key).Append('=').Append(node?.ToJsonString(Plain) ?? "null");
        return line.ToString();
    }

    // Reads key=value to the end of the text; null when it is no such thing.
    static JsonObject? Values(string text)
    {
        JsonObject values = [];
        while (text.Length > 0)
        {
            Match key = Key().Match(text);
            if (!key.Success || key.Index > 0)
                return null;
            byte[] bytes = Encoding.UTF8.GetBytes(text[key.Length..]);
            var reader = new Utf8JsonReader(bytes, isFinalBlock: true, default);
            try
            {
                values[key.Groups[1].Value] = JsonNode.Parse(ref reader);
            }
            catch (JsonException)
            {
                return null;
            }
            string after = Encoding.UTF8.GetString(bytes.AsSpan((int)reader.BytesConsumed));
            if (after.Length > 0 && after[0] != ' ')
                return null;
            text = after.TrimStart();
        }
        return values;
    }

    [GeneratedRegex(@"^// ?%%(?=$|[\s\[])")]
    private static partial Regex Begin();

    [GeneratedRegex(@"(?<![^\s])([A-Za-z_][\w.-]*)=(?=[""\[{\dtfn-])")]
    private static partial Regex Key();

    [GeneratedRegex(@"\[(markdown|md|raw|notebook)\]$")]
    private static partial Regex Type();
}
