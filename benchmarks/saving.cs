#:property PublishAot=false
#:property TieredPGO=false
#:project ../src/Hondo.Insights/Hondo.Insights.csproj
// What a training loses to what is kept of it: the smallest MLP of the benchmarks for two short epochs, bare and with
// run folder (checkpoints at its begin and end, best model, rows) and report, in turn, in blocks of four. What is lost
// does not grow with the length of the epochs; a part of it is this machine's disk, which is measured beside it.
//   dotnet run -c Release benchmarks/saving.cs [BLOCKS]
using System.Diagnostics;
using System.Globalization;
using Hondo.Data;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Optimizers;
using Hondo.Training;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int blocks = args.Length > 0 ? int.Parse(args[0]) : 20;
DataSplits mnist = Datasets.Mnist(Path.Combine(Environment.GetEnvironmentVariable("HONDO_DATA") ?? "", "mnist"));
var data = new DataSplits(mnist.Train.Take(12_000), mnist.Test!.Take(2_000));
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
double[] disk = [.. Enumerable.Range(0, 20).Select(_ => DurableFile()).Order()];
double middle = (lost[blocks - 1] + lost[blocks]) / 2;
Console.WriteLine($"bare {bare.Order().ElementAt(blocks):F2} s; kept as well: {middle:F0} ms more (median of "
    + $"{lost.Length}; middle half {lost[blocks / 2]:F0} to {lost[^(blocks / 2 + 1)]:F0}), of a training of 3 s "
    + $"{middle / 30:F1} %; one small file that lasts {disk[10]:F1} ms");
Directory.Delete(root, recursive: true);

double DurableFile()
{
    long start = Stopwatch.GetTimestamp();
    using (var file = File.Create(Path.Combine(root, "small")))
    {
        file.WriteByte(1);
        file.Flush(flushToDisk: true);
    }
    return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
}

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
