using System.Text.Json;

namespace Hondo.Dashboard.Runs;

/// <summary>A line of the list of runs.</summary>
/// <param name="Id">What the browser calls the run.</param>
/// <param name="Name">What people call it.</param>
sealed record RunSummary(string Id, string Name)
{
    const int LongestText = 400;

    public string Status { get; init; } = "unknown";

    public string Started { get; init; } = "";

    public string Data { get; init; } = "";

    public string Model { get; init; } = "";

    public double Epochs { get; init; }

    public int Process { get; init; }

    public bool IsOfThisMachine { get; init; }

    public bool HasReport { get; init; }

    public RunSummary With(JsonElement run) => this with
    {
        Name = Text(run, "name") is { Length: > 0 } name ? name : Name,
        Status = Text(run, "status"),
        Started = Text(run, "started"),
        Process = (int)Math.Clamp(Number(run, "process"), 0, int.MaxValue),
        IsOfThisMachine = Text(run, "machine") == Environment.MachineName,
    };

    public RunSummary WithConfig(JsonElement config) => this with
    {
        Data = Text(config, "data"),
        Model = Text(config, "model"),
        Epochs = Number(config, "epochs"),
    };

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id", Id);
        json.WriteString("name", Name);
        json.WriteString("status", Status);
        json.WriteString("started", Started);
        json.WriteString("data", Data);
        json.WriteString("model", Model);
        json.WriteNumber("epochs", Epochs);
        json.WriteBoolean("report", HasReport);
        json.WriteEndObject();
    }

    static string Text(JsonElement of, string name)
    {
        string text = of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out JsonElement value)
            && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        return text.Length > LongestText ? text[..LongestText] : text;
    }

    static double Number(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out JsonElement value)
            && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) ? number : 0;
}
