using Hondo.Data;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Optimizers;
using Hondo.Training;

namespace Hondo.Insights.Tests;

/// <summary>Data, models and trainings for the tests of the diagnosis.</summary>
static class Patients
{
    /// <summary>Trains with a diagnosis, and gives what it found; also when the training broke down.</summary>
    public static IReadOnlyList<Finding> Examine(DataSplits data, Layer model, Loss loss,
        Func<Layer, Optimizer> optimizer, int epochs = 4, int batch = 16,
        Normalization? normalization = null, ISampleTransform? transform = null,
        ulong seed = 1)
    {
        var notes = new Notes();
        model.Initialize(seed);
        var trainer = new Trainer(model, loss, optimizer(model))
        {
            Epochs = epochs,
            BatchSize = batch,
            Normalization = normalization,
            Transform = transform,
            Seed = seed,
            Callbacks = [new Diagnosis(), notes],
        };
        try
        {
            trainer.Fit(data);
        }
        catch (NonFiniteException error)
        {
            Assert.NotNull(error.Finding);
        }
        return notes.Findings;
    }

    public static Func<Layer, Optimizer> Adam(double rate = 0.01) => model => new Adam(model.Parameters, rate);

    public static Func<Layer, Optimizer> Sgd(double rate = 0.1) => model => new Sgd(model.Parameters, rate);

    /// <summary>Points in a plane: inside a circle or around it.</summary>
    public static Dataset Circle(int count, int seed = 3)
    {
        var random = new Random(seed);
        var values = new float[count * 2];
        var labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            float x = values[2 * i] = (float)(random.NextDouble() * 2 - 1);
            float y = values[2 * i + 1] = (float)(random.NextDouble() * 2 - 1);
            labels[i] = x * x + y * y < 0.64 ? 1 : 0;
        }
        return new("circle", new FloatFeatures(values, [2]), new ClassTargets(labels, ["out", "in"]));
    }

    /// <summary>A table of classes: a formula gives each number and each label.</summary>
    public static Dataset Table(int count, int features, Func<Random, int, int, double> number, Func<int, int> label,
        int classes = 3, string[]? names = null)
    {
        var random = new Random(5);
        var values = new float[count * features];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)number(random, i / features, i % features);
        return new("table", new FloatFeatures(values, [features], names), new ClassTargets(
            [.. Enumerable.Range(0, count).Select(label)], [.. "abcdefgh"[..classes].Select(c => c.ToString())]));
    }

    /// <summary>A regression: numbers around 0 and a target by a formula.</summary>
    public static Dataset Numbers(int count, int features, Func<float[], double> target)
    {
        var random = new Random(9);
        var values = new float[count * features];
        var targets = new float[count];
        for (int row = 0; row < count; row++)
        {
            for (int f = 0; f < features; f++)
                values[row * features + f] = (float)(random.NextDouble() * 2 - 1);
            targets[row] = (float)target(values[(row * features)..((row + 1) * features)]);
        }
        return new("numbers", new FloatFeatures(values, [features]), new RegressionTargets(targets, ["y"]));
    }

    /// <summary>A data set of the same samples with other labels.</summary>
    public static Dataset Relabelled(Dataset data, Func<int, int> label)
    {
        int[] labels = [.. Enumerable.Range(0, data.Features.Count).Select(label)];
        return new(data.Name, data.Features, new ClassTargets(labels, data.Classes));
    }

    /// <summary>Layers one like the other.</summary>
    public static Layer Deep(int layers, int inputs, int width, int outputs, Func<int, int, Layer> linear,
        Func<Layer> activation)
    {
        List<Layer> all = [linear(inputs, width), activation()];
        for (int i = 2; i < layers; i++)
            all.AddRange([linear(width, width), activation()]);
        return new Sequential([.. all, linear(width, outputs)]);
    }

    sealed class Notes : Callback
    {
        public List<Finding> Findings { get; } = [];

        protected internal override void OnFinding(TrainingRun run, Finding finding) => Findings.Add(finding);
    }
}
