#:property PublishAot=false
#:project ../src/Hondo.Sequences
// Data larger than memory: a year of measurements in a file, of which a batch reads what it needs. A reader is a class
// of three members; workers read ahead, and any number of them gives the same bits.
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

const int Steps = 365 * 24, Columns = 2, Window = 24;
string path = Path.Combine(Directory.CreateTempSubdirectory("hondo-").FullName, "year.f32");
float[] noise = Tensor.RandomNormal([Steps], seed: 1, deviation: 0.1).ToArray<float>();
File.WriteAllBytes(path, MemoryMarshal.AsBytes<float>([.. Enumerable.Range(0, Steps).SelectMany(t => new[]
{
    MathF.Sin(t * MathF.Tau / 24) + noise[t], MathF.Cos(t * MathF.Tau / 168),
})]).ToArray());

using SafeFileHandle file = File.OpenHandle(path);
// snippet: series
var steps = new StepFile(file, Columns);
var series = new TimeSeries("year", steps, ["load", "week"], targets: ["load"], Window, horizon: 3);
DataSplits parts = series.Split(new Split(70, 10, 20));
// end
// snippet: batches
var batches = new Batches(parts.Train, new() { Size = 64, Workers = 2 });
double sum = 0;
foreach (var (windows, targets) in batches)
    sum += windows.Mean().Item;
// end
var model = new Sequential(new Flatten(), new Linear(Window * Columns, 32), new Relu(), new Linear(32, 1));
var optimizer = new Adam(model.Parameters, 0.003);
var trainer = new Trainer(model, new MeanSquaredError(), optimizer) { Epochs = 4, BatchSize = 64 };
trainer.Fit(new(parts.Train, parts.Dev));
double rmse = Math.Sqrt(trainer.Evaluate(parts.Test!).Loss);
Console.WriteLine($"{parts.Train.Count:N0} windows, mean {sum / batches.Count:F3}, error {rmse:F3} (wanted: 0.15)");
file.Dispose();
File.Delete(path);
return rmse <= 0.15 ? 0 : 1;

// snippet: reader
sealed class StepFile(SafeFileHandle file, int columns) : ISampleReader
{
    public int Count => (int)(RandomAccess.GetLength(file) / (columns * sizeof(float)));

    public Shape Sample => [columns];

    public void Read(int row, Span<float> sample) =>
        RandomAccess.Read(file, MemoryMarshal.AsBytes(sample), (long)row * columns * sizeof(float));
}
// end
