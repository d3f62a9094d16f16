using System.Globalization;
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

    /// <summary>Why the run is broken; empty when it is not.</summary>
    public string Problem { get; init; } = "";

    /// <summary>What came of it, <c>test accuracy 98.8 %</c>; empty before the end.</summary>
    public string Result { get; init; } = "";

    public string Process { get; init; } = "";

    public string Machine { get; init; } = "";

    public bool HasReport { get; init; }

    public RunSummary With(JsonElement run) => this with
    {
        Name = Text(run, "name") is { Length: > 0 } name ? name : Name,
        Status = Text(run, "status"),
        Started = Text(run, "started"),
        Process = Number(run, "process").ToString("0", CultureInfo.InvariantCulture),
        Machine = Text(run, "machine"),
        Result = ResultOf(run),
        Problem = Text(run, "error"),
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
        json.WriteString("problem", Problem);
        json.WriteString("result", Result);
        json.WriteStartObject("es");
        json.WriteString("problem", SpanishText.OrEnglish(Problem));
        json.WriteString("result", SpanishText.OrEnglish(Result));
        json.WriteEndObject();
        json.WriteBoolean("report", HasReport);
        json.WriteEndObject();
    }

    // The same numbers as in the terminal and the report: those of the model that is kept.
    static string ResultOf(JsonElement run)
    {
        if (!run.TryGetProperty("metrics", out JsonElement metrics) || metrics.ValueKind != JsonValueKind.Object)
            return "";
        foreach (string part in (string[])["test", "dev"])
            if (metrics.TryGetProperty($"{part} accuracy", out _))
                return string.Create(CultureInfo.InvariantCulture,
                    $"{part} accuracy {100 * Number(metrics, $"{part} accuracy"):0.0#} %");
            else if (metrics.TryGetProperty($"{part} loss", out _))
                return string.Create(CultureInfo.InvariantCulture, $"{part} loss {Number(metrics, $"{part} loss"):G4}");
        return "";
    }

    static string Text(JsonElement of, string name)
    {
        string text = of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out JsonElement value)
            && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        return text.Length > LongestText ? text[..LongestText] : text;
    }

    static double Number(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out JsonElement value)
            && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number)
            && double.IsFinite(number) ? number : 0;
}
