using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hondo.Kernels;

namespace Hondo.Insights;

/// <summary>The words for how a run stands or ended: the same in run.json, lists, reports and the dashboard.</summary>
public static class RunStatus
{
    /// <summary>A process trains in it.</summary>
    public const string Running = "running";

    /// <summary>It waits until somebody lets it go on.</summary>
    public const string Paused = "paused";

    /// <summary>It trained as long as it was to.</summary>
    public const string Done = "done";

    /// <summary>Somebody ended it: Stop in the dashboard.</summary>
    public const string StoppedByHand = "stopped by hand";

    /// <summary>Its time was over.</summary>
    public const string TimeLimit = "time limit";

    /// <summary>Ctrl-C or SIGTERM ended it after a whole step.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>An error ended it.</summary>
    public const string Failed = "failed";

    /// <summary>It says that it runs, but its process is gone: it was killed, or the machine went down.</summary>
    public const string Died = "died";

    /// <summary>How a training that was not ended by an error has ended.</summary>
    internal static string Of(TrainingRun run) => run.StopReason switch
    {
        "cancelled" => Interrupted,
        Steering.ByHand => StoppedByHand,
        { } reason when run.Trainer.Callbacks.OfType<Hondo.Training.TimeLimit>().Any(limit =>
            reason.Contains(limit.ToString()!, StringComparison.Ordinal)) => TimeLimit,
        _ => Done,
    };

    /// <summary>The status as it is now: who says that it runs must have a process.</summary>
    /// <param name="said">What run.json says.</param>
    /// <param name="folder">The run folder.</param>
    /// <param name="process">The process that run.json names.</param>
    /// <param name="machine">The machine that run.json names.</param>
    public static string Now(string said, string folder, string? process, string? machine)
    {
        if (said is not (Running or Paused))
            return said;
        bool isAlive = RunPlace.IsAlive(folder) ?? machine != Environment.MachineName
            || !int.TryParse(process, CultureInfo.InvariantCulture, out int id) || IsAlive(id);
        return isAlive ? said : Died;
    }

    static bool IsAlive(int process)
    {
        if (process <= 0 || process == Environment.ProcessId)
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

/// <summary>Who trained, when and with what: the content of run.json.</summary>
/// <param name="Name">The run's name.</param>
/// <param name="Command">The command that repeats it.</param>
public sealed record RunRecord(string Name, string Command)
{
    readonly DateTimeOffset _started = DateTimeOffset.Now;

    /// <summary>Where the data lie, as a full path; null for data by name.</summary>
    public string? DataPath { get; init; }

    /// <summary>The SHA-256 of what was read of them; null when it was not taken.</summary>
    public string? DataHash { get; init; }

    /// <summary>The epoch whose model is kept; 0 before the first.</summary>
    internal int BestEpoch { get; init; }

    /// <summary>What the kept model was measured to be at the end; none before.</summary>
    internal IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>The error that ended the training, or null.</summary>
    internal string? Error { get; init; }

    /// <summary>The record as JSON.</summary>
    /// <param name="status">A word of <see cref="RunStatus"/>.</param>
    /// <param name="run">Where the training stands.</param>
    public string ToJson(string status, TrainingRun run)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new()
        {
            Indented = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }))
        {
            json.WriteStartObject();
            json.WriteString("name", Name);
            json.WriteString("status", status);
            json.WriteString("command", Command);
            json.WriteString("user", Environment.UserName);
            json.WriteString("machine", Environment.MachineName);
            json.WriteNumber("process", Environment.ProcessId);
            json.WriteString("started", _started);
            bool hasEnded = status is not (RunStatus.Running or RunStatus.Paused);
            if (hasEnded)
                json.WriteString("ended", DateTimeOffset.Now);
            WriteData(json);
            json.WriteNumber("seed", run.Trainer.Seed);
            json.WriteNumber("threads", Workers.Count);
            json.WriteBoolean("exact", Numerics.Exact);
            json.WriteNumber("epochs", run.History.Count);
            if (run.StopReason is { } reason)
                json.WriteString("stopReason", reason);
            WriteResult(json, run);
            if (hasEnded)
                json.WriteString("modelHash", ModelHash.Of(run.Model));
            WriteVersions(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    void WriteData(Utf8JsonWriter json)
    {
        if (DataPath is not null)
            json.WriteString("dataPath", DataPath);
        if (DataHash is not null)
            json.WriteString("dataHash", DataHash);
    }

    void WriteResult(Utf8JsonWriter json, TrainingRun run)
    {
        if (BestEpoch > 0)
            json.WriteNumber("bestEpoch", BestEpoch);
        if (Metrics.Count > 0)
        {
            json.WriteStartObject("metrics");
            foreach ((string name, double value) in Metrics)
                json.WriteFinite(name, value);
            json.WriteEndObject();
        }
        if (Error is null)
            return;
        json.WriteString("error", Error);
        json.WriteNumber("errorStep", run.Step + 1);
    }

    static void WriteVersions(Utf8JsonWriter json)
    {
        json.WriteStartObject("versions");
        json.WriteString("hondo", typeof(RunRecord).Assembly.GetName().Version!.ToString(3));
        json.WriteString("dotnet", RuntimeInformation.FrameworkDescription);
        json.WriteString("system", RuntimeInformation.OSDescription);
        json.WriteString("architecture", RuntimeInformation.ProcessArchitecture.ToString());
        json.WriteEndObject();
    }
}
