using System.Text.Json;

namespace Hondo.Cli.Runs;

/// <summary>A run folder as it lies on the disk: whole, half-written or damaged.</summary>
sealed class SavedRun
{
    static readonly string[] Usual = ["dev accuracy", "accuracy", "dev loss", "loss"];

    readonly List<string> _problems = [];

    SavedRun(string path)
    {
        Path = path;
        Record = ReadObject("run.json");
        Options = ReadObject("config.json");
        Epochs = [.. Lines("metrics.jsonl").Select(EpochOf).OfType<SavedEpoch>()];
        Warnings = [.. Lines("events.jsonl").Select(line => Text(line, "message")).OfType<string>()];
    }

    public string Path { get; }

    public string Name => System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(
        System.IO.Path.GetFullPath(Path)));

    /// <summary>run.json, property by property.</summary>
    public IReadOnlyDictionary<string, string> Record { get; }

    /// <summary>config.json.</summary>
    public IReadOnlyDictionary<string, string> Options { get; }

    public IReadOnlyList<SavedEpoch> Epochs { get; }

    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Why it cannot be read as a whole; empty when it can.</summary>
    public string Problem => string.Join("; ", _problems);

    public string Status => _problems.Count > 0 ? "damaged" : Record.GetValueOrDefault("status", "unknown");

    public string Started => Record.GetValueOrDefault("started", "");

    public double Seconds => Epochs.Sum(epoch => epoch.Numbers.GetValueOrDefault("seconds"));

    /// <summary>The number that epochs are compared by, and its best value; null before the first epoch.</summary>
    public (string Name, double Value)? Best
    {
        get
        {
            if (Usual.FirstOrDefault(one => Epochs.Any(epoch => epoch.Numbers.ContainsKey(one))) is not { } name)
                return null;
            IEnumerable<double> values = Epochs.Where(epoch => epoch.Numbers.ContainsKey(name))
                .Select(epoch => epoch.Numbers[name]);
            return (name, name.EndsWith("accuracy", StringComparison.Ordinal) ? values.Max() : values.Min());
        }
    }

    /// <summary>True for a folder that a training made: nothing else is ever deleted or exported.</summary>
    public static bool Is(string folder) => File.Exists(System.IO.Path.Combine(folder, "run.json"))
        || (File.Exists(System.IO.Path.Combine(folder, "config.json"))
            && Directory.Exists(System.IO.Path.Combine(folder, "checkpoints")));

    public static SavedRun Open(string folder) => new(folder);

    Dictionary<string, string> ReadObject(string name)
    {
        Dictionary<string, string> found = [];
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(System.IO.Path.Combine(Path, name)));
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                throw new JsonException("it is no object");
            foreach (JsonProperty property in json.RootElement.EnumerateObject())
                found[property.Name] = property.Value.ToString();
        }
        catch (Exception error) when (error is IOException or JsonException or UnauthorizedAccessException
            or InvalidOperationException)
        {
            _problems.Add(error is FileNotFoundException ? $"{name} is missing" : $"{name}: {error.Message}");
        }
        return found;
    }

    // The last line of a run that was killed may be half a line: what can be read counts.
    List<JsonElement> Lines(string name)
    {
        List<JsonElement> lines = [];
        string path = System.IO.Path.Combine(Path, name);
        if (!File.Exists(path))
            return lines;
        try
        {
            using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read,
                FileShare.ReadWrite));
            while (file.ReadLine() is { } line)
                if (Parsed(line) is { ValueKind: JsonValueKind.Object } element)
                    lines.Add(element);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _problems.Add($"{name}: {error.Message}");
        }
        return lines;
    }

    static JsonElement? Parsed(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.Clone();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    static string? Text(JsonElement line, string name) =>
        line.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.ToString()
            : null;

    static SavedEpoch? EpochOf(JsonElement line)
    {
        if (!line.TryGetProperty("train", out JsonElement train)
            || !line.TryGetProperty("epoch", out JsonElement number)
            || number.ValueKind != JsonValueKind.Number || !number.TryGetInt32(out int epoch))
            return null;
        Dictionary<string, double> numbers = [];
        Add(numbers, "", line);
        Add(numbers, "", train);
        if (line.TryGetProperty("dev", out JsonElement dev))
            Add(numbers, "dev ", dev);
        return new(epoch, numbers);
    }

    static void Add(Dictionary<string, double> numbers, string prefix, JsonElement scores)
    {
        if (scores.ValueKind == JsonValueKind.Object)
            foreach (JsonProperty score in scores.EnumerateObject())
                if (score.Value.ValueKind == JsonValueKind.Number && score.Value.TryGetDouble(out double value))
                    numbers[prefix + score.Name] = value;
    }
}
