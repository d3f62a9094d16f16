using System.Diagnostics;
using System.Text.Json;
using Hondo.Tuning;

namespace Hondo.TuningRace;

/// <summary>The samplers on the functions of BBOB, 100 trials each, beside Optuna's.</summary>
static class Bbob
{
    const int Trials = 100;

    public static void Race(Problem[] problems, string peerFile, int seeds, string[] samplers)
    {
        Array.ForEach(problems, problem => problem.Check());
        Dictionary<string, Dictionary<int, double>> medians = [];
        int peerSeeds = ReadPeers(peerFile, seeds, medians);
        string[] peers = [.. medians.Keys];
        foreach (string name in samplers)
        {
            var clock = Stopwatch.StartNew();
            Dictionary<int, double> own = medians[name] = [];
            Parallel.ForEach(problems, new() { MaxDegreeOfParallelism = 2 }, problem =>
            {
                double median = Median([.. Enumerable.Range(1, seeds).Select(seed =>
                    Best(problem, SamplerCatalog.Parse(name), (ulong)seed))]);
                lock (own)
                    own[problem.Number] = median;
            });
            double trials = (double)problems.Length * seeds * Trials;
            Console.WriteLine($"{name}: {clock.Elapsed.TotalMilliseconds / trials:F2} ms a trial");
        }
        Console.WriteLine($"median of the best of {Trials} trials, {seeds} seeds (Optuna: at least {peerSeeds})");
        Console.WriteLine("function" + string.Concat(medians.Keys.Select(name => $"{name,24}")));
        foreach (Problem problem in problems)
            Console.WriteLine($"f{problem.Number,-7}" + string.Concat(medians.Keys.Select(name =>
                $"{medians[name].GetValueOrDefault(problem.Number, double.NaN),24:G4}")));
        foreach (string name in samplers)
            Console.WriteLine($"{name}: at most " + string.Join(", ", peers.Select(peer =>
                $"{peer} on {Wins(problems, medians[name], medians[peer])}")) + ", the best of them on "
                + $"{problems.Count(p => peers.All(peer => IsAtMost(p, medians[name], medians[peer])))} of 24");
    }

    static int Wins(Problem[] problems, Dictionary<int, double> own, Dictionary<int, double> peer) =>
        problems.Count(problem => IsAtMost(problem, own, peer));

    static bool IsAtMost(Problem problem, Dictionary<int, double> own, Dictionary<int, double> peer) =>
        own[problem.Number] <= peer.GetValueOrDefault(problem.Number, double.MaxValue);

    static int ReadPeers(string file, int seeds, Dictionary<string, Dictionary<int, double>> medians)
    {
        var groups = File.ReadLines(file).Select(line => JsonDocument.Parse(line).RootElement)
            .Where(row => row.GetProperty("seed").GetInt32() <= seeds)
            .GroupBy(row => (Sampler: $"optuna {row.GetProperty("sampler")}",
                Function: row.GetProperty("function").GetInt32())).ToArray();
        foreach (var group in groups)
        {
            if (!medians.TryGetValue(group.Key.Sampler, out Dictionary<int, double>? of))
                medians.Add(group.Key.Sampler, of = []);
            of[group.Key.Function] = Median([.. group.Select(row => row.GetProperty("best").GetDouble())]);
        }
        return groups.Min(group => group.Count());
    }

    static double Median(double[] values)
    {
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }

    static double Best(Problem problem, ISampler sampler, ulong seed)
    {
        List<TrialRecord> seen = [];
        var range = new FloatRange(-5, 5);
        var x = new double[5];
        for (int number = 0; number < Trials; number++)
        {
            IProposal proposal = sampler.Begin(new(seed, number, seen, [Direction.Minimize]) { Trials = Trials });
            for (int i = 0; i < x.Length; i++)
                x[i] = proposal.Next($"x{i}", range);
            seen.Add(new()
            {
                Number = number,
                State = TrialState.Complete,
                Values = [problem.Value(x)],
                Parameters = [.. x.Select((value, i) => new SuggestedValue($"x{i}", range, value))],
            });
        }
        return seen.Min(trial => trial.Values[0]);
    }
}
