using System.Diagnostics;
using Hondo.Inference;
using Hondo.Kernels;
using Hondo.Layers;
using Hondo.Models;
using Hondo.Onnx;
using Hondo.Tensors;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Tensor = Hondo.Tensors.Tensor;

namespace Hondo.Race;

/// <summary>
/// ONNX files, and named models with random weights, in Hondo and in ONNX Runtime, in one process and in turn:
/// milliseconds a call.
/// </summary>
static class OnnxRace
{
    // So long does a worker of ONNX Runtime spin after a call at most; it must not do so beside Hondo's.
    static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(100), Lap = TimeSpan.FromMilliseconds(250);

    /// <summary>Runs the files one after the other and prints a line for each size of batch.</summary>
    public static void Run(RaceOptions options)
    {
        Workers.Count = options.Threads;
        Console.WriteLine($"{"milliseconds a call",-40}{"batch",6}{"Hondo",10}{"ONNX RT",10}{"ratio",7}{"lowest",8}"
            + $"{"highest",8}{"least",7}{"apart",10}   {options.Threads} threads, {options.Rounds} rounds");
        foreach (string file in options.Workloads)
            foreach (int batch in options.Batches)
                Race(file, batch, options);
    }

    static void Race(string file, int batch, RaceOptions options)
    {
        using var settings = new SessionOptions
        {
            IntraOpNumThreads = options.Threads, InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        Layer model = File.Exists(file) ? OnnxModel.Load(file) : Named(file);
        using var session = new InferenceSession(OfAnyBatch(file, model), settings);
        (string name, NodeMetadata input) = session.InputMetadata.First();
        int[] sizes = [batch, .. input.Dimensions[1..]];
        var random = new Random(1);
        float[] numbers = [.. Enumerable.Range(0, sizes.Aggregate(1, (a, b) => a * b)).Select(_ =>
            (float)random.NextDouble() * 2 - 1)];
        NamedOnnxValue[] peer = [NamedOnnxValue.CreateFromTensor(name, new DenseTensor<float>(numbers, sizes))];
        var predictor = new Predictor(model);
        Tensor x = ChannelsLast(numbers, sizes), y = Tensor.Zeros(predictor.Forward(x).Shape);
        var (ours, theirs, least) = Times(() => predictor.Forward(x, y), () => session.Run(peer).Dispose(),
            options.Rounds);
        float[] expected;
        using (var results = session.Run(peer))
            expected = [.. results[0].AsTensor<float>()];
        double scale = expected.Max(Math.Abs);
        double apart = y.ToArray<float>().Zip(expected).Max(pair => Math.Abs(pair.First - pair.Second)) / scale;
        double[] ratios = [.. theirs.Zip(ours, (a, b) => a / b)];
        Console.WriteLine($"{Path.GetFileName(file),-40}{batch,6}{Figures.Median(ours),10:F3}"
            + $"{Figures.Median(theirs),10:F3}{Figures.Median(ratios),7:F2}{ratios.Min(),8:F2}{ratios.Max(),8:F2}"
            + $"{least,7:F2}{apart,10:E1}");
        Figures.Save(options, $"{Path.GetFileNameWithoutExtension(file)} batch {batch}", new()
        {
            ["hondo_ms"] = Figures.Median(ours), ["onnxruntime_ms"] = Figures.Median(theirs),
            ["to_onnxruntime"] = Math.Round(Figures.Median(ratios), 3), ["of_least_times"] = Math.Round(least, 3),
        });
    }

    static Layer Named(string name)
    {
        (Shape sample, int outputs) = ModelCatalog.UsualData(name);
        Layer model = ModelCatalog.Parse(name, sample, outputs);
        model.Initialize(1);
        return model;
    }

    // A file whose batch has one size is written anew, layer for layer.
    static byte[] OfAnyBatch(string file, Layer model)
    {
        bool isFile = File.Exists(file);
        if (isFile && !int.TryParse(OnnxInfo.Read(file).Inputs[0].Type.Split('[', ',')[1], out _))
            return File.ReadAllBytes(file);
        string path = Path.GetTempFileName();
        OnnxExport.Save(model, path, isFile ? OnnxModel.CardOf(file).InputShape : ModelCatalog.UsualData(file).Sample);
        byte[] bytes = File.ReadAllBytes(path);
        File.Delete(path);
        return bytes;
    }

    // Medians of each round, and the ratio of the least times of all calls: on a machine that others use as well, it
    // tells what either side can do.
    static (List<double> Ours, List<double> Theirs, double Least) Times(Action ours, Action theirs, int rounds)
    {
        (Action Run, List<double> Times, List<double> All)[] sides = [(ours, [], []), (theirs, [], [])];
        for (int round = 0; round <= rounds; round++)
            foreach ((Action run, List<double> times, List<double> all) in sides)
            {
                Thread.Sleep(Rest);
                run();
                List<double> lap = [];
                for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < Lap || lap.Count < 3;)
                {
                    long before = Stopwatch.GetTimestamp();
                    run();
                    lap.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
                }
                // The first round is for the JIT.
                if (round > 0)
                    times.Add(Figures.Median(lap));
                all.AddRange(lap);
            }
        return (sides[0].Times, sides[1].Times, sides[1].All.Min() / sides[0].All.Min());
    }

    static Tensor ChannelsLast(float[] numbers, int[] sizes)
    {
        if (sizes is not [var batch, var channels, var height, var width])
            return Tensor.Of(numbers, Shape.Create(sizes));
        var turned = new float[numbers.Length];
        for (int i = 0, area = height * width; i < numbers.Length; i++)
            turned[(i / (channels * area) * area + i % area) * channels + i / area % channels] = numbers[i];
        return Tensor.Of(turned, [batch, height, width, channels]);
    }
}
