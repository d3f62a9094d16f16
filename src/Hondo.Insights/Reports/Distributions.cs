namespace Hondo.Insights;

/// <summary>How weights and gradients are distributed, at some epochs of a training.</summary>
sealed class Distributions
{
    // Enough to see a course; more would only make the page long.
    const int MostEpochs = 8, MostParameters = 16, Bins = 48;

    // A gradient that is far from all others would leave the rest no room.
    const double Shown = 0.998;

    readonly List<(string Name, Histogram Weights, Histogram Gradients)> _seen = [];

    /// <summary>Looks at the weights after an epoch, and at the gradients of its last step.</summary>
    public void Add(TrainingRun run)
    {
        int stride = (run.Epochs + MostEpochs - 1) / MostEpochs;
        if ((run.Epoch - 1) % stride != 0 && run.Epoch != run.Epochs)
            return;
        foreach (Parameter parameter in Chosen(run))
            _seen.Add(($"{NameOf(parameter, run)}\n{run.Epoch}", HistogramOf(parameter.Leaf.Value),
                HistogramOf(parameter.Leaf.Gradient)));
    }

    static Histogram HistogramOf(Block block) =>
        Histogram.Of(Reservoir.Of(block), 16 * Bins).Core(Shown, Bins);

    static string NameOf(Parameter parameter, TrainingRun run)
    {
        string path = parameter.Name[..Math.Max(0, parameter.Name.LastIndexOf('.'))];
        string layer = $"{run.Model.Find(path)}";
        return layer.Length == 0 ? parameter.Name : $"{parameter.Name}, {layer.Split('(')[0]}";
    }

    /// <summary>Two charts for each parameter: its weights and its gradients over the epochs.</summary>
    public IEnumerable<Chart> Charts() =>
        from one in _seen
        group one by one.Name.Split('\n')[0] into parameter
        from kind in (string[])["weights", "gradients"]
        select new RidgeChart($"{parameter.Key}: {kind}", [.. parameter.Select(one => (
            $"epoch {one.Name.Split('\n')[1]}", kind == "weights" ? one.Weights : one.Gradients))])
        {
            Across = kind == "weights" ? "weight" : "gradient of the loss, last step of the epoch",
            Height = 260,
        };

    // Weights, not biases; of a deep network some from all over its depth.
    static IEnumerable<Parameter> Chosen(TrainingRun run)
    {
        Parameter[] weights = [.. run.Optimizer.Slab.Parameters.Where(parameter =>
            parameter.Shape.Rank > 1 && parameter.DType == DType.Float32)];
        int count = Math.Min(weights.Length, MostParameters);
        return Enumerable.Range(0, count).Select(i => weights[i * weights.Length / count]);
    }
}

/// <summary>Some of many numbers, enough to draw how they are distributed.</summary>
static class Reservoir
{
    // All numbers of large weights would take two hundredths of an epoch; some thousand draw the same hill.
    const int Most = 20_000;

    /// <summary>One number of each stretch, at most 20,000; all of fewer.</summary>
    public static ReadOnlySpan<float> Of(Block block)
    {
        ReadOnlySpan<float> numbers = block.As<float>();
        if (numbers.Length <= Most)
            return numbers;
        var sampling = new Sampling(numbers.Length, Most);
        var some = new float[sampling.Count];
        for (int i = 0; i < some.Length; i++)
            some[i] = numbers[sampling[i]];
        return some;
    }
}
