using System.Globalization;
using System.Text.Json.Nodes;

namespace Hondo.Notebooks;

// How a process of cells ended, in words.
sealed partial class WorkerProcess
{
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
