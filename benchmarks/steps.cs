#:property TieredPGO=false
#:property InvariantGlobalization=true
#:property DirectoryBuildTargetsPath=$(MSBuildProjectDirectory)/../src/Hondo/buildTransitive/Hondo.targets
#:project ../src/Hondo/Hondo.csproj
#:project ../src/Hondo.Insights/Hondo.Insights.csproj
// Training steps of five networks on one thread, with Numerics.Exact and without, in turn, in processor time, which
// neighbours disturb less than the clock; and the hash of each trained model. By the runtime, and compiled ahead of
// time:
//   dotnet run -c Release benchmarks/steps.cs [ROUNDS] -p:PublishAot=false
//   dotnet publish benchmarks/steps.cs -o FOLDER && FOLDER/steps [ROUNDS]
using System.Globalization;
using System.Runtime.Intrinsics;
using Hondo.Insights;
using Hondo.Kernels;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Models;
using Hondo.Optimizers;
using Hondo.Serialization;
using Hondo.Tensors;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int rounds = args.Length > 0 ? int.Parse(args[0]) : 9;
Workers.Count = 1;
Console.WriteLine($"512 bits {Vector512.IsHardwareAccelerated}, 256 bits {Vector256.IsHardwareAccelerated}, "
    + $"peak {MachinePeak.GigaflopsPerSecond<float>():F0} GFLOP/s. {RegisterWidth.Advice}");
var random = new Random(1);
Run("mlp", () => new Sequential(new Flatten(), new Linear(784, 512), new Relu(), new Dropout(0.2), new Linear(512, 512),
    new Relu(), new Dropout(0.2), new Linear(512, 10)), [128, 28, 28, 1], new CrossEntropy());
Run("cnn", () => ConvNets.Cnn([28, 28, 1], 10), [128, 28, 28, 1], new CrossEntropy());
Run("batch-norm cnn", () => ConvNets.Vgg([28, 28, 1], 10, [32, 64]), [128, 28, 28, 1], new CrossEntropy());
Run("resnet20", () => ResNets.ForSmallImages([32, 32, 3], 10), [128, 32, 32, 3], new CrossEntropy());
Run("lstm", () => new Sequential(new Lstm(64, 128, layers: 2), new Linear(128, 64)), [50, 50, 64],
    new MeanSquaredError());

void Run(string name, Func<Layer> make, Shape shape, Loss loss)
{
    Tensor x = Tensor.Of(Numbers(shape.Size), shape);
    Tensor targets = loss is CrossEntropy
        ? Tensor.Of([.. Enumerable.Range(0, shape[0]).Select(i => i % 10)], [shape[0]])
        : Tensor.Of(Numbers(shape.Size), shape);
    Training exact = new(make(), loss, x, targets), usual = new(make(), loss, x, targets);
    double[] slow = new double[rounds], fast = new double[rounds];
    for (int round = -1; round < rounds; round++)
    {
        Numerics.Exact = true;
        double first = exact.Milliseconds();
        Numerics.Exact = false;
        double second = usual.Milliseconds();
        if (round >= 0)
            (slow[round], fast[round]) = (first, second);
    }
    Array.Sort(slow);
    Array.Sort(fast);
    Console.WriteLine($"{name,-14} {fast[rounds / 2],8:F2} ms ({fast[0]:F2}), exact {slow[rounds / 2],8:F2} ms "
        + $"({slow[0]:F2}): {slow[rounds / 2] / fast[rounds / 2]:F2} x ({slow[0] / fast[0]:F2} of the least)  "
        + usual.Hash);
}

float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];

sealed class Training
{
    readonly Layer _model;
    readonly Loss _loss;
    readonly Tensor _x, _targets;
    readonly Adam _optimizer;
    readonly Tape _tape = new();
    long _step;

    public Training(Layer model, Loss loss, Tensor x, Tensor targets)
    {
        (_model, _loss, _x, _targets) = (model.Initialize(1), loss, x, targets);
        _optimizer = new(_model.Parameters);
    }

    public string Hash => ModelHash.Of(_model)[..12];

    public double Milliseconds()
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        using (Tape.Scope step = _tape.Open(new(Mode.Training, 1, ++_step)))
        {
            _loss.Compute(_model.Forward(_x), _targets).Backward();
            _optimizer.Step();
        }
        return (Environment.CpuUsage.TotalTime - start).TotalMilliseconds;
    }
}
