using System.Diagnostics;
using Hondo.Tuning;

namespace Hondo.TuningRace;

/// <summary>
/// What a proposal costs with a thousand trials behind it, and a trial in a file that eight processes share.
/// </summary>
static class Speed
{
    const int Behind = 1000, Warm = 500, Measured = 200, Workers = 8, Trials = 10_000;

    public static void Measure()
    {
        MeasureProposals("all complete", _ => false);
        MeasureProposals("three of four pruned", number => number % 4 > 0);
        MeasureFile();
    }

    static void MeasureProposals(string kind, Func<int, bool> isPruned)
    {
        var range = new FloatRange(-5, 5);
        List<TrialRecord> seen = [.. Enumerable.Range(0, Behind).Select(number => new TrialRecord
        {
            Number = number,
            State = isPruned(number) ? TrialState.Pruned : TrialState.Complete,
            // As ASHA gives up: most at the first step, some later.
            Points = [.. Enumerable.Range(1, !isPruned(number) ? 27 : number % 4 == 1 ? 3 : 1)
                .Select(step => new TrialPoint(step, number * 7919 % 1000 + 100.0 / step))],
            Values = isPruned(number) ? [] : [number * 7919 % 1000],
            Parameters = [.. Enumerable.Range(0, 5).Select(i =>
                new SuggestedValue($"x{i}", range, number * (i + 3) % 97 / 10.0 - 4.85))],
        })];
        List<double> times = [];
        // The first ones are slow: their code is still being compiled.
        for (int i = -Warm; i < Measured; i++)
        {
            long start = Stopwatch.GetTimestamp();
            IProposal proposal = new TpeSampler().Begin(new(1, Behind + Warm + i, seen, [Direction.Minimize]));
            for (int d = 0; d < 5; d++)
                proposal.Next($"x{d}", range);
            if (i >= 0)
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        times.Sort();
        Console.WriteLine($"proposal with {Behind} trials behind, {kind}: median {times[Measured / 2]:F2} ms, "
            + $"least {times[0]:F2} ms");
    }

    static void MeasureFile()
    {
        string file = Path.Combine(Path.GetTempPath(), $"hondo-speed-{Environment.ProcessId}.db");
        using (var storage = new SqliteStorage(file))
        {
            storage.Create("speed", new() { Trials = Trials, Lag = Workers, Sampler = "random" });
            var clock = Stopwatch.StartNew();
            Process[] workers = [.. Enumerable.Range(0, Workers).Select(_ =>
                Process.Start(new ProcessStartInfo("dotnet",
                [typeof(Speed).Assembly.Location, "speed-worker", file]) { RedirectStandardOutput = true })!)];
            int retries = 0;
            foreach (Process worker in workers)
                using (worker)
                    retries += int.Parse(worker.StandardOutput.ReadToEnd());
            int finished = storage.Trials("speed").Count(trial => trial.IsFinished);
            Console.WriteLine($"{finished} trials by {Workers} processes in one file, durable: "
                + $"{clock.Elapsed.TotalMilliseconds / Trials:F2} ms a trial, {retries} times locked");
        }
        foreach (string ending in (string[])["", "-wal", "-shm"])
            File.Delete(file + ending);
    }

    public static void Work(string file)
    {
        using var storage = new SqliteStorage(file);
        Study.Open(storage, "speed").RunAsync((trial, _) => Task.FromResult(Enumerable.Range(0, 5)
            .Sum(i => trial.Float($"x{i}", -5, 5)))).GetAwaiter().GetResult();
        Console.WriteLine(storage.Retries);
    }
}
