using System.Text.Json;

namespace Hondo.Dashboard.Runs;

/// <summary>One run folder as the dashboard knows it.</summary>
/// <param name="id">What the browser calls it; it tells nothing of the path.</param>
/// <param name="folder">Where it is.</param>
sealed class RunView(string id, string folder)
{
    DateTime _read;
    RunSummary _summary = new(id, Path.GetFileName(folder));

    /// <summary>What the browser calls it.</summary>
    public string Id => id;

    /// <summary>Takes the commands when the training runs in this process.</summary>
    public Steering? Steering { get; set; }

    /// <summary>The path of a file of the run; null when there is none, or only a link to one elsewhere.</summary>
    public string? FileOf(params ReadOnlySpan<string> names)
    {
        string path = Path.Combine([folder, .. names]);
        return new FileInfo(path) is { Exists: true, LinkTarget: null } ? path : null;
    }

    /// <summary>What the list shows.</summary>
    public RunSummary Summary()
    {
        string? file = FileOf("run.json");
        DateTime written = file is null ? default : File.GetLastWriteTimeUtc(file);
        if (written != _read)
            (_read, _summary) = (written, Read(file));
        // A training that was killed could not write that it ended.
        return _summary with { Status = RunStatus.Now(_summary.Status, folder, _summary.Process, _summary.Machine) };
    }

    /// <summary>Tells the training something.</summary>
    /// <exception cref="IOException">It does not run, or the command cannot be written.</exception>
    public void Steer(SteeringCommand command)
    {
        if (Summary().Status is not (RunStatus.Running or RunStatus.Paused))
            throw new IOException("This training does not run any more.");
        if (Steering is { } steering)
            steering.Send(command);
        else
            new SteeringQueue(folder).Send(command);
    }

    RunSummary Read(string? file)
    {
        var summary = new RunSummary(id, Path.GetFileName(folder));
        return Taken(Taken(summary, "run.json", file, (it, json) => it.With(json)), "config.json",
            FileOf("config.json"), (it, json) => it.WithConfig(json));
    }

    // Half a file, or a stranger's: the run is listed, with the reason.
    static RunSummary Taken(RunSummary summary, string name, string? file,
        Func<RunSummary, JsonElement, RunSummary> take)
    {
        try
        {
            // A run that has only just begun may have no config.json yet.
            if (file is null)
                return name == "config.json" ? summary
                    : summary with { Status = SavedRun.Broken, Problem = $"{name} is missing, or a link" };
            using JsonDocument json = RunFile.ReadObject(file);
            return take(summary, json.RootElement);
        }
        catch (Exception error) when (RunFile.IsOfTheFile(error))
        {
            return summary with { Status = SavedRun.Broken, Problem = $"{name}: {RunFile.Reason(error)}" };
        }
    }
}
