using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;

namespace Hondo.Notebooks;

/// <summary>
/// A Jupyter kernel for C#: this process has the sockets and the heartbeat, another the cells, so whatever a cell does,
/// the answer comes. It ends with the program that started it.
/// </summary>
public sealed partial class JupyterKernel : IDisposable
{
    readonly IReadOnlyList<string> _command;
    readonly JupyterSockets _sockets;
    readonly BlockingCollection<JupyterMessage> _requests = [];
    readonly object _lock = new();
    WorkerProcess _worker;
    volatile JupyterMessage? _current;
    int _count;

    /// <summary>A kernel at the sockets of a connection file.</summary>
    /// <param name="connectionFile">The file that Jupyter writes.</param>
    /// <param name="command">The command that becomes the process of the cells.</param>
    public JupyterKernel(string connectionFile, IReadOnlyList<string> command)
    {
        _command = command;
        _worker = Start();
        _sockets = new(connectionFile);
    }

    /// <summary>Serves until it is told to shut down.</summary>
    public void Run()
    {
        ParentWatch.Begin(() => Environment.Exit(0));
        new Thread(Work) { IsBackground = true, Name = "shell" }.Start();
        _sockets.Publish(null, "status", new() { ["execution_state"] = "starting" });
        _sockets.Serve(_requests.Add, Control, message => _worker.Answer((string?)message.Content["value"]));
    }

    WorkerProcess Start() => new(_command, null, Forward);

    void Control(JupyterMessage request)
    {
        switch (request.Type)
        {
            case "interrupt_request":
                _worker.Interrupt();
                _sockets.ReplyOnControl(request, "interrupt_reply", Ok());
                break;
            case "shutdown_request":
                _sockets.ReplyOnControl(request, "shutdown_reply", Shutdown(request));
                break;
            case "kernel_info_request":
                _sockets.ReplyOnControl(request, "kernel_info_reply", KernelInfo.Reply());
                break;
        }
    }

    JsonObject Shutdown(JupyterMessage request)
    {
        _ = Task.Delay(100).ContinueWith(_ => _sockets.Stop(), TaskScheduler.Default);
        return Ok(new() { ["restart"] = (bool?)request.Content["restart"] ?? false });
    }

    void Work()
    {
        foreach (JupyterMessage request in _requests.GetConsumingEnumerable())
        {
            _current = request;
            _sockets.Publish(request, "status", new() { ["execution_state"] = "busy" });
            (string type, JsonObject content) = Answer(request);
            if (type.Length > 0)
                _sockets.ReplyOnShell(request, type, content);
            _sockets.Publish(request, "status", new() { ["execution_state"] = "idle" });
        }
    }

    (string, JsonObject) Answer(JupyterMessage request)
    {
        string code = (string?)request.Content["code"] ?? "";
        return request.Type switch
        {
            "kernel_info_request" => ("kernel_info_reply", KernelInfo.Reply()),
            "execute_request" => ("execute_reply", Execute(request, code)),
            "complete_request" => ("complete_reply", Complete(code, (int?)request.Content["cursor_pos"] ?? 0)),
            "inspect_request" => ("inspect_reply", Inspect(code, (int?)request.Content["cursor_pos"] ?? 0)),
            "is_complete_request" => ("is_complete_reply", Ask("is_complete", code, 0) as JsonObject
                ?? new() { ["status"] = "unknown" }),
            "history_request" => ("history_reply", Ok(new() { ["history"] = new JsonArray() })),
            "comm_info_request" => ("comm_info_reply", Ok(new() { ["comms"] = new JsonObject() })),
            "shutdown_request" => ("shutdown_reply", Shutdown(request)),
            _ => ("", []),
        };
    }

    JsonObject Execute(JupyterMessage request, string code)
    {
        bool isSilent = (bool?)request.Content["silent"] ?? false;
        if (!isSilent && ((bool?)request.Content["store_history"] ?? true))
            _count++;
        if (!isSilent)
            _sockets.Publish(request, "execute_input", new() { ["code"] = code, ["execution_count"] = _count });
        lock (_lock)
            if (_worker.HasEnded)
            {
                _worker.Dispose();
                _worker = Start();
            }
        JsonObject reply = _worker.Ask(new()
        {
            ["do"] = "run",
            ["code"] = code,
            ["file"] = NotebookRun.FileOf(_count),
            ["count"] = _count,
        }).GetAwaiter().GetResult();
        if (reply["error"] is not JsonObject failure)
            return Ok(new()
            {
                ["execution_count"] = _count,
                ["user_expressions"] = new JsonObject(),
                ["payload"] = new JsonArray(),
            });
        var error = (JsonObject)failure.DeepClone();
        error.Remove("output_type");
        _sockets.Publish(request, "error", error);
        if ((bool?)request.Content["stop_on_error"] ?? true)
            Abort();
        error = (JsonObject)error.DeepClone();
        (error["status"], error["execution_count"]) = ("error", _count);
        return error;
    }

    // Cells that were sent after the one that failed are not run.
    void Abort()
    {
        List<JupyterMessage> kept = [];
        while (_requests.TryTake(out JupyterMessage? waiting))
            if (waiting.Type == "execute_request")
                _sockets.ReplyOnShell(waiting, "execute_reply", new() { ["status"] = "aborted" });
            else
                kept.Add(waiting);
        foreach (JupyterMessage request in kept)
            _requests.Add(request);
    }

    void Forward(JsonObject message)
    {
        if (_current is not { } request)
            return;
        if ((string?)message["is"] == "ask")
        {
            if ((bool?)request.Content["allow_stdin"] ?? false)
                _sockets.Ask(request, new() { ["prompt"] = "", ["password"] = false });
            else
                _worker.Answer(null);
        }
        else if (message["output"] is JsonObject output && !((bool?)request.Content["silent"] ?? false))
            Publish(request, (JsonObject)output.DeepClone(), (string?)message["id"],
                (string?)message["is"] == "update");
    }

    void Publish(JupyterMessage request, JsonObject output, string? id, bool isUpdate)
    {
        string type = isUpdate ? "update_display_data" : OutputNode.TypeOf(output);
        output.Remove("output_type");
        if (type is "display_data" or "update_display_data")
            output["transient"] = id is null ? new JsonObject() : new JsonObject { ["display_id"] = id };
        _sockets.Publish(request, type, output);
    }

    static JsonObject Ok(JsonObject? content = null)
    {
        content ??= [];
        content["status"] = "ok";
        return content;
    }

    // Jupyter counts characters, .NET halves of them.
    static int Utf16(string code, int runes)
    {
        int at = 0;
        foreach (Rune rune in code.EnumerateRunes())
            if (runes-- > 0)
                at += rune.Utf16SequenceLength;
            else
                break;
        return at;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _worker.Dispose();
        _sockets.Dispose();
        _requests.Dispose();
    }
}
