using System.Globalization;
using System.Text.Json;

namespace Hondo.Insights;

/// <summary>An epoch as metrics.jsonl has it.</summary>
/// <param name="Epoch">Which one, from 1.</param>
/// <param name="Numbers">Its finite numbers by name; those of the dev part are <c>dev loss</c>, ….</param>
public sealed record SavedEpoch(int Epoch, IReadOnlyDictionary<string, double> Numbers);

/// <summary>
/// A run folder as it lies on the disk: whole, half-written or damaged. Whatever is in it, it can be listed: time and
/// memory are bounded, and what cannot be read is its <see cref="Problem"/>.
/// </summary>
public sealed class SavedRun
{
    /// <summary>The status of a run whose files cannot all be read.</summary>
    public const string Broken = "broken";

    // A run of ten thousand epochs has 20 MB of points.
    const long MostBytes = 64 << 20;
    const int MostLineBytes = 1 << 20, MostTexts = 10_000, MostProblems = 3;

    static readonly string[] Usual = ["dev accuracy", "accuracy", "dev loss", "loss"];
    static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 16 };

    readonly List<string> _problems = [];
    readonly List<SavedEpoch> _epochs = [];
    readonly List<string> _warnings = [];

    SavedRun(string path)
    {
        Path = path;
        Record = ReadObject("run.json");
        Options = ReadObject("config.json");
        ReadLines("metrics.jsonl", "\"train\""u8, line => Add(line, _epochs));
        ReadLines("events.jsonl", default, line =>
        {
            if (_warnings.Count < MostTexts && line.TryGetProperty("message", out JsonElement value)
                && value.ValueKind == JsonValueKind.String)
                _warnings.Add(value.GetString()!);
        });
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>The name of its folder.</summary>
    public string Name => System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(
        System.IO.Path.GetFullPath(Path)));

    /// <summary>run.json, property by property.</summary>
    public IReadOnlyDictionary<string, string> Record { get; }

    /// <summary>config.json.</summary>
    public IReadOnlyDictionary<string, string> Options { get; }

    /// <summary>The epochs that were finished.</summary>
    public IReadOnlyList<SavedEpoch> Epochs => _epochs;

    /// <summary>What was noticed while it ran.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Why it cannot be read as a whole; empty when it can.</summary>
    public string Problem => string.Join("; ", _problems.Take(MostProblems))
        + (_problems.Count > MostProblems
            ? string.Create(CultureInfo.InvariantCulture, $"; and {_problems.Count - MostProblems:N0} more") : "");

    /// <summary>
    /// How it ended, a word of <see cref="RunStatus"/>, or <see cref="Broken"/>; <see cref="RunStatus.Died"/> when it
    /// says that it runs, but no process trains in it.
    /// </summary>
    public string Status => _problems.Count > 0 ? Broken
        : RunStatus.Now(Record.GetValueOrDefault("status", "unknown"), Path, Record.GetValueOrDefault("process"),
            Record.GetValueOrDefault("machine"));

    /// <summary>When it began.</summary>
    public string Started => Record.GetValueOrDefault("started", "");

    /// <summary>How long its epochs took.</summary>
    public double Seconds => Epochs.Sum(epoch => epoch.Numbers.GetValueOrDefault("seconds"));

    /// <summary>The number that epochs are compared by, its value in the kept epoch, and which that is; null before the
    /// first.</summary>
    public (string Name, double Value, int Epoch)? Best
    {
        get
        {
            if (Usual.FirstOrDefault(one => Epochs.Any(epoch => epoch.Numbers.ContainsKey(one))) is not { } name)
                return null;
            IEnumerable<SavedEpoch> with = Epochs.Where(epoch => epoch.Numbers.ContainsKey(name));
            SavedEpoch best = int.TryParse(Record.GetValueOrDefault("bestEpoch"), CultureInfo.InvariantCulture,
                out int kept) && with.FirstOrDefault(epoch => epoch.Epoch == kept) is { } known ? known
                : name.EndsWith("accuracy", StringComparison.Ordinal) ? with.MaxBy(epoch => epoch.Numbers[name])!
                : with.MinBy(epoch => epoch.Numbers[name])!;
            return (name, best.Numbers[name], best.Epoch);
        }
    }

    /// <summary>The epoch whose model is kept; null before the first.</summary>
    public SavedEpoch? Kept => Best is { } best ? _epochs.Find(epoch => epoch.Epoch == best.Epoch) : null;

    /// <summary>True for a folder that a training made: nothing else is ever deleted or exported.</summary>
    public static bool Is(string folder) => File.Exists(System.IO.Path.Combine(folder, "run.json"))
        || (File.Exists(System.IO.Path.Combine(folder, "config.json"))
            && Directory.Exists(System.IO.Path.Combine(folder, "checkpoints")));

    /// <summary>Reads what can be read.</summary>
    public static SavedRun Open(string folder) => new(folder);

    Dictionary<string, string> ReadObject(string name)
    {
        Dictionary<string, string> found = [];
        try
        {
            using JsonDocument json = RunFile.ReadObject(System.IO.Path.Combine(Path, name));
            foreach (JsonProperty property in json.RootElement.EnumerateObject())
                found[property.Name] = property.Value.ToString();
        }
        catch (Exception error) when (RunFile.IsOfTheFile(error))
        {
            _problems.Add(error is FileNotFoundException ? $"{name} is missing" : $"{name}: {RunFile.Reason(error)}");
        }
        return found;
    }

    void ReadLines(string name, ReadOnlySpan<byte> wanted, Action<JsonElement> take)
    {
        byte[] bytes;
        try
        {
            bytes = RunFile.Read(System.IO.Path.Combine(Path, name), MostBytes);
        }
        catch (FileNotFoundException)
        {
            return;
        }
        catch (Exception error) when (RunFile.IsOfTheFile(error))
        {
            _problems.Add($"{name}: {RunFile.Reason(error)}");
            return;
        }
        int number = 0;
        foreach (Range range in bytes.AsSpan().Split((byte)'\n'))
        {
            number++;
            (int start, int length) = range.GetOffsetAndLength(bytes.Length);
            // The last line of a run that was killed may be half a line: it counts for nothing.
            if (length > 0 && start + length < bytes.Length
                && (wanted.IsEmpty || length > MostLineBytes || bytes.AsSpan(range).IndexOf(wanted) >= 0))
                ReadLine(string.Create(CultureInfo.InvariantCulture, $"{name}, line {number}"), bytes.AsMemory(range),
                take);
        }
    }

    void ReadLine(string where, ReadOnlyMemory<byte> line, Action<JsonElement> take)
    {
        try
        {
            if (line.Length > MostLineBytes)
                throw new IOException(string.Create(CultureInfo.InvariantCulture, $"it has {line.Length:N0} bytes"));
            using var json = JsonDocument.Parse(line, Shallow);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                throw new IOException("it is no JSON object");
            take(json.RootElement);
        }
        catch (Exception error) when (RunFile.IsOfTheFile(error))
        {
            _problems.Add($"{where}: {(error is JsonException ? "it is no JSON" : RunFile.Reason(error))}");
        }
    }

    static void Add(JsonElement line, List<SavedEpoch> epochs)
    {
        if (!line.TryGetProperty("train", out JsonElement train)
            || !line.TryGetProperty("epoch", out JsonElement number)
            || number.ValueKind != JsonValueKind.Number || !number.TryGetInt32(out int epoch))
            return;
        Dictionary<string, double> numbers = [];
        Add(numbers, "", line);
        Add(numbers, "", train);
        if (line.TryGetProperty("dev", out JsonElement dev))
            Add(numbers, "dev ", dev);
        epochs.Add(new(epoch, numbers));
    }

    static void Add(Dictionary<string, double> numbers, string prefix, JsonElement scores)
    {
        if (scores.ValueKind != JsonValueKind.Object)
            return;
        foreach (JsonProperty score in scores.EnumerateObject())
            if (score.Value.ValueKind == JsonValueKind.Number)
                numbers[prefix + score.Name] = score.Value.TryGetDouble(out double value) && double.IsFinite(value)
                    ? value : throw new IOException($"{prefix}{score.Name} is not finite");
    }
}
