using System.CommandLine;
using System.Text.Json;
using Hondo.Cli.Output;
using Hondo.Data;
using Hondo.Training;

namespace Hondo.Cli;

/// <summary>A run that goes on: its options are in its config.json, its place in its newest checkpoint.</summary>
/// <param name="Options">The command line that the run would be started with.</param>
/// <param name="Command">The command that did start it.</param>
/// <param name="Checkpoint">Where it goes on.</param>
/// <param name="DataHash">What its data were; null of a run that did not note it.</param>
sealed record Resumption(ParseResult Options, string Command, RunCheckpoint Checkpoint, string? DataHash)
{
    // What the result does not depend on may be given anew.
    static readonly string[] Free = ["--resume", "--checkpoint-every", "--time-limit", "--threads", "--dashboard",
        "--profile", "--quiet", "--json", "--debug", Language.Option];

    // Names in config.json that are no options, or free ones.
    static readonly string[] NoOptions = ["data", "threads"];

    public static Resumption Of(ParseResult parsed, TrainOptions options)
    {
        string run = parsed.GetValue(options.Resume)!;
        var command = (Command)parsed.CommandResult.Command;
        foreach (Option option in command.Options)
            if (!Free.Contains(option.Name) && parsed.GetResult(option) is { Implicit: false })
                throw new UsageException($"--resume goes on with the run's own options: leave out {option.Name}, or "
                    + "start a new run with it.");
        RunPlace.CheckFree(run);
        using JsonDocument config = Read(run, "config.json"), record = Read(run, "run.json");
        string data = DataOf(record.RootElement, config.RootElement, parsed, options)
            ?? throw NoConfig(run, "data is no text");
        if (!config.RootElement.TryGetProperty("epochs", out JsonElement count) || count.ValueKind
            != JsonValueKind.Number || !count.TryGetInt32(out int epochs))
            throw NoConfig(run, "epochs is no whole number");
        RunCheckpoint checkpoint = RunCheckpoint.Newest(RunFolder.CheckpointsOf(run));
        // One that was killed after its last epoch still has its best model to save and its test part to measure.
        if (Text(record.RootElement, "status") == "done" && checkpoint.Epochs >= epochs)
            throw new UsageException($"The run {run} has trained all its {checkpoint.Epochs} {(checkpoint.Epochs == 1
                ? "epoch" : "epochs")}: there is nothing "
                + "to go on with. Start a new run with more --epochs.");
        ParseResult anew = command.Parse([.. Words(config.RootElement, data), "--run", run,
            .. Given(parsed, command)]);
        if (anew.Errors.Count > 0)
            throw NoConfig(run, anew.Errors[0].Message.TrimEnd('.'));
        return new(anew, Text(record.RootElement, "command") ?? "hondo train", checkpoint,
            Text(record.RootElement, "dataHash"));
    }

    static DataFormatException NoConfig(string run, string problem) => new(Path.Combine(run, "config.json"), "",
        problem, "It was changed since the run began: put it back as it was.");

    /// <summary>Makes sure that the data are those that the run began with.</summary>
    /// <exception cref="DataFormatException">They are not.</exception>
    public void Check(string data, string dataHash)
    {
        if (DataHash is not null && DataHash != dataHash)
            throw new DataFormatException(data, "", "the data are not those that the run began with: rows, labels or "
                + "their order changed since", "Put the old data back, or start a new run with the new ones.");
    }

    // The folder that the run was started in may be another than this one; what is named anew was moved.
    static string? DataOf(JsonElement record, JsonElement config, ParseResult parsed, TrainOptions options) =>
        parsed.GetValue(options.Data) ?? (Text(record, "dataPath") is { } path && Path.Exists(path) ? path
            : Text(config, "data"));

    static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()
            : null;

    static JsonDocument Read(string run, string name)
    {
        string path = Path.Combine(run, name);
        using FileStream file = DataFile.Open(path, "a file of a run");
        try
        {
            JsonDocument read = JsonDocument.Parse(file, new() { MaxDepth = 16 });
            return read.RootElement.ValueKind == JsonValueKind.Object ? read
                : throw new DataFormatException(path, "", "this is no JSON object", "Name a run folder.");
        }
        catch (JsonException error)
        {
            throw new DataFormatException(path, "", "this is no JSON", "Name a run folder.", error);
        }
    }

    static IEnumerable<string> Words(JsonElement config, string data)
    {
        yield return data;
        foreach (JsonProperty property in config.EnumerateObject().Where(p => !NoOptions.Contains(p.Name)))
        {
            yield return $"--{property.Name}";
            if (property.Value.ValueKind == JsonValueKind.Array)
            {
                foreach (JsonElement item in property.Value.EnumerateArray())
                    yield return item.ToString();
                continue;
            }
            string value = property.Value.ToString();
            yield return value.Length > 0 ? value : "off";
        }
    }

    // The free options that were given, as they were given.
    static IEnumerable<string> Given(ParseResult parsed, Command command) => command.Options
        .Where(option => Free.Contains(option.Name) && option.Name != "--resume"
            && parsed.GetResult(option) is { Implicit: false })
        .SelectMany(option =>
            (string[])[option.Name, .. parsed.GetResult(option)!.Tokens.Select(token => token.Value)]);
}
