using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hondo.Kernels;

namespace Hondo.Insights;

/// <summary>Who trained, when and with what: the content of run.json.</summary>
/// <param name="Name">The run's name.</param>
/// <param name="Command">The command that repeats it.</param>
public sealed record RunRecord(string Name, string Command)
{
    readonly DateTimeOffset _started = DateTimeOffset.Now;

    /// <summary>The record as JSON.</summary>
    /// <param name="status"><c>running</c>, <c>done</c> or <c>interrupted</c>.</param>
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
            if (status != "running")
                json.WriteString("ended", DateTimeOffset.Now);
            json.WriteNumber("seed", run.Trainer.Seed);
            json.WriteNumber("threads", Workers.Count);
            json.WriteBoolean("exact", Numerics.Exact);
            json.WriteNumber("epochs", run.History.Count);
            if (run.StopReason is { } reason)
                json.WriteString("stopReason", reason);
            if (status != "running")
                json.WriteString("modelHash", ModelHash.Of(run.Model));
            WriteVersions(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
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
