using Hondo.Data;
using Hondo.Initializers;
using Hondo.Layers;
using Hondo.Tensors;
using CrossEntropy = Hondo.Losses.CrossEntropy;
using Loss = Hondo.Losses.Loss;
using MeanSquaredError = Hondo.Losses.MeanSquaredError;

namespace Hondo.Insights.Tests;

/// <summary>Faults planted in models and their first weights.</summary>
static class ModelFaults
{
    static readonly IInitializer Zeros = Initial.Zeros;

    public static IEnumerable<Fault> All => [.. Structure, .. FirstWeights, .. Gradients];

    static IEnumerable<Fault> Structure =>
    [
        new("ReLU at the output of a classifier", "relu-at-output", "3", null, "needs scores of either sign", () =>
            Classify(new Linear(20, 16), new Relu(), new Linear(16, 3), new Relu())),
        new("ReLU at the output of a regression", "relu-at-output", "3", null, "targets go down to", () =>
            Regress(new MeanSquaredError(), x => x[0], new Linear(4, 8), new Tanh(), new Linear(8, 1), new Relu())),
        new("sigmoid at the output of a regression", "bounded-output", "3", null, "between 0 and 1", () =>
            Regress(new MeanSquaredError(), x => 3 * x[0], new Linear(4, 8), new Tanh(), new Linear(8, 1),
                new Sigmoid())),
        new("no activation between two layers", "layers-collapse", "0", null, "feeds layer 1", () =>
            Classify(new Linear(20, 32), new Linear(32, 16), new Relu(), new Linear(16, 3))),
    ];

    static IEnumerable<Fault> FirstWeights =>
    [
        new("weights of zeros", "equal-units", "0", null, "All 16 units of layer 0", () =>
            Classify(new Linear(20, 16, initializer: Zeros), new Tanh(), new Linear(16, 3))),
        new("one constant for all weights", "equal-units", "2", null, "All 8 units of layer 2", () =>
            Classify(new Linear(20, 16), new Tanh(), new Linear(16, 8, initializer: new Constant(0.1)), new Tanh(),
                new Linear(8, 3))),
        new("one constant in a convolution", "equal-units", "0", null, "All 4 units of layer 0", () =>
            Patients.Examine(new(Datasets.Digits().Train.Take(64)), new Sequential(
                new Conv2d(1, 4, 3, initializer: new Constant(0.1)), new Relu(), new MaxPool2d(4), new Flatten(),
                new Linear(144, 10)), new CrossEntropy(), Patients.Adam(), epochs: 1)),
        new("first weights far too large", "activations-grow", "8", null, "root of the mean square", () =>
            Classify(Patients.Deep(8, 20, 64, 3, Drawn(1), () => new Relu()))),
        new("first weights far too small", "activations-shrink", "4", null, "root of the mean square", () =>
            Classify(Patients.Deep(8, 20, 64, 3, Drawn(0.003), () => new Relu()))),
        new("tanh with large first weights", "saturation", "3", null, "where Tanh is flat", () =>
            Classify(new Linear(20, 32), new Tanh(), new Linear(32, 32, initializer: new Normal(0, 4)), new Tanh(),
                new Linear(32, 3))),
        new("sigmoid on inputs that are not scaled", "saturation", "1", null, "where Sigmoid is flat", () =>
            Patients.Examine(new(Patients.Table(150, 4, (random, row, _) => 90 * (random.NextDouble() + row % 3),
                row => row % 3)), new Sequential(new Linear(4, 32), new Sigmoid(), new Linear(32, 3)),
                new CrossEntropy(), Patients.Adam())),
        new("biases far below 0", "dead-relus", "3", null, "32 of the 32 units of layer 3", () =>
            Classify(new Sequential(new Linear(20, 32), new Relu(), Lowered(new Linear(32, 32)), new Relu(),
                new Linear(32, 3)))),
        new("dead channels of a convolution", "dead-relus", "1", null, "4 of the 4 units of layer 1", () =>
            Patients.Examine(new(Datasets.Digits().Train.Take(64)), new Sequential(Lowered(new Conv2d(1, 4, 3)),
                new Relu(), new MaxPool2d(4), new Flatten(), new Linear(144, 10)), new CrossEntropy(),
                Patients.Adam(0.001), epochs: 2)),
    ];

    static IEnumerable<Fault> Gradients =>
    [
        new("nine sigmoids in a row", "vanishing-gradients", "0", null, "times that of the last layer", () =>
            Classify(Patients.Deep(10, 20, 32, 3, (i, o) => new Linear(i, o, initializer: Initial.XavierUniform),
                () => new Sigmoid()))),
        new("five sigmoids, as networks once were", "vanishing-gradients", "1.0", null, "that of the last layer", () =>
            Patients.Examine(new(Datasets.Digits().Train.Take(600)), new Sequential(new Flatten(),
                Patients.Deep(6, 784, 50, 10, (i, o) => new Linear(i, o, initializer: Initial.XavierUniform),
                () => new Sigmoid())), new CrossEntropy(), Patients.Sgd(0.5), epochs: 2)),
        new("a batch norm at batch 1", "batch-norm-of-few", "1", null, "sees one number for each channel", () =>
            Normed(batch: 1)),
        new("a batch norm at batch 4", "batch-norm-of-few", "1", null, "sees 4 numbers", () => Normed(batch: 4)),
        new("tiny weights made large again", "exploding-gradients", "0", null, "the gradient's norm is", () =>
            Patients.Examine(new(Tasks.Clouds(150)), new Sequential(
                new Linear(20, 32, initializer: new Normal(0, 1e-6)), new Rescale(1e6), new Relu(),
                new Linear(32, 32), new Relu(), new Linear(32, 3)), new CrossEntropy(),
                Patients.Sgd(1e-13))),
        new("a state that doubles at every step", "exploding-gradients", "0", null, "that of the weights", () =>
            Patients.Examine(new(Sequences()), new Sequential(Doubling(new Rnn(1, 16, activation: RnnActivation.Relu)),
                OverTime.Last(), new Linear(16, 3)), new CrossEntropy(), Patients.Sgd(1e-9), epochs: 1)),
        new("one layer of huge weights", "update-ratio", "2", null, "the others move by", () =>
            Classify(new Linear(20, 16), new Tanh(), new Linear(16, 16, initializer: new Normal(0, 1e6)),
                new LayerNorm(16), new Tanh(), new Linear(16, 3))),
    ];

    static IReadOnlyList<Finding> Normed(int batch) => Patients.Examine(new(Tasks.Clouds(60)), new Sequential(
        new Linear(20, 16), new BatchNorm(16), new Relu(), new Linear(16, 3)), new CrossEntropy(), Patients.Adam(),
        epochs: 1, batch: batch);

    static IReadOnlyList<Finding> Classify(params Layer[] layers) => Classify(new Sequential(layers));

    static IReadOnlyList<Finding> Classify(Layer model) =>
        Patients.Examine(new(Tasks.Clouds(150)), model, new CrossEntropy(), Patients.Adam());

    static IReadOnlyList<Finding> Regress(Loss loss, Func<float[], double> target, params Layer[] layers) =>
        Patients.Examine(new(Patients.Numbers(120, 4, target)), new Sequential(layers), loss, Patients.Sgd(1e-5));

    static Func<int, int, Layer> Drawn(double deviation) =>
        (inputs, outputs) => new Linear(inputs, outputs, initializer: new Normal(0, deviation));

    static Dataset Sequences()
    {
        var values = new float[120 * 24];
        for (int i = 0; i < values.Length; i++)
            values[i] = MathF.Sin(i);
        return new("waves", new FloatFeatures(values, [24, 1]), new ClassTargets(
            [.. Enumerable.Range(0, 120).Select(row => row % 3)], ["a", "b", "c"]));
    }

    static Layer Doubling(Layer recurrent)
    {
        recurrent.Initialize(1);
        foreach (ref float weight in recurrent.Parameters[1].Values<float>())
            weight = Math.Abs(weight);
        return recurrent;
    }

    static T Lowered<T>(T layer) where T : Layer
    {
        Parameter bias = layer.Parameters[1];
        bias.Set(Tensor.Of([.. Enumerable.Repeat(-50f, bias.Shape.Size)]));
        return layer;
    }
}
