using Hondo.Data;
using Hondo.Layers;
using CrossEntropy = Hondo.Losses.CrossEntropy;
using MeanSquaredError = Hondo.Losses.MeanSquaredError;

namespace Hondo.Insights.Tests;

/// <summary>Faults planted in data and labels.</summary>
static class DataFaults
{
    public static IEnumerable<Fault> All =>
    [
        new("dev and test from different places", "parts-differ", null, null, "feature 0", () =>
            Fit(new(Tasks.Clouds(120), Tasks.Clouds(150, seed: 8), Shifted(Tasks.Clouds(150, seed: 9))))),
        new("some samples of dev in the training part", "parts-share-samples", null, null, "4 of its 90 samples", () =>
            Fit(new(Tasks.Clouds(120), Twins(4)))),
        new("one sample in sixty of a class", "unbalanced-classes", null, null, "Only 5 of the 300 samples", () =>
            Fit(new(Clouds(300, row => row % 60 == 0 ? 2 : row % 2)))),
        new("a class without samples", "empty-class", null, null, "no sample of c", () =>
            Fit(new(Clouds(150, row => row % 2)))),
        new("a column that never varies", "constant-feature", null, null, "weight never varies", () =>
            Fit(new(Patients.Table(150, 3, (random, row, f) => f == 1 ? 70 : random.NextDouble() + row % 3,
                row => row % 3, names: ["size", "weight", "age"])))),
        new("the class as a column", "leaking-feature", null, null, "code alone predicts the target", () =>
            Fit(new(Patients.Table(200, 3, (random, row, f) => f == 2 ? 7 - row % 3
                : random.NextDouble() + 0.2 * (row % 3), row => row % 3, names: ["size", "weight", "code"])))),
        new("a row number in sorted data", "leaking-feature", null, null, "feature 0 alone", () =>
            Fit(new(Patients.Table(240, 4, (random, row, f) => f == 0 ? row / 240.0 : random.NextDouble(),
                row => row / 80)))),
        new("the target in another unit as a column", "leaking-feature", null, null, "feature 1 alone", () =>
            Regress(Copied(200))),
        new("metres beside millimetres", "unscaled-features", null, null, "height deviates by", () =>
            Fit(new(Patients.Table(150, 2, (random, row, f) => (f == 0 ? 1000 : 1) * (random.NextDouble() + row % 3),
                row => row % 3, names: ["height", "width"])), normalize: false)),
        new("years as they are", "unscaled-features", null, null, "feature 1 has mean 20", () =>
            Fit(new(Patients.Table(150, 2, (random, row, f) => (f == 1 ? 2000 : 0) + random.NextDouble() + row % 3,
                row => row % 3)), normalize: false)),
        new("prices as targets", "unscaled-targets", null, null, "The target y has mean", () =>
            Regress(Patients.Numbers(120, 3, x => 250_000 + 50_000 * x[0]))),
        new("shuffled labels, learnt by heart", "labels-unrelated", null, null, "always saying the most", () =>
            Fit(Shuffled(90), hidden: 256, epochs: 60)),
        new("shuffled labels, a small network", "loss-does-not-fall", null, null, "guessing without a look", () =>
            Patients.Examine(Shuffled(900), new Sequential(new Linear(20, 3)), new CrossEntropy(), Patients.Sgd(0.02),
                epochs: 4)),
    ];

    public static IReadOnlyList<Finding> Fit(DataSplits data, int hidden = 16, int epochs = 4, bool normalize = true)
    {
        int features = data.Train.Sample[0];
        return Patients.Examine(data, new Sequential(new Linear(features, hidden), new Relu(),
            new Linear(hidden, data.Train.Classes.Count)), new CrossEntropy(), Patients.Adam(), epochs,
            normalization: normalize ? Normalization.Fit(data.Train) : null);
    }

    static IReadOnlyList<Finding> Regress(Dataset data) =>
        Patients.Examine(new(data), new Sequential(new Linear(3, 1)), new MeanSquaredError(), Patients.Adam());

    static Dataset Clouds(int count, Func<int, int> label) => Patients.Table(count, 5,
        (random, row, f) => random.NextDouble() + (f == label(row) ? 0.8 : 0), label);

    static DataSplits Shuffled(int count)
    {
        var random = new Random(11);
        int[] labels = [.. Enumerable.Range(0, count + 90).Select(_ => random.Next(3))];
        Dataset all = Patients.Relabelled(Tasks.Clouds(count + 90), row => labels[row]);
        return new(all.Part("train", [.. Enumerable.Range(0, count)]),
            all.Part("dev", [.. Enumerable.Range(count, 90)]));
    }

    static Dataset Shifted(Dataset data)
    {
        float[] values = Values(data);
        for (int i = 0; i < values.Length; i += 20)
            values[i] += 0.5f;
        return new("moved", new FloatFeatures(values, [20]), data.Targets);
    }

    static Dataset Twins(int count)
    {
        Dataset dev = Tasks.Clouds(90, seed: 8);
        float[] values = Values(dev);
        for (int i = 0; i < count; i++)
            Tasks.Clouds(120).CopySample(i, values.AsSpan(i * 20, 20));
        return new("dev", new FloatFeatures(values, [20]), dev.Targets);
    }

    static Dataset Copied(int count)
    {
        Dataset honest = Patients.Numbers(count, 3, x => x[0] * 0.5 + 0.4 * Math.Sin(40 * x[1]) + x[2]);
        float[] values = Values(honest);
        for (int i = 0; i < count; i++)
            values[3 * i + 1] = ((RegressionTargets)honest.Targets).Values[i] * 2.54f;
        return new("numbers", new FloatFeatures(values, [3]), honest.Targets);
    }

    static float[] Values(Dataset data)
    {
        var values = new float[data.Count * data.Sample.Size];
        for (int i = 0; i < data.Count; i++)
            data.CopySample(i, values.AsSpan(i * data.Sample.Size, data.Sample.Size));
        return values;
    }
}
