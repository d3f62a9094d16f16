using System.Diagnostics;
using System.Text.Json;

namespace Hondo.Dashboard.Runs;

/// <summary>One run folder as the dashboard knows it.</summary>
/// <param name="id">What the browser calls it; it tells nothing of the path.</param>
/// <param name="folder">Where it is.</param>
sealed class RunView(string id, string folder)
{
    // What run.json and config.json are at most: a larger file is none of ours.
    const int MostBytes = 1 << 20;

    static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 16 };

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
        return _summary.Status == "running" && _summary.IsOfThisMachine && !IsAlive(_summary.Process)
            ? _summary with { Status = "lost" }
            : _summary;
    }

    /// <summary>Tells the training something.</summary>
    /// <exception cref="IOException">It does not run, or the command cannot be written.</exception>
    public void Steer(SteeringCommand command)
    {
        if (Summary().Status != "running")
            throw new IOException("This training does not run any more.");
        if (Steering is { } steering)
            steering.Send(command);
        else
            new SteeringQueue(folder).Send(command);
    }

    RunSummary Read(string? file)
    {
        var summary = new RunSummary(id, Path.GetFileName(folder));
        if (TryParse(file) is not { } run)
            return summary;
        using (run)
            summary = summary.With(run.RootElement);
        if (TryParse(FileOf("config.json")) is not { } config)
            return summary;
        using (config)
            return summary.WithConfig(config.RootElement);
    }

    // Half a file, or a stranger's: the run is listed by the name of its folder.
    static JsonDocument? TryParse(string? file)
    {
        try
        {
            return file is null || new FileInfo(file).Length > MostBytes ? null
                : JsonDocument.Parse(File.ReadAllBytes(file), Shallow);
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    static bool IsAlive(int process)
    {
        if (process == 0 || process == Environment.ProcessId)
            return true;
        try
        {
            using var found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
