using System.Globalization;
using System.Text.Json.Nodes;

namespace Hondo.Notebooks;

// How a process of cells ends, and what is said of it.
sealed partial class WorkerProcess
{
    async Task KillLater(Task cell)
    {
        // The compiler does not hear, but it ends.
        do
            await Task.WhenAny(cell, Task.Delay(Patience));
        while (!_hasStarted && !cell.IsCompleted);
        if (!cell.IsCompleted)
            Kill("the cell did not end when it was interrupted");
    }

    /// <summary>Ends the process.</summary>
    public void Kill(string reason)
    {
        _reason = reason;
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended by itself.
        }
    }

    // A program that a cell started holds the pipe open: the end of the process says enough.
    async Task EndLater()
    {
        int heard;
        do
        {
            heard = _heard;
            await Task.Delay(Grace);
        }
        while (heard != _heard);
        if (!HasEnded)
            End();
    }

    void End()
    {
        HasEnded = true;
        _ready.TrySetResult();
        _waiting?.TrySetResult(Ended());
    }

    JsonObject Ended()
    {
        string why = _reason.Length > 0 ? _reason : ExitText(), said;
        lock (_said)
            said = _said.ToString().Trim();
        string message = $"The process of the cells ended: {why}. Everything that the cells had made is gone; the next "
            + "cell starts a new process.";
        List<string> lines = [message, .. said.Split('\n').Where(line => line.Length > 0).Take(8)];
        var reply = new JsonObject
        {
            ["is"] = "done",
            ["ended"] = true,
            ["error"] = OutputNode.Error(_wasInterrupted
                ? new(CellError.WasInterrupted, message, lines)
                : new(CellError.ProcessEnded, message, lines)),
        };
        return reply;
    }

    string ExitText()
    {
        try
        {
            if (!_process.HasExited)
                return "it closed its pipe";
            int code = _process.ExitCode;
            return code switch
            {
                137 => "it was killed (SIGKILL; often for want of memory)",
                134 => "it crashed (SIGABRT: a stack overflow, or an error on another thread)",
                139 => "it crashed (SIGSEGV: memory that was not its own)",
                _ => string.Create(CultureInfo.InvariantCulture, $"exit code {code}"),
            };
        }
        catch (InvalidOperationException)
        {
            return "it is gone";
        }
    }
}
