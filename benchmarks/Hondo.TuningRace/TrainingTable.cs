using Hondo.Data;
using Hondo.Training;
using Hondo.Tuning;

namespace Hondo.TuningRace;

/// <summary>
/// 1,024 real trainings on the digits, and searches replayed on them. A row is one training: four places on a grid, and
/// after each of 27 epochs the right answers of 1,000 dev samples.
/// </summary>
static class TrainingTable
{
    const int Epochs = 27, Train = 500, Dev = 1000, Rows = 1024, MostTrials = 3000;

    static readonly double[] Rates = [.. Enumerable.Range(0, 16)
        .Select(i => Math.Round(1e-4 * Math.Pow(10, i * 3.5 / 15), 8))];

    static readonly int[] Widths = [4, 6, 10, 16, 24, 40, 64, 96], Batches = [10, 25, 50, 100];
    static readonly string[] Optimizers = ["Adam", "Momentum"];

    static readonly ParameterRange[] Ranges =
        [new IntRange(0, 15), new IntRange(0, 7), new IntRange(0, 3), new ChoiceRange(Optimizers)];

    public static void Make(string path)
    {
        Dataset all = Datasets.Digits().Train;
        var parts = new DataSplits(all.Part("train", [.. Enumerable.Range(0, Train)]),
            all.Part("dev", [.. Enumerable.Range(Train, Dev)]));
        int done = File.Exists(path) ? File.ReadAllLines(path).Length : 0;
        using var file = new StreamWriter(path, append: true) { NewLine = "\n" };
        for (int row = done; row < Rows; row++)
        {
            string right = string.Join(' ', Right(row, parts));
            file.WriteLine($"{row % 16},{row / 16 % 8},{row / 128 % 4},{row / 512},{right}");
            file.Flush();
        }
    }

    // Diverged: one right answer in ten, as by chance, at every epoch.
    static IEnumerable<int> Right(int row, DataSplits parts)
    {
        var recipe = new Recipe
        {
            Model = $"mlp(hidden: [{Widths[row / 16 % 8]}], dropout: 0)",
            Optimizer = $"{Optimizers[row / 512]}(learningRate: {Rates[row % 16]})",
            Schedule = "ConstantRate()",
            Loss = "CrossEntropy()",
            Epochs = Epochs,
            Batch = Batches[row / 128 % 4],
        };
        try
        {
            return [.. recipe.Trainer(parts).Fit(parts).Select(epoch => (int)Math.Round(epoch.Dev!["accuracy"] * Dev))];
        }
        catch (NonFiniteException)
        {
            return Enumerable.Repeat(Dev / 10, Epochs);
        }
    }

    public static void Race(string path, int seeds)
    {
        int[][] table = [.. File.ReadLines(path).Select(line =>
            line.Split(',')[4].Split(' ').Select(int.Parse).ToArray())];
        int good = table.Select(row => row[^1]).OrderDescending().ElementAt(table.Length / 100);
        Console.WriteLine($"{table.Length} trainings; the best 1 % have {good} of {Dev} right or more, the best "
            + $"{table.Max(row => row[^1])}");
        foreach (string sampler in (string[])["random", "tpe"])
            foreach (string pruner in (string[])["none", "asha", "hyperband", "median"])
            {
                double[] spent = [.. Enumerable.Range(1, seeds).Select(seed =>
                    Spent(table, good, sampler, pruner, (ulong)seed) / Epochs).Order()];
                Console.WriteLine($"{sampler} {pruner}: {spent[seeds / 2]:F1} full trainings (median of {seeds} seeds; "
                    + $"a quarter {spent[seeds / 4]:F1}, three quarters {spent[3 * seeds / 4]:F1})");
            }
    }

    // Epochs trained until a configuration of the best hundredth was trained to its end.
    static double Spent(int[][] table, int good, string samplerName, string prunerName, ulong seed)
    {
        ISampler sampler = SamplerCatalog.Parse(samplerName);
        IPruner? pruner = PrunerCatalog.Parse(prunerName);
        List<TrialRecord> seen = [];
        int spent = 0;
        for (int number = 0; number < MostTrials; number++)
        {
            SamplerView view = new(seed, number, seen, [Direction.Maximize]);
            IProposal proposal = sampler.Begin(view);
            double[] x = [.. Ranges.Select((range, i) => proposal.Next($"p{i}", range))];
            view = view with
            {
                Own = [.. x.Select((value, i) => new SuggestedValue($"p{i}", Ranges[i], value))],
            };
            int[] row = table[(int)(x[0] + 16 * x[1] + 128 * x[2] + 512 * x[3])];
            List<TrialPoint> points = [];
            bool isPruned = false;
            for (int epoch = 1; epoch <= Epochs && !isPruned; epoch++)
            {
                spent++;
                points.Add(new(epoch, row[epoch - 1]));
                isPruned = epoch < Epochs && pruner?.IsHopeless(view, points) == true;
            }
            if (!isPruned && row[^1] >= good)
                break;
            seen.Add(new()
            {
                Number = number,
                State = isPruned ? TrialState.Pruned : TrialState.Complete,
                Points = points,
                Values = isPruned ? [] : [row[^1]],
                Parameters = view.Own,
            });
        }
        return spent;
    }
}
