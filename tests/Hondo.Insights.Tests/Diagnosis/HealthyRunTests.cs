using Hondo.Data;
using Hondo.Initializers;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Optimizers;
using Xunit.Abstractions;

namespace Hondo.Insights.Tests;

/// <summary>Trainings in which nothing is wrong: the diagnosis may only say that all is well.</summary>
public sealed class HealthyRunTests(ITestOutputHelper output)
{
    static readonly (string Name, Func<IReadOnlyList<Finding>> Examine)[] Tables =
    [
        ("softmax regression on irises", () => Iris(new Linear(4, 3), Patients.Adam(0.05), 40)),
        ("an MLP on irises", () => Iris(Mlp(4, 16, 3), Patients.Adam(), 40, seed: 2)),
        ("tanh on irises, momentum", () => Iris(new Sequential(new Linear(4, 16), new Tanh(), new Linear(16, 3)),
            model => new Momentum(model.Parameters, 0.05), 40, seed: 3)),
        ("sigmoid on irises, RMSProp", () => Iris(new Sequential(new Linear(4, 16, initializer: Initial.XavierUniform),
            new Sigmoid(), new Linear(16, 3)), model => new RmsProp(model.Parameters, 0.01), 40, seed: 4)),
        ("an MLP on irises, plain descent", () => Iris(Mlp(4, 16, 3), Patients.Sgd(), 60, seed: 5)),
    ];

    static readonly (string Name, Func<IReadOnlyList<Finding>> Examine)[] Pictures =
    [
        ("an MLP on digits", () => Digits(new Sequential(new Flatten(), Mlp(784, 64, 10)), Patients.Adam(0.001), 4)),
        ("an MLP of four layers on digits, Nesterov", () => Digits(new Sequential(new Flatten(),
            Patients.Deep(4, 784, 64, 10, (i, o) => new Linear(i, o), () => new Relu())),
            model => new Nesterov(model.Parameters, 0.02), 4)),
        ("dropout on digits", () => Digits(new Sequential(new Flatten(), new Linear(784, 128), new Relu(),
            new Dropout(0.3), new Linear(128, 10)), model => new AdamW(model.Parameters), 4, seed: 2)),
        ("a convolution on digits", () => Digits(new Sequential(new Conv2d(1, 8, 3), new Relu(), new MaxPool2d(2),
            new Flatten(), new Linear(8 * 13 * 13, 10)), Patients.Adam(0.003), 3)),
        ("convolutions with batch norm on digits", () => Digits(new Sequential(
            new Conv2d(1, 8, 3, stride: 2, bias: false), new BatchNorm(8), new Relu(),
            new Conv2d(8, 16, 3, stride: 2), new Relu(), new Flatten(),
            new Linear(16 * 6 * 6, 10)), Patients.Adam(0.003), 3, seed: 3)),
    ];

    static readonly (string Name, Func<IReadOnlyList<Finding>> Examine)[] Runs =
    [
        .. Tables, .. Pictures,
        ("an MLP whose first layer is frozen", () => Clouds(new Sequential(new Linear(20, 64).Freeze(), new Relu(),
            new Linear(64, 32), new Relu(), new Linear(32, 3)), Patients.Adam(0.003))),
        ("xor by tanh", () => Xor(new Tanh(), Patients.Adam(0.03), 1)),
        ("xor by ReLU", () => Xor(new Relu(), Patients.Adam(0.02), 2)),
        ("a circle", () => Patients.Examine(new Split(70, 30, 0).Of(Patients.Circle(600)), Mlp(2, 32, 2),
            new CrossEntropy(), Patients.Adam(0.02), epochs: 30)),
        ("clouds, deep tanh, Xavier", () => Clouds(Patients.Deep(5, 20, 32, 3,
            (i, o) => new Linear(i, o, initializer: Initial.XavierUniform), () => new Tanh()), Patients.Adam(0.003))),
        ("clouds, leaky ReLU, Adagrad", () => Clouds(new Sequential(new Linear(20, 32), new LeakyRelu(),
            new Linear(32, 3)), model => new Adagrad(model.Parameters, 0.05))),
        ("clouds, deep with layer norm", () => Clouds(Patients.Deep(6, 20, 32, 3, (i, o) => new Linear(i, o),
            () => new Sequential(new LayerNorm(32), new Relu())), Patients.Adam(0.003))),
        ("linear regression", () => Patients.Examine(new Split(70, 30, 0).Of(Patients.Numbers(300, 3,
            x => 2 * x[0] - x[1] + 0.5 * x[2])), new Linear(3, 1), new MeanSquaredError(), Patients.Sgd(), epochs: 20)),
        ("a wave by an MLP", () => Patients.Examine(new Split(70, 30, 0).Of(Patients.Numbers(400, 1,
            x => Math.Sin(3 * x[0]))), new Sequential(new Linear(1, 32), new Tanh(), new Linear(32, 1)),
            new MeanSquaredError(), Patients.Adam(), epochs: 60)),
        ("the next value of a wave by an LSTM", () => Wave(new Lstm(1, 16))),
        ("the next value of a wave by a GRU", () => Wave(new Gru(1, 16))),
        ("the next value of a wave by a simple RNN", () => Wave(new Rnn(1, 16))),
        ("which number comes twice, by a GRU", Letters),
    ];

    public static TheoryData<string> Names => [.. Runs.Select(run => run.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_healthy_run_raises_no_alarm(string name)
    {
        IReadOnlyList<Finding> findings = Runs.Single(run => run.Name == name).Examine();
        foreach (Finding finding in findings)
            output.WriteLine($"{finding.Code} [{finding.Layer}]: {finding.Message}");
        Assert.Empty(findings.Where(finding => finding.Code != "bias-and-variance-low")
            .Select(finding => $"{finding.Code} [{finding.Layer}]: {finding.Sentence}"));
    }

    [Fact]
    public void There_are_at_least_20_healthy_runs() => Assert.True(Runs.Length >= 20);

    static Sequential Mlp(int inputs, int hidden, int outputs) =>
        new(new Linear(inputs, hidden), new Relu(), new Linear(hidden, outputs));

    static IReadOnlyList<Finding> Iris(Layer model, Func<Layer, Optimizer> optimizer, int epochs, ulong seed = 1)
    {
        DataSplits parts = new Split(70, 30, 0).Of(Datasets.Iris(), seed);
        return Patients.Examine(parts, model, new CrossEntropy(), optimizer, epochs,
            normalization: Normalization.Fit(parts.Train), seed: seed);
    }

    static IReadOnlyList<Finding> Digits(Layer model, Func<Layer, Optimizer> optimizer, int epochs, ulong seed = 1)
    {
        DataSplits digits = Datasets.Digits();
        // Without a dev part: so few digits do leave a high variance, and the diagnosis would rightly say so.
        return Patients.Examine(new(digits.Train.Take(2000)), model, new CrossEntropy(), optimizer, epochs, batch: 32,
            normalization: Normalization.FitWhole(digits.Train), seed: seed);
    }

    static IReadOnlyList<Finding> Clouds(Layer model, Func<Layer, Optimizer> optimizer) => Patients.Examine(
        new(Tasks.Clouds(600), Tasks.Clouds(300, seed: 8)), model, new CrossEntropy(), optimizer, epochs: 15);

    static IReadOnlyList<Finding> Xor(Layer activation, Func<Layer, Optimizer> optimizer, ulong seed)
    {
        var data = new Dataset("xor", new FloatFeatures([0, 0, 0, 1, 1, 0, 1, 1], [2]),
            new ClassTargets([0, 1, 1, 0], ["same", "different"]));
        return Patients.Examine(new(data), new Sequential(new Linear(2, 8), activation, new Linear(8, 2)),
            new CrossEntropy(), optimizer, epochs: 200, batch: 4, seed: seed);
    }

    static IReadOnlyList<Finding> Wave(Layer recurrent)
    {
        const int Steps = 12, Count = 200;
        float At(int row, int t) => MathF.Sin(0.3f * t + row * 0.7f);
        float[] values = [.. Enumerable.Range(0, Count * Steps).Select(i => At(i / Steps, i % Steps))];
        float[] next = [.. Enumerable.Range(0, Count).Select(row => At(row, Steps))];
        var data = new Dataset("wave", new FloatFeatures(values, [Steps, 1]), new RegressionTargets(next, ["next"]));
        return Patients.Examine(new Split(75, 25, 0).Of(data), new Sequential(recurrent,
            OverTime.Last(), new Linear(16, 1)), new MeanSquaredError(),
            Patients.Adam(), epochs: 20);
    }

    static IReadOnlyList<Finding> Letters()
    {
        var random = new Random(4);
        int[] labels = [.. Enumerable.Range(0, 400).Select(_ => random.Next(3))];
        float[] values = [.. labels.SelectMany(label => Enumerable.Range(0, 4).Select(t =>
            (t % 2 == 0 ? label : random.Next(3)) + 0.1f * random.NextSingle()))];
        var data = new Dataset("letters", new FloatFeatures(values, [4, 1]), new ClassTargets(labels, ["a", "b", "c"]));
        return Patients.Examine(new Split(75, 25, 0).Of(data), new Sequential(new Gru(1, 16),
            OverTime.Largest(), new Linear(16, 3)), new CrossEntropy(), Patients.Adam(0.02), epochs: 25);
    }
}
