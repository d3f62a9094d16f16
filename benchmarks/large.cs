#:property PublishAot=false
#:property TieredPGO=false
#:project ../src/Hondo.Data/Hondo.Data.csproj
// A data set far larger than memory trains in constant memory: what was resident at most after 1, 10 .. 100 % of it.
//   dotnet run -c Release benchmarks/large.cs -- drawn [GIGABYTES]            100 of numbers that a reader draws
//   dotnet run -c Release benchmarks/large.cs -- file [GIGABYTES] [DISTINCT]  from a file of 2, over and over
//   dotnet run -c Release benchmarks/large.cs -- pictures FOLDER [GIGABYTES]  of a folder's pictures, over and over
// Gigabytes are those of the samples as float32. Pictures are linked under many names; each is decoded when it is used.
using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Hondo.Data;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Optimizers;
using Hondo.Tensors;
using Hondo.Training;
using Microsoft.Win32.SafeHandles;

const int Batch = 64, Classes = 10;
// What a collector and a thread more may take. At 1 % of a small run a cache is not yet full: 10 % is what counts.
const double MostGrowth = 1.1;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string scratch = Directory.CreateTempSubdirectory("hondo-large-").FullName;
try
{
    return args switch
    {
        ["drawn", .. var rest] => Train(Of(new Drawn(Rows(Number(rest, 0, 100)), seed: 1))),
        ["file", .. var rest] => TrainFromFile(Number(rest, 0, 100), Number(rest, 1, 2)),
        ["pictures", var folder, .. var rest] => TrainOnPictures(folder, Number(rest, 0, 100)),
        _ => throw new ArgumentException("drawn, file or pictures: see this file's first lines"),
    };
}
finally
{
    Directory.Delete(scratch, recursive: true);
}

static double Number(string[] words, int place, double usual) =>
    words.Length > place ? double.Parse(words[place]) : usual;

static int Rows(double gigabytes) => (int)(gigabytes * 1e9 / sizeof(float) / Drawn.Size);

static Dataset Of(ISampleReader reader) => new("large", new ReaderFeatures(reader), new ClassTargets(
    [.. Enumerable.Range(0, reader.Count).Select(row => row % Classes)], [.. "0123456789".Select(c => $"{c}")]));

int TrainFromFile(double gigabytes, double distinct)
{
    string path = Path.Combine(scratch, "samples.f32");
    var drawn = new Drawn(Rows(Math.Min(gigabytes, distinct)) / Classes * Classes, seed: 1);
    var sample = new float[Drawn.Size];
    using (FileStream file = File.Create(path))
        for (int row = 0; row < drawn.Count; row++)
        {
            drawn.Read(row, sample);
            file.Write(MemoryMarshal.AsBytes<float>(sample));
        }
    using SafeFileHandle handle = File.OpenHandle(path);
    return Train(Of(new Rounds(handle, drawn.Count, Rows(gigabytes))));
}

int TrainOnPictures(string folder, double gigabytes)
{
    string[] files = [.. Directory.EnumerateFiles(Path.GetFullPath(folder), "*.jpg", SearchOption.AllDirectories)];
    ImageHeader first = ImageFile.ReadHeader(files[0]);
    int count = (int)(gigabytes * 1e9 / sizeof(float) / (first.Height * first.Width * 3));
    for (int i = 0; i < count; i++)
    {
        string file = files[i % files.Length], name = Path.GetFileName(Path.GetDirectoryName(file))!;
        Directory.CreateDirectory(Path.Combine(scratch, name));
        File.CreateSymbolicLink(Path.Combine(scratch, name, $"{i}.jpg"), file);
    }
    Dataset pictures = ImageFolder.Open(scratch, "pictures",
        new() { Height = first.Height, Width = first.Width, CacheBytes = 64 << 20 }).Train;
    return Train(pictures, new AveragePool2d(16));
}

static int Train(Dataset data, params Layer[] before)
{
    int size = data.Sample.Size;
    var body = new Sequential([.. before, new Flatten()]);
    int features = body.Forward(Tensor.Zeros([1, .. data.Sample])).Size;
    var model = new Sequential(body, new Linear(features, data.Classes.Count));
    var resident = new Resident((data.Count - 1) / Batch + 1, (double)Batch * size * sizeof(float) / 1e9);
    var trainer = new Trainer(model, new CrossEntropy(), new Sgd(model.Parameters, 0.01))
    {
        Epochs = 1,
        BatchSize = Batch,
        Callbacks = [resident],
    };
    History history = trainer.Fit(new(data));
    Console.WriteLine($"{data.Count:N0} samples, {(double)data.Count * size * sizeof(float) / 1e9:F1} GB as float32, "
        + $"in {resident.Seconds:F0} s; loss {history[^1].Train.Loss:F4}, accuracy {history[^1].Train["accuracy"]:P1}");
    double growth = resident.Peaks[^1] / resident.Peaks[1];
    Console.WriteLine($"peak after all {growth:F3} of that after 10 % (wanted: at most {MostGrowth})");
    return growth <= MostGrowth ? 0 : 1;
}

/// <summary>The most that was resident, after parts of an epoch.</summary>
sealed class Resident(int steps, double gigabytesAStep) : Callback
{
    static readonly double[] Shares = [0.01, 0.1, 0.25, 0.5, 0.75, 1];

    readonly Stopwatch _clock = Stopwatch.StartNew();

    public List<double> Peaks { get; } = [];

    public double Seconds => _clock.Elapsed.TotalSeconds;

    protected override void OnStepEnd(TrainingRun run)
    {
        if (Peaks.Count == Shares.Length || run.Step < Shares[Peaks.Count] * steps)
            return;
        using var process = Process.GetCurrentProcess();
        Peaks.Add(process.PeakWorkingSet64 / 1e6);
        Console.WriteLine($"{Shares[Peaks.Count - 1],5:P0}: {run.Step * gigabytesAStep,6:F1} GB read, peak "
            + $"{Peaks[^1]:F0} MB, now {process.WorkingSet64 / 1e6:F0} MB, {Seconds:F0} s");
    }
}

/// <summary>Samples by a formula: what their class looks like, and noise.</summary>
sealed class Drawn(int count, int seed) : ISampleReader
{
    public const int Size = 4096;

    readonly float[] _noise = Tensor.RandomNormal([1 << 20], seed: (ulong)seed).ToArray<float>();
    readonly float[][] _looks = [.. Enumerable.Range(0, 10).Select(c =>
        Tensor.RandomNormal([Size], seed: (ulong)seed, stream: (ulong)c + 1, deviation: 0.05).ToArray<float>())];

    public int Count => count;

    public Shape Sample => [Size];

    public void Read(int row, Span<float> sample)
    {
        // Another piece of the noise for each row.
        int start = (int)((uint)row * 2654435761u % (uint)(_noise.Length - Size));
        ReadOnlySpan<float> noise = _noise.AsSpan(start, Size), look = _looks[row % _looks.Length];
        for (int i = 0; i < Size; i += Vector<float>.Count)
            (new Vector<float>(noise[i..]) + new Vector<float>(look[i..])).CopyTo(sample[i..]);
    }
}

/// <summary>The rows of a file, over and over.</summary>
sealed class Rounds(SafeFileHandle file, int distinct, int count) : ISampleReader
{
    public int Count => count;

    public Shape Sample => [Drawn.Size];

    public void Read(int row, Span<float> sample) => RandomAccess.Read(file, MemoryMarshal.AsBytes(sample),
        (long)(row % distinct) * Drawn.Size * sizeof(float));
}
