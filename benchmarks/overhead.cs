#:property PublishAot=false
#:property TieredPGO=false
#:project ../src/Hondo.Datasets
// What the trainer costs beside the loop that one would write by hand: metrics, history, callbacks and guards, on
// epochs of the smallest MLP of the benchmarks. Both sides train the same network on the same batches, in turn.
//   dotnet run -c Release benchmarks/overhead.cs [ROUNDS]
using System.Diagnostics;
using System.Globalization;
using Hondo.Data;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Optimizers;
using Hondo.Tensors;
using Hondo.Training;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int rounds = args.Length > 0 ? int.Parse(args[0]) : 9;
Dataset digits = Datasets.Digits().Train;
var parts = new DataSplits(digits);

Sequential bareModel = Mlp(), trainedModel = Mlp();
var bareLoss = new CrossEntropy();
var bareOptimizer = new Adam(bareModel.Parameters);
var batches = new Batches(digits, new() { Size = 128 });
var tape = new Tape();
var trainer = new Trainer(trainedModel, new CrossEntropy(), new Adam(trainedModel.Parameters)) { Epochs = 3 };

Bare(epochs: 3);
trainer.Fit(parts);
double[] ratios = new double[rounds];
for (int round = 0; round < rounds; round++)
{
    double bare = Seconds(() => Bare(epochs: 3)), full = Seconds(() => trainer.Fit(parts));
    ratios[round] = full / bare;
    Console.WriteLine(
        $"round {round + 1}: by hand {bare / 3:F4} s an epoch, trainer {full / 3:F4} s, ratio {ratios[round]:F3}");
}
Array.Sort(ratios);
Console.WriteLine($"overhead {(ratios[rounds / 2] - 1) * 100:F1} % (median of {rounds}; {(ratios[0] - 1) * 100:F1} to "
    + $"{(ratios[^1] - 1) * 100:F1} %)");

static Sequential Mlp() => new(new Flatten(), new Linear(784, 512), new Relu(), new Dropout(0.2), new Linear(512, 512),
    new Relu(), new Dropout(0.2), new Linear(512, 10));

void Bare(int epochs)
{
    for (int epoch = 0; epoch < epochs; epoch++)
        foreach (var (images, labels) in batches)
        {
            using var step = tape.Open(new(Mode.Training, 1, 1));
            bareLoss.Compute(bareModel.Forward(images), labels).Backward();
            bareOptimizer.Step();
        }
}

static double Seconds(Action action)
{
    long start = Stopwatch.GetTimestamp();
    action();
    return Stopwatch.GetElapsedTime(start).TotalSeconds;
}
