using Hondo.Data;
using Hondo.Ops;
using Hondo.Tensors;
using CrossEntropy = Hondo.Losses.CrossEntropy;
using Flatten = Hondo.Layers.Flatten;
using Function = Hondo.Layers.Function;
using Layer = Hondo.Layers.Layer;
using Linear = Hondo.Layers.Linear;
using MeanSquaredError = Hondo.Losses.MeanSquaredError;
using Relu = Hondo.Layers.Relu;
using Sequential = Hondo.Layers.Sequential;
using Tanh = Hondo.Layers.Tanh;

namespace Hondo.Insights.Tests;

/// <summary>Faults planted in how it is learnt, and numbers that end a training.</summary>
static class LearningFaults
{
    public static IEnumerable<Fault> All => [.. Rates, .. Results, .. NotFinite];

    static IEnumerable<Fault> Rates =>
    [
        new("a learning rate of 30", "learning-rate-too-high", null, null, "the learning rate is 30", () =>
            Clouds(new Relu(), Patients.Sgd(30))),
        new("a learning rate of a millionth", "learning-rate-too-low", null, null, "rate of 1E-06", () =>
            Clouds(new Relu(), Patients.Sgd(1e-6))),
        new("a learning rate of 0", "learning-rate-too-low", null, null, "rate of 0", () =>
            Clouds(new Relu(), Patients.Sgd(0))),
        new("steps that overshoot", "divergence", null, null, "it began with", () =>
            Patients.Examine(new(Patients.Numbers(240, 4, x => x[0])), new Sequential(new Linear(4, 1)),
                new MeanSquaredError(), Patients.Sgd(1.8), epochs: 3)),
        new("a million times the learning rate", "divergence", null, null, "Step 2: the loss is", () =>
            Patients.Examine(new(Patients.Numbers(640, 4, x => x[0] + x[1])), new Sequential(new Linear(4, 1)),
                new MeanSquaredError(), Patients.Sgd(1e5), batch: 4)),
    ];

    static IEnumerable<Fault> Results =>
    [
        new("a rare class among two", "one-answer", null, null, "The model says a to all", () =>
            Patients.Examine(new(Patients.Table(400, 3, (random, _, _) => random.NextDouble(),
                row => row % 25 == 0 ? 1 : 0, classes: 2)), new Sequential(new Linear(3, 2)),
                new CrossEntropy(), Patients.Sgd(), epochs: 4)),
        new("a straight line for a circle", "high-bias", null, null, "bias is high", () => Circles(300, 0, 6)),
        new("forty samples and a large network", "high-variance", null, null, "variance is high", () =>
            Digits(40, 128, 40)),
        new("a short training on few samples", "high-bias-and-variance", null, null, "both bias and variance", () =>
            Digits(40, 6, 6)),
        new("training on after the best epoch", "overfitting", null, null, "Meanwhile the training loss fell", () =>
            Noisy(200, 80)),
        new("a line where a curve is needed", "plateau", null, null, "The training loss was", () =>
            Patients.Examine(new(Patients.Numbers(200, 2, x => 2 * x[0] + 4 * Math.Pow(x[1], 4)
                + 2 * Math.Cos(9 * x[0]))), new Sequential(new Linear(2, 1)), new MeanSquaredError(),
                Patients.Sgd(0.05), epochs: 30)),
    ];

    static IEnumerable<Fault> NotFinite =>
    [
        new("the logarithm of 0", "not-finite-value", "3", "Log", "It begins in layer 3", () =>
            Clouds(new Function(x => x.Relu().Log()), Patients.Adam(), new Linear(16, 16), new Tanh())),
        new("a division by 0", "not-finite-value", "1", "Div", "for row", () =>
            Clouds(new Function(x => x.Relu() / x.Relu()), Patients.Adam())),
        new("e to the power of 1,000", "not-finite-value", "1", "Exp", "makes infinity", () =>
            Clouds(new Function(x => (x * 1000).Exp()), Patients.Adam())),
        new("the root of a negative number", "not-finite-value", "1", "Sqrt", "makes NaN", () =>
            Clouds(new Function(x => x.Sqrt()), Patients.Adam())),
        new("a gradient of infinity", "not-finite-gradient", "1", "Sqrt", "Backward of layer 1", () =>
            Clouds(new Function(x => x.Relu().Sqrt()), Patients.Adam())),
        new("a gradient of infinity, and no biases", "not-finite-gradient", "1", "Sqrt", "Backward of layer 1", () =>
            Patients.Examine(new(Tasks.Clouds(150)), new Sequential(new Linear(20, 16, bias: false),
                new Function(x => x.Relu().Sqrt()), new Linear(16, 3, bias: false)), new CrossEntropy(),
                Patients.Adam())),
        new("an update to infinity", "not-finite-weights", "0", null, "the update before this step", () =>
            Patients.Examine(new(Patients.Numbers(640, 4, x => 90 * x[0])), new Sequential(new Linear(4, 1)),
                new MeanSquaredError(), Patients.Sgd(1e38), batch: 4)),
        new("an augmentation that makes NaN", "not-finite-samples", "0", null, "the samples hold NaN in row", () =>
            Patients.Examine(new(Tasks.Clouds(150)), new Sequential(new Linear(20, 3)), new CrossEntropy(),
                Patients.Adam(), transform: new Spoiling())),
        new("the logarithm at the output", "not-finite-value", "1", "Log", "makes infinity for row", () =>
            Patients.Examine(new(Patients.Numbers(120, 4, x => x[0] > 0 ? 1 : 0)), new Sequential(new Linear(4, 1),
                new Function(x => x.Relu().Log())), new MeanSquaredError(), Patients.Sgd(0.1))),
    ];

    static IReadOnlyList<Finding> Clouds(Layer activation,
        Func<Layer, Hondo.Optimizers.Optimizer> optimizer, params Layer[] before) =>
        Patients.Examine(new(Tasks.Clouds(300)), new Sequential([new Linear(20, 16), .. before.Skip(1),
            .. before.Take(1), activation, new Linear(16, 3)]), new CrossEntropy(), optimizer);

    static IReadOnlyList<Finding> Circles(int count, int hidden, int epochs)
    {
        Layer model = hidden == 0 ? new Sequential(new Linear(2, 2))
            : new Sequential(new Linear(2, hidden), new Relu(), new Linear(hidden, 2));
        return Patients.Examine(new Split(60, 40, 0).Of(Patients.Circle(count)), model, new CrossEntropy(),
            Patients.Adam(), epochs);
    }

    static IReadOnlyList<Finding> Digits(int train, int hidden, int epochs) => Patients.Examine(
        new(Datasets.Digits().Train.Take(train), Datasets.Digits().Test!.Take(200)), new Sequential(new Flatten(),
            new Linear(784, hidden), new Relu(), new Linear(hidden, 10)), new CrossEntropy(), Patients.Adam(), epochs);

    // A tenth of the labels is wrong: learning them by heart costs on dev.
    static IReadOnlyList<Finding> Noisy(int count, int epochs)
    {
        Dataset all = Tasks.Clouds(count + 100);
        Dataset noisy = Patients.Relabelled(all, row => row % 5 == 0 ? (row + 1) % 3 : row % 3);
        return Patients.Examine(new(noisy.Part("train", [.. Enumerable.Range(0, count)]),
            noisy.Part("dev", [.. Enumerable.Range(count, 100)])), new Sequential(new Linear(20, 128), new Relu(),
            new Linear(128, 3)), new CrossEntropy(), Patients.Adam(), epochs);
    }

    sealed class Spoiling : ISampleTransform
    {
        public void Apply(Span<float> sample, Shape shape, ulong key)
        {
            if (key % 40 == 0)
                sample[3] = float.NaN;
        }
    }
}
