using System.Diagnostics;

namespace Hondo.Torture;

/// <summary>A process that may be killed.</summary>
sealed class Child : IDisposable
{
    readonly Process _process;
    readonly Task<string> _errors;

    Child(Process process) => (_process, _errors) = (process, process.StandardError.ReadToEndAsync());

    public int Id => _process.Id;

    /// <summary>As shells count it: 128 and the signal.</summary>
    public int ExitCode => _process.ExitCode;

    public string Errors => _errors.Result;

    /// <summary>This program once more.</summary>
    public static Child Start(params string[] words) => Of("dotnet", [typeof(Child).Assembly.Location, .. words]);

    /// <summary>Hondo's command line.</summary>
    public static Child StartHondo(params string[] words) =>
        Of("dotnet", [Path.Combine(AppContext.BaseDirectory, "Hondo.Cli.dll"), .. words]);

    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program.</exception>
    public static Child Of(string program, params string[] words) => new(Process.Start(new ProcessStartInfo(program,
        words)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!);

    /// <summary>The next line of its output; null at the end.</summary>
    public string? ReadLine() => _process.StandardOutput.ReadLine();

    /// <summary>The rest of its output; it has ended then.</summary>
    public string[] ReadToEnd()
    {
        string text = _process.StandardOutput.ReadToEnd();
        _process.WaitForExit();
        // A line that the kill cut off was never said.
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public void Say(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <summary>SIGKILL: it has no chance to tidy up.</summary>
    public void Kill() => _process.Kill();

    public void Send(string signal)
    {
        // It may have ended by itself just now.
        using var kill = Process.Start(new ProcessStartInfo("kill", [$"-{signal}", $"{Id}"])
        {
            RedirectStandardError = true,
        })!;
        kill.WaitForExit();
    }

    public bool WaitForExit(TimeSpan time) => _process.WaitForExit(time);

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
