using System.Text.RegularExpressions;

namespace Hondo.Torture;

/// <summary>strace on one thread: counts its calls to the system, or lets one of them fail.</summary>
sealed partial class Strace : IDisposable
{
    readonly Child _strace;

    Strace(Child strace) => _strace = strace;

    /// <summary>Why nothing can be traced here, or null.</summary>
    public static string? Problem()
    {
        try
        {
            using var strace = Child.Of("strace", "-o", "/dev/null", "true");
            strace.ReadToEnd();
            return strace.ExitCode == 0 ? null : $"strace cannot trace here: {strace.Errors.Trim()}";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "there is no strace (Debian: apt install strace)";
        }
    }

    /// <summary>Attaches to a thread.</summary>
    /// <param name="thread">Its number.</param>
    /// <param name="log">The file to which its calls about files are written.</param>
    /// <param name="inject">What to do to which call, <c>fsync:error=EIO:when=2</c>; null for nothing.</param>
    public static Strace Attach(string thread, string log, string? inject = null)
    {
        string injection = inject is null ? "" : $"-e inject={inject}";
        var strace = Child.Of("sh", "-c",
            $"exec strace -p {thread} -o {log} -e trace=%file,%desc {injection} 2>&1");
        return strace.ReadLine() is { } line && line.Contains("attached", StringComparison.Ordinal)
            ? new(strace)
            : throw new InvalidOperationException($"strace cannot attach to thread {thread}.");
    }

    /// <summary>The calls in a log, each with how often it was made before and itself.</summary>
    public static IEnumerable<(string Call, int Nth)> Read(string log)
    {
        Dictionary<string, int> counts = [];
        foreach (string line in File.ReadLines(log))
            if (Call().Match(line) is { Success: true } match && match.Value != "mmap")
                yield return (match.Value, counts[match.Value] = counts.GetValueOrDefault(match.Value) + 1);
    }

    public void Dispose()
    {
        _strace.Send("INT");
        _strace.ReadToEnd();
        _strace.Dispose();
    }

    [GeneratedRegex(@"^\w+(?=\()")]
    private static partial Regex Call();
}
