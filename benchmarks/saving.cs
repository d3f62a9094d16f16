#:property PublishAot=false
#:property TieredPGO=false
#:project ../src/Hondo.Insights/Hondo.Insights.csproj
// What a training loses to what is kept of it: the smallest MLP of the benchmarks for two epochs of MNIST, bare and
// with run folder (checkpoints at its begin and end, best model, rows) and report, in turn, in blocks of four.
//   dotnet run -c Release benchmarks/saving.cs [BLOCKS]
using System.Diagnostics;
using System.Globalization;
using Hondo.Data;
using Hondo.Insights;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Optimizers;
using Hondo.Training;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int blocks = args.Length > 0 ? int.Parse(args[0]) : 5;
DataSplits mnist = Datasets.Mnist(Path.Combine(Environment.GetEnvironmentVariable("HONDO_DATA") ?? "", "mnist"));
var data = new DataSplits(mnist.Train, mnist.Test);
string root = Directory.CreateTempSubdirectory("hondo-saving-").FullName;
int runs = 0;

_ = (Seconds(isKept: true), Seconds(isKept: false));
double[] bare = new double[2 * blocks], kept = new double[2 * blocks];
for (int block = 0; block < blocks; block++)
{
    bare[2 * block] = Seconds(isKept: false);
    kept[2 * block] = Seconds(isKept: true);
    kept[2 * block + 1] = Seconds(isKept: true);
    bare[2 * block + 1] = Seconds(isKept: false);
}
double[] lost = [.. kept.Zip(bare, (with, without) => (with - without) * 1000).Order()];
double middle = (lost[blocks - 1] + lost[blocks]) / 2, whole = bare.Order().ElementAt(blocks);
Console.WriteLine($"bare {whole:F2} s; kept as well: {middle:F0} ms more (median of {lost.Length}; {lost[0]:F0} to "
    + $"{lost[^1]:F0}), of a training of 3 s {middle / 30:F1} %");
Directory.Delete(root, recursive: true);

double Seconds(bool isKept)
{
    var model = new Sequential(new Flatten(), new Linear(784, 512), new Relu(), new Dropout(0.2), new Linear(512, 512),
        new Relu(), new Dropout(0.2), new Linear(512, 10));
    model.Initialize(1);
    string path = Path.Combine(root, $"{++runs}");
    long start = Stopwatch.GetTimestamp();
    using RunFolder? folder = isKept ? new(path, new("run", "benchmark"), "{}", new()) : null;
    Callback[] callbacks = folder is null ? [] : [folder, new RunReport(path)];
    new Trainer(model, new CrossEntropy(), new Adam(model.Parameters))
    {
        Epochs = 2, Callbacks = callbacks, Progress = null,
    }.Fit(data);
    folder?.Finish(new Dictionary<string, double>());
    return Stopwatch.GetElapsedTime(start).TotalSeconds;
}
