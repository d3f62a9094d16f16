namespace Hondo.Insights;

/// <summary>What a regression says to the samples of one part.</summary>
sealed class Residuals
{
    // Points beyond that are a blot, and a page of megabytes.
    const int MostSamples = 10_000, MostPoints = 1000, MostWorst = 20, MostOutputs = 4;

    readonly List<Residual> _all = [];

    Residuals(Dataset data, Targets targets) => (Data, Targets) = (data, targets);

    /// <summary>The test part, else the dev part, else the training part: its first 10,000 samples.</summary>
    public Dataset Data { get; }

    public Targets Targets { get; }

    /// <summary>Those furthest from the truth, worst first.</summary>
    public IReadOnlyList<Residual> Worst =>
        [.. _all.OrderByDescending(one => Math.Abs(one.Error)).ThenBy(one => one.Row).Take(MostWorst)];

    /// <summary>Asks the model, in inference mode; null for data without numbers to predict, or with many.</summary>
    public static Residuals? Of(TrainingRun run)
    {
        Dataset part = run.Data.Test ?? run.Data.Dev ?? run.Data.Train;
        if (part.Targets is not { Names.Count: > 0 and <= MostOutputs } targets)
            return null;
        var residuals = new Residuals(part.Count > MostSamples ? part.Take(MostSamples) : part, targets);
        var batches = new Batches(residuals.Data, new()
        {
            Size = 256,
            Order = BatchOrder.AsStored,
            Normalization = run.Trainer.Normalization,
        });
        Tape tape = run.Trainer.TakeTape();
        foreach (Batch batch in batches.Epoch(0))
        {
            using var step = tape.Open(new(Mode.Inference, 1, 0));
            residuals.Add(run.Trainer.Loss.Predict(run.Model.Forward(batch.Inputs)).ToArray<double>(), batch);
        }
        run.Trainer.GiveBack(tape);
        return residuals;
    }

    void Add(double[] predicted, Batch batch)
    {
        int width = Targets.Names.Count;
        for (int i = 0; i < predicted.Length && predicted.Length == batch.Count * width; i++)
            _all.Add(new(batch.Rows[i / width], i % width, Targets.Values[batch.Rows[i / width] * width + i % width],
                predicted[i]));
    }

    /// <summary>One chart for each number to predict.</summary>
    public IEnumerable<Chart> Charts() =>
        from output in Enumerable.Range(0, Targets.Names.Count)
        let mine = _all.Where(one => one.Output == output).ToArray()
        let every = (mine.Length + MostPoints - 1) / MostPoints
        select new ScatterChart($"{Targets.Names[output]}, {Data.Name}", [.. mine
            .Where((_, i) => i % every == 0).Select(one => (one.Truth, one.Predicted, $"row {one.Row}"))])
        {
            Across = "true",
            Up = "predicted",
            Height = 420,
        };
}

/// <summary>A number that a regression predicted, beside the true one.</summary>
/// <param name="Row">The row of the whole data set, from 0.</param>
/// <param name="Output">Which of the targets.</param>
/// <param name="Truth">The true number.</param>
/// <param name="Predicted">What the model says.</param>
sealed record Residual(int Row, int Output, double Truth, double Predicted)
{
    public double Error => Predicted - Truth;
}
