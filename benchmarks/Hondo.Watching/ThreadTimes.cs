using System.Globalization;

namespace Hondo.Watching;

/// <summary>What the scheduler says that each thread of a process has run (Linux, /proc): a busy machine makes threads
/// wait, but adds nothing to this.</summary>
/// <param name="Second">When it was asked.</param>
/// <param name="Threads">Name and seconds of each thread.</param>
sealed record ThreadTimes(double Second, IReadOnlyDictionary<string, (string Name, double Seconds)> Threads)
{
    // The clock that draws the bar, and who draws. A training has threads of its own: these have nothing else to do.
    static readonly string[] OfTheBar = [".NET Timer", ".NET TP Worker", ".NET TP Gate"];

    /// <summary>Asks.</summary>
    /// <exception cref="IOException">The process has ended.</exception>
    public static ThreadTimes Of(int process, double second)
    {
        Dictionary<string, (string, double)> threads = [];
        foreach (string path in Directory.GetDirectories($"/proc/{process}/task"))
            if (TryRead(Path.Combine(path, "comm")) is { } name
                && TryRead(Path.Combine(path, "schedstat")) is { } times)
                threads[path] = (name.Trim(), 1e-9 * long.Parse(times.Split(' ')[0], CultureInfo.InvariantCulture));
        return new(second, threads);
    }

    /// <summary>The processor time since another time, of the bar's threads and of all.</summary>
    public (double Bar, double All) Since(ThreadTimes before) =>
        (Threads.Where(one => OfTheBar.Contains(one.Value.Name)).Sum(one => Ran(one.Key, before)),
            Threads.Keys.Sum(thread => Ran(thread, before)));

    /// <summary>The process behind another one whose command line has a word; null when there is none.</summary>
    public static int? Find(int ancestor, string word)
    {
        foreach (string path in Directory.Exists($"/proc/{ancestor}/task")
            ? Directory.GetDirectories($"/proc/{ancestor}/task") : [])
            foreach (string child in (TryRead(Path.Combine(path, "children")) ?? "").Split(' ',
                StringSplitOptions.RemoveEmptyEntries))
            {
                int process = int.Parse(child, CultureInfo.InvariantCulture);
                if (Find(process, word) is { } found)
                    return found;
                if (TryRead($"/proc/{child}/comm")?.Trim() != "script" && TryRead($"/proc/{child}/cmdline")
                    is { } line && line.Split('\0').Any(one => one.EndsWith(word, StringComparison.Ordinal)))
                    return process;
            }
        return null;
    }

    double Ran(string thread, ThreadTimes before) => Threads[thread].Seconds
        - (before.Threads.TryGetValue(thread, out (string Name, double Seconds) then) ? then.Seconds : 0);

    // It may end at any moment.
    static string? TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
