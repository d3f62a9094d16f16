using System.ComponentModel;
using System.Diagnostics;
using System.IO.MemoryMappedFiles;

namespace Hondo.Fuzz;

/// <summary>
/// Runs tries in a child process and starts another one behind each try that crashed or hung: such a try is a fault
/// like any other, and the rest still run.
/// </summary>
sealed class Worker(ITrial trial, int seed, TimeSpan limit)
{
    const string Done = "done";

    // What is read lies in memory where the system has a place for it: a disk would take nearly all of the time.
    readonly string _place = Directory.CreateDirectory(Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm"
        : Path.GetTempPath(), $"hondo-fuzz-{Guid.NewGuid():N}")).FullName;

    /// <summary>How many tries were wrong; each is printed, with its number.</summary>
    public int Faults { get; private set; }

    /// <summary>Tries that killed the process.</summary>
    public int Crashes { get; private set; }

    /// <summary>Tries that took longer than the limit.</summary>
    public int Hangs { get; private set; }

    /// <summary>Tries that ended with an error that was promised.</summary>
    public long Refused { get; private set; }

    /// <summary>Tries from one number to before another.</summary>
    public void Run(long from, long to)
    {
        string progress = Path.Combine(_place, "progress");
        try
        {
            while (from < to)
                from = RunChild(from, to, progress);
        }
        finally
        {
            Directory.Delete(_place, recursive: true);
        }
    }

    long RunChild(long from, long to, string progress)
    {
        File.WriteAllBytes(progress, [.. BitConverter.GetBytes(from), .. BitConverter.GetBytes(0L)]);
        using var file = MemoryMappedFile.CreateFromFile(progress, FileMode.Open);
        using MemoryMappedViewAccessor place = file.CreateViewAccessor();
        using Process child = Start(["child", trial.Name, $"{seed}", $"{from}", $"{to}", progress]);
        Task<string> output = child.StandardOutput.ReadToEndAsync(), errors = child.StandardError.ReadToEndAsync();
        bool hung = !WaitFor(child, place);
        child.WaitForExit();
        bool isDone = false;
        foreach (string line in output.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            if (line == Done)
                isDone = true;
            else
                Report(line);
        Refused += place.ReadInt64(sizeof(long));
        if (isDone)
            return to;
        long at = place.ReadInt64(0);
        Hangs += hung ? 1 : 0;
        Crashes += hung ? 0 : 1;
        string what = hung ? $"longer than {limit.TotalSeconds} s" : $"exit {child.ExitCode}: {Brief(errors.Result)}";
        Report($"{at}\t{what}\t{Described(at)}");
        return at + 1;
    }

    void Report(string fault)
    {
        Faults++;
        Console.WriteLine(fault);
    }

    // The processor's time counts: a busy machine must not make a slow try of a quick one.
    bool WaitFor(Process child, MemoryMappedViewAccessor place)
    {
        (long last, TimeSpan since) = (-1, TimeSpan.Zero);
        while (!child.WaitForExit(200))
        {
            long now = place.ReadInt64(0);
            TimeSpan used = Used(child);
            if (now != last)
                (last, since) = (now, used);
            if (used - since <= limit)
                continue;
            child.Kill(entireProcessTree: true);
            return false;
        }
        return true;
    }

    // It may end between any two questions.
    static TimeSpan Used(Process child)
    {
        try
        {
            return child.TotalProcessorTime;
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException)
        {
            return TimeSpan.Zero;
        }
    }

    Process Start(string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Worker).Assembly.Location, .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A request for more memory than this is refused to the child, and nothing else on the machine suffers.
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x80000000";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        start.Environment[ITrial.KeptPlace] = Path.GetTempPath();
        start.Environment["TMPDIR"] = _place;
        return Process.Start(start)!;
    }

    string Described(long at)
    {
        using Process child = Start(["describe", trial.Name, $"{seed}", $"{at}"]);
        string text = child.StandardOutput.ReadToEnd().Trim();
        child.WaitForExit();
        return text;
    }

    static string Brief(string errors) => string.Join(" | ", errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(line => !line.Contains("System.", StringComparison.Ordinal)).Take(4)) is { Length: > 300 } text
        ? text[..300] : string.Join(" | ", errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(3));

    /// <summary>The child's side.</summary>
    public static int RunChild(ITrial trial, int seed, long from, long to, string progress)
    {
        using var file = MemoryMappedFile.CreateFromFile(progress, FileMode.Open);
        using MemoryMappedViewAccessor place = file.CreateViewAccessor();
        long refused = 0;
        for (long i = from; i < to; i++)
        {
            place.Write(0, i);
            if (trial.Try(RandomOf(seed, i), out bool wasRefused) is { } fault)
                Console.WriteLine($"{i}\t{fault}\t{trial.Describe(RandomOf(seed, i))}");
            place.Write(sizeof(long), refused += wasRefused ? 1 : 0);
        }
        Console.WriteLine(Done);
        return 0;
    }

    /// <summary>What a try draws from: by seed and number alone, so that one can be tried again.</summary>
    public static Random RandomOf(int seed, long i) => new(HashOf(seed, i));

    static int HashOf(int seed, long i)
    {
        ulong mixed = ((ulong)i + 1) * 0x9E3779B97F4A7C15 ^ (ulong)seed * 0xD1B54A32D192ED03;
        mixed = (mixed ^ mixed >> 31) * 0xBF58476D1CE4E5B9;
        return (int)(mixed >> 33);
    }
}
