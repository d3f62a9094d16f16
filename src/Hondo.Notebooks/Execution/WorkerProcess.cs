using System.Diagnostics;
using System.IO.Pipes;
using System.Text;
using System.Text.Json.Nodes;

namespace Hondo.Notebooks;

/// <summary>
/// The process of the cells, seen from the one that started it. Whatever a cell does to its process, this side lives,
/// and says within a moment what happened.
/// </summary>
sealed partial class WorkerProcess : IDisposable
{
    const int MostSaid = 4000;

    /// <summary>How much a process allocates before it looks for garbage, hexadecimal: 4 MiB. The runtime takes it from
    /// the processor's cache, and with a server's of 300 MiB the compiler's garbage of many cells piles up.</summary>
    public const string NurseryVariable = "DOTNET_GCgen0size", Nursery = "0x400000";

    // An interrupt that a cell does not hear ends its process.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // What a process that has ended wrote before is read meanwhile.
    static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(300);

    readonly AnonymousPipeServerStream _requests = new(PipeDirection.Out, HandleInheritability.Inheritable);
    readonly AnonymousPipeServerStream _replies = new(PipeDirection.In, HandleInheritability.Inheritable);
    readonly Process _process;
    readonly StringBuilder _said = new();
    readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    TaskCompletionSource<JsonObject>? _waiting;
    volatile bool _hasStarted;
    volatile int _heard;
    bool _wasInterrupted;
    string _reason = "";

    /// <summary>Starts one.</summary>
    /// <param name="command">The command that becomes a worker; handles of pipes follow as its last arguments.</param>
    /// <param name="folder">Where its cells find files, or null for here.</param>
    /// <param name="onMessage">Is told of outputs and questions, in order, on another thread.</param>
    public WorkerProcess(IReadOnlyList<string> command, string? folder, Action<JsonObject> onMessage)
    {
        OnMessage = onMessage;
        var start = new ProcessStartInfo(command[0], [.. command.Skip(1), _requests.GetClientHandleAsString(),
            _replies.GetClientHandleAsString()])
        {
            WorkingDirectory = folder ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.TryAdd(NurseryVariable, Nursery);
        _process = Process.Start(start)!;
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => _ = EndLater();
        _requests.DisposeLocalCopyOfClientHandle();
        _replies.DisposeLocalCopyOfClientHandle();
        _process.StandardInput.Close();
        _process.OutputDataReceived += (_, line) => Say(line.Data);
        _process.ErrorDataReceived += (_, line) => Say(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        new Thread(Listen) { IsBackground = true, Name = "worker" }.Start();
    }

    /// <summary>Is told of outputs and questions.</summary>
    public Action<JsonObject> OnMessage { get; set; }

    /// <summary>Done when the worker has warmed up, or ended.</summary>
    public Task Ready => _ready.Task;

    /// <summary>True once it has ended: what its cells had made is lost.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Bytes of memory that it holds now.</summary>
    public long MemoryBytes
    {
        get
        {
            try
            {
                _process.Refresh();
                return HasEnded ? 0 : _process.WorkingSet64;
            }
            catch (InvalidOperationException)
            {
                return 0;
            }
        }
    }

    /// <summary>Asks for something and waits for the answer; an ended process answers with an error.</summary>
    public Task<JsonObject> Ask(JsonObject request)
    {
        var waiting = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        _wasInterrupted = _hasStarted = false;
        _waiting = waiting;
        if (HasEnded || !Send(request))
            waiting.TrySetResult(Ended());
        return waiting.Task;
    }

    /// <summary>Answers a question of a cell.</summary>
    public void Answer(string? text) => Send(new() { ["do"] = "input", ["text"] = text });

    /// <summary>Ends the cell that runs; when it does not hear, its process.</summary>
    public void Interrupt()
    {
        TaskCompletionSource<JsonObject>? cell = _waiting;
        _wasInterrupted = true;
        Send(new() { ["do"] = "interrupt" });
        if (cell is not null)
            _ = KillLater(cell.Task);
    }

    void Say(string? line)
    {
        lock (_said)
            if (line is not null && _said.Length < MostSaid)
                _said.AppendLine(line);
    }

    bool Send(JsonObject message)
    {
        try
        {
            byte[] line = Encoding.UTF8.GetBytes(message.ToJsonString() + "\n");
            lock (_requests)
            {
                _requests.Write(line);
                _requests.Flush();
            }
            return true;
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            return false;
        }
    }

    void Listen()
    {
        using var lines = new StreamReader(_replies);
        try
        {
            for (; lines.ReadLine() is { } line && JsonNode.Parse(line) is JsonObject message; _heard++)
                if ((string?)message["is"] == "ready")
                    _ready.TrySetResult();
                else if ((string?)message["is"] == "started")
                    _hasStarted = true;
                else if ((string?)message["is"] == "done")
                    _waiting?.TrySetResult(message);
                else
                    OnMessage(message);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException
            or System.Text.Json.JsonException)
        {
            // A process that was killed leaves half a message.
        }
        // What it said last comes by another pipe.
        try
        {
            _process.WaitForExit(500);
        }
        catch (InvalidOperationException)
        {
            // Disposed meanwhile.
        }
        End();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill("it was closed");
        _requests.Dispose();
        // The thread that listens closes its pipe: doing it here would wait for it.
        _process.Dispose();
    }
}
