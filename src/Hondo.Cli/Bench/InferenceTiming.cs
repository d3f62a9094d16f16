using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;
using Hondo.Inference;
using Hondo.Kernels;
using Hondo.Layers;
using Hondo.Models;
using Hondo.Tensors;

namespace Hondo.Cli.Bench;

/// <summary>
/// The speed of a model that is only used, as the PyTorch script infer.py measures it: warm up a second, then windows
/// of half a second. Batch norms are folded, as PyTorch's freezing does.
/// </summary>
sealed record InferenceTiming(
    [property: JsonPropertyName("workload")] string Workload,
    [property: JsonPropertyName("threads")] int Threads,
    [property: JsonPropertyName("samples_per_s")] double SamplesPerSecond,
    [property: JsonPropertyName("ms_per_step")] double MillisecondsPerStep,
    [property: JsonPropertyName("min_ms")] double MinimumMilliseconds,
    [property: JsonPropertyName("max_ms")] double MaximumMilliseconds,
    [property: JsonPropertyName("steps_per_window")] int StepsPerWindow,
    [property: JsonPropertyName("windows")] int Windows,
    [property: JsonPropertyName("peak_rss_mb")] double PeakMegabytes)
{
    const string Prefix = "infer_";

    /// <summary>What can be timed.</summary>
    public const string Names = "infer_<lenet5|keras_cnn|resnet20|squeezenet|mlp>_b<batch>";

    /// <summary>True for the names of inference workloads.</summary>
    public static bool IsNamed(string workload) => workload.StartsWith(Prefix, StringComparison.Ordinal);

    /// <exception cref="UsageException">The name names no model or batch.</exception>
    public static InferenceTiming Measure(string workload, int windows)
    {
        (Predictor model, Tensor x) = Parse(workload);
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < 1)
            model.Forward(x);
        start = Stopwatch.GetTimestamp();
        int steps = 0;
        for (; Stopwatch.GetElapsedTime(start).TotalSeconds < 0.5; steps++)
            model.Forward(x);
        var milliseconds = new double[windows];
        for (int window = 0; window < windows; window++)
        {
            start = Stopwatch.GetTimestamp();
            for (int i = 0; i < steps; i++)
                model.Forward(x);
            milliseconds[window] = Stopwatch.GetElapsedTime(start).TotalMilliseconds / steps;
        }
        Array.Sort(milliseconds);
        double median = (milliseconds[(windows - 1) / 2] + milliseconds[windows / 2]) / 2;
        return new(workload, Workers.Count, Math.Round(1000 * x.Shape[0] / median, 1), Math.Round(median, 4),
            Math.Round(milliseconds[0], 4), Math.Round(milliseconds[^1], 4), steps, windows,
            Math.Round(Process.GetCurrentProcess().PeakWorkingSet64 / (1024.0 * 1024), 1));
    }

    static (Predictor Model, Tensor X) Parse(string workload)
    {
        int place = workload.LastIndexOf("_b", StringComparison.Ordinal);
        if (place < Prefix.Length || !int.TryParse(workload.AsSpan(place + 2), NumberStyles.None,
            CultureInfo.InvariantCulture, out int batch) || batch < 1)
            throw new UsageException($"There is no workload '{workload}': inference is {Names}.");
        (Layer model, Shape sample) = workload[Prefix.Length..place] switch
        {
            "lenet5" => Make("lenet5"),
            "keras_cnn" => Make("cnn"),
            "resnet20" => Make("resnet20"),
            "squeezenet" => Make("squeezenet"),
            "mlp" => Make("mlp"),
            _ => throw new UsageException($"There is no workload '{workload}': inference is {Names}."),
        };
        var random = new Philox(1, RandomStream.Of("images"));
        float[] pixels = [.. Enumerable.Range(0, batch * sample.Size).Select(i => (float)random.Normal(i))];
        return (new(model), Tensor.Of(pixels, [batch, .. sample]));
    }

    static (Layer Model, Shape Sample) Make(string name)
    {
        (Shape sample, int outputs) = ModelCatalog.UsualData(name);
        return (ModelCatalog.Parse(name, sample, outputs), sample);
    }
}
