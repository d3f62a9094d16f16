#:property PublishAot=false
#:property TieredPGO=false
#:package SkiaSharp
#:project ../src/Hondo.Data/Hondo.Data.csproj
// Large tables and folders of pictures: how fast they are read, beside pandas and PyTorch's DataLoader with torchvision
// (/usr/bin/python3) in turn, and how much memory a training on them takes.
//   dotnet run -c Release benchmarks/data.cs -- draw-table FILE [ROWS]               1000000 rows of 51 columns, 480 MB
//   dotnet run -c Release benchmarks/data.cs -- draw-pictures FOLDER [COUNT] [SIDE]  50000 JPEGs of 256×256
//   dotnet run -c Release benchmarks/data.cs -- load FILE [ROUNDS]                   seconds to read a table
//   dotnet run -c Release benchmarks/data.cs -- decode FOLDER [ROUNDS] [SIZE]        pictures a second on two workers
//   dotnet run -c Release benchmarks/data.cs -- train DATA [OPTION..]                the peak of ./hondo train DATA ..
using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Runtime.CompilerServices;
using Hondo.Data;
using SkiaSharp;

const int Batch = 64, Workers = 2, Columns = 50;
const double Seconds = 6;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string home = Path.GetDirectoryName(Source())!;
return args switch
{
    ["draw-table", var file, .. var rest] => DrawTable(file, Number(rest, 0, 1_000_000)),
    ["draw-pictures", var folder, .. var rest] => DrawPictures(folder, Number(rest, 0, 50_000), Number(rest, 1, 256)),
    ["load", var file, .. var rest] => Compare("reading", Number(rest, 0, 3), 1 / 1.5, () => 1 / Load(file),
        () => 1 / Peer("table", file)),
    ["decode", var folder, .. var rest] => Decode(folder, Number(rest, 0, 5), rest.Length > 1 ? rest[1] : null),
    ["train", .. var rest] => Train(rest),
    _ => throw new ArgumentException("draw-table, draw-pictures, load, decode or train: see this file's first lines"),
};

static int Number(string[] words, int place, int usual) => words.Length > place ? int.Parse(words[place]) : usual;

static int DrawTable(string file, int rows)
{
    using var writer = new StreamWriter(file);
    writer.WriteLine(string.Join(',', Enumerable.Range(0, Columns).Select(c => $"x{c}")) + ",label");
    var random = new Random(1);
    for (int row = 0; row < rows; row++)
    {
        double sum = 0;
        for (int c = 0; c < Columns; c++)
        {
            // Normal, by twelve uniform numbers.
            double x = -6;
            for (int i = 0; i < 12; i++)
                x += random.NextDouble();
            sum += x * Math.Sin(c);
            writer.Write(x.ToString("F6"));
            writer.Write(',');
        }
        writer.WriteLine(sum > 0 ? "yes" : "no");
    }
    return 0;
}

// Ten classes by the number of discs; what they lie on has as much detail as a photo, so that files are as large. What
// is there already stays.
static int DrawPictures(string folder, int count, int side)
{
    for (int c = 0; c < 10; c++)
        Directory.CreateDirectory(Path.Combine(folder, $"discs-{c}"));
    var cores = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
    Parallel.For(0, count, cores, i =>
    {
        string path = Path.Combine(folder, $"discs-{i % 10}", $"{i:D6}.jpg");
        if (!File.Exists(path))
            File.WriteAllBytes(path, Picture(i, side));
    });
    return 0;
}

static byte[] Picture(int number, int side)
{
    var random = new Random(number);
    using var picture = new SKBitmap(new SKImageInfo(side, side, SKColorType.Rgba8888, SKAlphaType.Opaque));
    Span<byte> pixels = picture.GetPixelSpan();
    random.NextBytes(pixels);
    double period = 20 + 60 * random.NextDouble();
    for (int y = 0; y < side; y++)
    {
        int wave = 100 + (int)(60 * Math.Sin(y / period * 2 * Math.PI));
        for (int i = y * side * 4; i < (y + 1) * side * 4; i++)
            pixels[i] = (byte)(i % 4 == 3 ? 255 : wave + 15 * (i % 4) + pixels[i] % 24);
    }
    using var canvas = new SKCanvas(picture);
    for (int disc = 0; disc < number % 10; disc++)
    {
        using var paint = new SKPaint { Color = new SKColor((uint)random.NextInt64(1L << 32) | 0xff000000) };
        canvas.DrawCircle(random.Next(side), random.Next(side), 8 + random.Next(side / 16), paint);
    }
    using SKData data = picture.Encode(SKEncodedImageFormat.Jpeg, 90);
    return data.ToArray();
}

static double Load(string file)
{
    GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
    GC.Collect();
    long start = Stopwatch.GetTimestamp();
    DataSource source = DataSource.Open(file);
    double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
    Console.WriteLine($"  {source.Parts.Train.Count} rows in {seconds:F2} s");
    return seconds;
}

int Decode(string folder, int rounds, string? size)
{
    int side = size is not null ? int.Parse(size) : ImageFile.ReadHeader(Directory.EnumerateFiles(folder, "*.jpg",
        SearchOption.AllDirectories).First()).Height;
    Dataset pictures = ImageFolder.Open(folder, "pictures",
        new() { Height = side, Width = side, CacheBytes = 0 }).Train;
    int round = 0;
    return Compare($"decoding to {side}×{side} on {Workers} workers, by pictures a second,", rounds, 0.9,
        () => PicturesASecond(pictures, ++round), () => Peer(["pictures", folder, $"{Workers}", $"{Batch}",
            $"{Seconds}", .. size is null ? Array.Empty<string>() : [size]]));
}

static double PicturesASecond(Dataset pictures, int seed)
{
    var batches = new Batches(pictures, new() { Size = Batch, Workers = Workers, Seed = (ulong)seed });
    long count = -2 * Workers, start = 0;
    foreach (var (_, labels) in batches)
    {
        if (start == 0)
            start = ++count == 0 ? Stopwatch.GetTimestamp() : 0;
        else if ((count += labels.Shape[0]) > 0 && Stopwatch.GetElapsedTime(start).TotalSeconds > Seconds)
            break;
    }
    return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
}

// Both sides in turn, by speed.
static int Compare(string what, int rounds, double wanted, Func<double> ours, Func<double> theirs)
{
    double[] ratios = new double[rounds];
    for (int round = 0; round < rounds; round++)
    {
        double mine = ours(), other = theirs();
        ratios[round] = mine / other;
        Console.WriteLine($"round {round + 1}: Hondo {mine:G4}, peer {other:G4}, ratio {ratios[round]:F2}");
    }
    Array.Sort(ratios);
    double median = ratios[rounds / 2];
    Console.WriteLine($"{what} {median:F2} of the peer's speed, {1 / median:F2} of its time (median of {rounds}; "
        + $"{ratios[0]:F2} to {ratios[^1]:F2}; wanted: {wanted:F2})");
    return median >= wanted ? 0 : 1;
}

double Peer(params string[] words)
{
    var start = new ProcessStartInfo("/usr/bin/python3", [Path.Combine(home, "data.py"), .. words])
    {
        RedirectStandardOutput = true,
    };
    using Process process = Process.Start(start)!;
    string said = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return double.Parse(said.Split(' ')[0]);
}

int Train(string[] options)
{
    using Process process = Process.Start(Path.Combine(home, "..", "hondo"), ["train", .. options]);
    long peak = 0;
    var clock = Stopwatch.StartNew();
    while (!process.WaitForExit(20))
        peak = Math.Max(peak, Peak(process.Id));
    Console.WriteLine($"peak {peak / 1e6:F0} MB in {clock.Elapsed.TotalSeconds:F0} s");
    return process.ExitCode;
}

// VmHWM is the most that was ever resident, in KiB.
static long Peak(int process)
{
    try
    {
        string? line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(text => text.StartsWith("VmHWM"));
        return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024;
    }
    catch (IOException)
    {
        return 0;
    }
}

static string Source([CallerFilePath] string path = "") => path;
