using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Hondo.Tuning;

namespace Hondo.Dashboard.Runs;

/// <summary>The studies that the dashboard shows, by their ids: the browser never names a file.</summary>
/// <param name="folder">The folder of the study files.</param>
/// <param name="startWorker">Starts a worker for a file and the name of a study in it; null when nobody can.</param>
sealed class StudyStore(string folder, Action<string, string>? startWorker = null)
{
    const int Most = 200;

    /// <summary>What there is to choose from.</summary>
    public string List() => new JsonObject
    {
        ["studies"] = new JsonArray([.. All().Select(one => (JsonNode)new JsonObject
        {
            ["id"] = one.Id, ["name"] = one.Name,
        })]),
    }.ToJsonString();

    /// <summary>Everything about a study; null when there is none of this id.</summary>
    public string? Find(string id)
    {
        if (All().FirstOrDefault(one => one.Id == id) is not { File: not null } found)
            return null;
        using var storage = new SqliteStorage(found.File);
        var study = Study.Open(storage, found.Name);
        JsonObject node = StudyExport.NodeOf(study, study.Trials);
        node["paused"] = study.IsPaused;
        return node.ToJsonString();
    }

    /// <summary>Does what somebody asks for by hand; false when there is no study of this id.</summary>
    /// <param name="id">The study.</param>
    /// <param name="command">
    /// <c>{"do": "pause"}</c>, <c>{"do": "start"}</c>, <c>{"do": "stop", "trial": 7}</c> or
    /// <c>{"do": "enqueue", "values": {"optimizer.learningRate": "0.01"}}</c>.
    /// </param>
    /// <exception cref="FormatException">The command cannot be read.</exception>
    /// <exception cref="InvalidOperationException">It cannot be done; the message says why.</exception>
    public bool Steer(string id, string command)
    {
        if (All().FirstOrDefault(one => one.Id == id) is not { File: not null } found)
            return false;
        using var storage = new SqliteStorage(found.File);
        var study = Study.Open(storage, found.Name);
        switch (Read(command))
        {
            case { } json when Text(json["do"]) == "pause":
                study.Pause();
                return true;
            case { } json when Text(json["do"]) == "start":
                study.Resume();
                (startWorker ?? throw new InvalidOperationException("Nobody can start workers from here: run hondo "
                    + "dashboard, or hondo tune --study."))(found.File, found.Name);
                return true;
            case { } json when Text(json["do"]) == "stop" && json["trial"] is JsonValue value
                && value.TryGetValue(out int trial):
                study.Stop(trial);
                return true;
            case { } json when Text(json["do"]) == "enqueue" && json["values"] is JsonObject values:
                study.Enqueue(ValuesOf(study, values));
                return true;
            default:
                throw new FormatException("A study takes {\"do\": \"pause\"}, \"start\", \"stop\" with a trial and "
                    + "\"enqueue\" with values.");
        }
    }

    static JsonObject? Read(string command)
    {
        try
        {
            return JsonNode.Parse(command) as JsonObject;
        }
        catch (Exception error) when (error is System.Text.Json.JsonException or ArgumentException)
        {
            return null;
        }
    }

    static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    // By what trials were asked: a study without any says what it has by its texts alone.
    static Dictionary<string, double> ValuesOf(Study study, JsonObject values)
    {
        Dictionary<string, ParameterRange> ranges = [];
        foreach (SuggestedValue one in study.Trials.SelectMany(trial => trial.Parameters))
            ranges.TryAdd(one.Name, one.Range);
        study.Space?.Fill((name, range) =>
        {
            ranges.TryAdd(name, range);
            return range.FromUnit(0.5);
        });
        return values.Where(one => !string.IsNullOrWhiteSpace(Text(one.Value))).ToDictionary(one => one.Key, one =>
            !ranges.TryGetValue(one.Key, out ParameterRange? range)
                ? throw new FormatException($"The study has no '{one.Key}': it has {string.Join(", ", ranges.Keys)}.")
                : range.Read(Text(one.Value)!.Trim())
                    ?? throw new FormatException($"'{Text(one.Value)}' is no value of {one.Key}: {{{range}}}."));
    }

    IEnumerable<(string Id, string File, string Name)> All()
    {
        if (!Directory.Exists(folder))
            yield break;
        foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles("*.db").Where(file =>
            file.LinkTarget is null)
            .OrderByDescending(file => file.LastWriteTimeUtc).Take(Most))
            foreach (string name in NamesIn(file.FullName))
                yield return (IdOf(file.FullName, name), file.FullName, name);
    }

    static string IdOf(string file, string name) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{file}\n{name}")))[..16];

    // A file of another kind, or of another version, is none of ours.
    static IReadOnlyList<string> NamesIn(string file)
    {
        try
        {
            using var storage = new SqliteStorage(file);
            return [.. storage.List().Select(one => one.Name)];
        }
        catch (Exception error) when (error is IOException or FormatException)
        {
            return [];
        }
    }
}
