using System.Diagnostics;
using System.Globalization;
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
/// <param name="Processor">Seconds of all processors, whole.</param>
sealed record TerminalShow(double First, double Program, double DrawsPerSecond, double[] Epochs, double Processor)
{
    const string Draw = "\r\x1b[K";

    /// <summary>Trains in turn with the bar and without it, and prints what it costs.</summary>
    public static int Compare(string program, int rounds, int epochs)
    {
        List<TerminalShow> shown = [], bare = [];
        Of(program, "xterm", 1);
        for (int round = 0; round < rounds; round++)
            // A B, then B A: what drifts meets both alike.
            foreach (bool isShown in (bool[])[round % 2 == 0, round % 2 != 0])
                (isShown ? shown : bare).Add(Of(program, isShown ? "xterm" : "dumb", epochs));
        double with = Verdict.Median(shown.SelectMany(one => one.Epochs));
        double without = Verdict.Median(bare.SelectMany(one => one.Epochs));
        Console.WriteLine($"first sign of life {Middle(one => one.First):F3} s, the program's own line "
            + $"{Middle(one => one.Program):F3} s after the start; "
            + $"{Middle(one => one.DrawsPerSecond):F2} updates a second");
        Console.WriteLine($"an epoch with the bar {with:F4} s, without {without:F4} s: "
            + $"{100 * (with / without - 1):F2} % (medians of {shown.Sum(one => one.Epochs.Length)} epochs each)");
        double ratio = Middle(one => one.Processor) / Verdict.Median(bare.Select(one => one.Processor));
        Console.WriteLine($"processor time of the whole command with the bar {100 * (ratio - 1):F2} %");
        return 0;

        double Middle(Func<TerminalShow, double> figure) => Verdict.Median(shown.Select(figure));
    }

    static TerminalShow Of(string program, string terminal, int epochs)
    {
        string run = Path.Combine(Directory.CreateTempSubdirectory("hondo-terminal-").FullName, "run");
        string line = $"stty cols 100 rows 30; '{program}' train mnist --model mlp --epochs {epochs} --run {run}; "
            + "times";
        var start = new ProcessStartInfo("script", ["-qefc", $"bash -c \"{line}\"", "/dev/null"])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        start.Environment["TERM"] = terminal;
        long began = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        List<(double Second, string Text)> pieces = [.. Pieces(process.StandardOutput.BaseStream, began)];
        process.WaitForExit();
        string all = string.Concat(pieces.Select(piece => piece.Text));
        double[] draws = [.. pieces.SelectMany(piece => Enumerable.Repeat(piece.Second,
            piece.Text.Split(Draw).Length - 1))];
        double[] seconds = [.. File.ReadLines(Path.Combine(run, "metrics.jsonl")).Select(row =>
            JsonDocument.Parse(row).RootElement).Where(row => row.TryGetProperty("seconds", out _))
            .Select(row => row.GetProperty("seconds").GetDouble())];
        Directory.Delete(Path.GetDirectoryName(run)!, recursive: true);
        return new(pieces[0].Second, draws.FirstOrDefault(double.NaN), draws.Length < 2 ? 0
            : (draws.Length - 1) / (draws[^1] - draws[0]), seconds[1..], ProcessorSeconds(all));
    }

    static IEnumerable<(double, string)> Pieces(Stream output, long began)
    {
        var buffer = new byte[64 * 1024];
        for (int length; (length = output.Read(buffer)) > 0;)
            yield return (Stopwatch.GetElapsedTime(began).TotalSeconds, Encoding.UTF8.GetString(buffer, 0, length));
    }

    // The shell's last line: what its children took, as 0m1.234s 0m0.056s.
    static double ProcessorSeconds(string text) => text.Trim().Split('\n')[^1].Trim().Split(' ').Sum(time =>
        time.Split('m') is [var minutes, var seconds]
            ? 60 * double.Parse(minutes, CultureInfo.InvariantCulture)
                + double.Parse(seconds.TrimEnd('s'), CultureInfo.InvariantCulture)
            : throw new FormatException($"'{time}' is no time of a shell."));
}
