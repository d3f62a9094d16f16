using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Hondo.Watching;

/// <summary>
/// One training by the command line at a pseudo terminal (script of util-linux): when it gives the first sign of life,
/// how often its line changes, and what its epochs take. A terminal that says of itself that it is dumb gets the same
/// lines without the bar.
/// </summary>
/// <param name="First">Seconds until the first byte.</param>
/// <param name="Program">Seconds until the program itself, not the script that starts it, draws.</param>
/// <param name="DrawsPerSecond">How often the bar was drawn, from its first to its last time.</param>
/// <param name="Epochs">Seconds of each epoch, the first left out.</param>
/// <param name="Bar">Of each second of the epochs, what the bar's threads ran, and what part that is of what all
/// threads of the process ran.</param>
sealed record TerminalShow(double First, double Program, double DrawsPerSecond, double[] Epochs,
    (double Seconds, double Share)[] Bar)
{
    const string Draw = "\r\x1b[K";
    const int BetweenLooks = 1000;

    /// <summary>Trains in turn with the bar and without it, and prints what it costs.</summary>
    public static int Compare(string program, int rounds, int epochs)
    {
        List<TerminalShow> shown = [], bare = [];
        Of(program, "xterm", 1);
        for (int round = 0; round < rounds; round++)
            // A B, then B A: what drifts meets both alike.
            foreach (bool isShown in (bool[])[round % 2 == 0, round % 2 != 0])
                (isShown ? shown : bare).Add(Of(program, isShown ? "xterm" : "dumb", epochs));
        Console.WriteLine($"first sign of life {Middle(one => one.First):F3} s, the program's own line "
            + $"{Middle(one => one.Program):F3} s after the start; "
            + $"{Middle(one => one.DrawsPerSecond):F2} updates a second");
        Tell("with the bar", shown);
        Tell("without", bare);
        double with = Verdict.Median(shown.SelectMany(one => one.Epochs));
        double without = Verdict.Median(bare.SelectMany(one => one.Epochs));
        Console.WriteLine($"an epoch with the bar {with:F4} s, without {without:F4} s: "
            + $"{100 * (with / without - 1):F2} % (medians of {shown.Sum(one => one.Epochs.Length)} epochs each: on a "
            + "busy machine chance)");
        return 0;

        double Middle(Func<TerminalShow, double> figure) => Verdict.Median(shown.Select(figure));
    }

    static void Tell(string what, List<TerminalShow> shows)
    {
        (double Seconds, double Share)[] all = [.. shows.SelectMany(one => one.Bar).OrderBy(one => one.Share)];
        Console.WriteLine(all.Length == 0 ? $"{what}: no epoch lasted a second"
            : $"{what}: its threads ran {1000 * Verdict.Median(all.Select(one => one.Seconds)):F2} ms a second, "
            + $"{100 * Verdict.Median(all.Select(one => one.Share)):F2} % of an epoch's processor time (median of "
            + $"{all.Length} seconds; {100 * all[all.Length / 20].Share:F2} to "
            + $"{100 * all[^(1 + all.Length / 20)].Share:F2} but for a tenth)");
    }

    static TerminalShow Of(string program, string terminal, int epochs)
    {
        string run = Path.Combine(Directory.CreateTempSubdirectory("hondo-terminal-").FullName, "run");
        string line = $"stty cols 100 rows 30; '{program}' train mnist --model mlp --epochs {epochs} --run {run}";
        var start = new ProcessStartInfo("script", ["-qefc", $"bash -c \"{line}\"", "/dev/null"])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        start.Environment["TERM"] = terminal;
        long began = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        Task<List<ThreadTimes>> looks = Task.Run(() => Looks(process, began));
        List<(double Second, string Text)> pieces = [.. Pieces(process.StandardOutput.BaseStream, began)];
        process.WaitForExit();
        double[] draws = [.. pieces.SelectMany(piece => Enumerable.Repeat(piece.Second,
            piece.Text.Split(Draw).Length - 1))];
        // Each line of the first epoch is said when it has ended; with the last the measuring of the best begins.
        double[] ends = [.. pieces.Where(piece => piece.Text.Contains(" dev loss ", StringComparison.Ordinal))
            .Select(piece => piece.Second)];
        double[] seconds = [.. File.ReadLines(Path.Combine(run, "metrics.jsonl")).Select(row =>
            JsonDocument.Parse(row).RootElement).Where(row => row.TryGetProperty("seconds", out _))
            .Select(row => row.GetProperty("seconds").GetDouble())];
        Directory.Delete(Path.GetDirectoryName(run)!, recursive: true);
        ThreadTimes[] inside = [.. looks.Result.Where(look => ends.Length > 1 && look.Second > ends[0]
            && look.Second < ends[^1])];
        return new(pieces[0].Second, draws.FirstOrDefault(double.NaN), draws.Length < 2 ? 0
            : (draws.Length - 1) / (draws[^1] - draws[0]), seconds[1..],
            [.. inside.Zip(inside.Skip(1)).Select(pair => Cost(pair.First, pair.Second))]);
    }

    static (double, double) Cost(ThreadTimes before, ThreadTimes now)
    {
        (double bar, double all) = now.Since(before);
        return (bar / (now.Second - before.Second), bar / all);
    }

    static List<ThreadTimes> Looks(Process process, long began)
    {
        List<ThreadTimes> looks = [];
        for (; !process.HasExited; Thread.Sleep(BetweenLooks))
            try
            {
                if (ThreadTimes.Find(process.Id, "Hondo.Cli.dll") is { } hondo)
                    looks.Add(ThreadTimes.Of(hondo, Stopwatch.GetElapsedTime(began).TotalSeconds));
            }
            catch (IOException)
            {
                // It has ended.
            }
        return looks;
    }

    static IEnumerable<(double, string)> Pieces(Stream output, long began)
    {
        var buffer = new byte[64 * 1024];
        for (int length; (length = output.Read(buffer)) > 0;)
            yield return (Stopwatch.GetElapsedTime(began).TotalSeconds, Encoding.UTF8.GetString(buffer, 0, length));
    }
}
