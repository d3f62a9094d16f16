using System.Diagnostics;
using System.Text.Json.Serialization;
using Hondo.Kernels;
using Hondo.Tensors;
using Hondo.Training;

namespace Hondo.Cli.Bench;

/// <summary>The speed of one workload, as a line of JSON with the field names of the PyTorch scripts.</summary>
sealed record WorkloadTiming(
    [property: JsonPropertyName("workload")] string Workload,
    [property: JsonPropertyName("threads")] int Threads,
    [property: JsonPropertyName("samples_per_s")] double? SamplesPerSecond,
    [property: JsonPropertyName("chars_per_s")] double? CharactersPerSecond,
    [property: JsonPropertyName("ms_per_step")] double MillisecondsPerStep,
    [property: JsonPropertyName("min_ms")] double MinimumMilliseconds,
    [property: JsonPropertyName("max_ms")] double MaximumMilliseconds,
    [property: JsonPropertyName("steps_per_window")] int StepsPerWindow,
    [property: JsonPropertyName("windows")] int Windows,
    [property: JsonPropertyName("final_loss")] double FinalLoss,
    [property: JsonPropertyName("test_accuracy")] double? TestAccuracy,
    [property: JsonPropertyName("allocated_bytes_per_step")] double AllocatedBytesPerStep,
    [property: JsonPropertyName("peak_rss_mb")] double PeakMegabytes,
    [property: JsonPropertyName("first_step_ms")] double FirstStepMilliseconds)
{
    // From the start of the process to the first workload; taken once, so that a second workload does not wait for it.
    static readonly double Startup = SinceStart();

    static readonly TimeSpan ShortestWarmUp = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Trains one window to warm up and then the timed ones. A step is: fetch the batch, forward, loss, backward,
    /// update, read the loss.
    /// </summary>
    public static WorkloadTiming Measure(Workload workload, int windows)
    {
        double startup = Startup;
        long begin = Stopwatch.GetTimestamp();
        WorkloadParts parts = workload.Start();
        var tape = new Tape();
        double[] rates = new double[windows], milliseconds = new double[windows], allocated = new double[windows];
        (double loss, double firstStep, double? peak) = (0, 0, null);
        for (int window = -1; window < windows; window++)
        {
            long bytes = GC.GetTotalAllocatedBytes(precise: true), start = Stopwatch.GetTimestamp();
            if (window < 0)
            {
                Train(parts, tape, 1, window);
                firstStep = startup + Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
            }
            (loss, int samples) = Train(parts, tape, workload.Steps, window);
            TimeSpan time = Stopwatch.GetElapsedTime(start);
            if (window < 0)
            {
                peak = WarmUp(workload, start);
                continue;
            }
            rates[window] = samples / time.TotalSeconds;
            milliseconds[window] = time.TotalMilliseconds / workload.Steps;
            // The first short batch of an epoch is recorded once, in one of the windows: the median leaves it out.
            allocated[window] = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        }
        double rate = Round(Median(rates), 1);
        bool isText = parts.Batches is TextStream;
        return new(workload.Name, Workers.Count, isText ? null : rate, isText ? rate : null,
            Round(Median(milliseconds), 4), Round(milliseconds.Min(), 4), Round(milliseconds.Max(), 4), workload.Steps,
            windows, Round(loss, 5), Accuracy(parts), Round(Median(allocated) / workload.Steps, 2),
            Round(peak ?? PeakMemory(), 1), Round(firstStep, 0));
    }

    // The JIT compiles anew what runs often, but only after 0.1 s that brought nothing new: windows of tiny steps would
    // be over by then. A copy is trained meanwhile, so that the timed steps do the work that they always do.
    // What memory it took before the copy, if there was one.
    static double? WarmUp(Workload workload, long start)
    {
        if (Stopwatch.GetElapsedTime(start) >= ShortestWarmUp)
            return null;
        double peak = PeakMemory();
        WorkloadParts copy = workload.Start();
        var tape = new Tape();
        while (Stopwatch.GetElapsedTime(start) < ShortestWarmUp)
            Train(copy, tape, workload.Steps, -1);
        return peak;
    }

    /// <summary>Where the time of a workload's steps goes.</summary>
    public static Profiler Profile(Workload workload)
    {
        WorkloadParts parts = workload.Start();
        var tape = new Tape();
        Train(parts, tape, workload.Steps, -1);
        var profiler = new Profiler();
        profiler.Start();
        Train(parts, tape, workload.Steps, 0, profiler);
        profiler.Stop();
        return profiler;
    }

    static double SinceStart()
    {
        using var process = Process.GetCurrentProcess();
        return (DateTime.Now - process.StartTime).TotalMilliseconds;
    }

    static (double MeanLoss, int Samples) Train(WorkloadParts parts, Tape tape, int steps, int window,
        Profiler? profiler = null)
    {
        double total = 0;
        int samples = 0;
        for (int i = 0; i < steps; i++)
        {
            using var step = tape.Open(new(Mode.Training, 1, (window + 1L) * steps + i));
            (Tensor inputs, Tensor targets) = parts.Batches.Next();
            Tensor loss = parts.Loss.Compute(parts.Model.Forward(inputs), targets);
            loss.Backward();
            parts.Optimizer.Step();
            total += loss.Item;
            samples += targets.Size;
            profiler?.EndStep();
        }
        return (total / steps, samples);
    }

    static double? Accuracy(WorkloadParts parts)
    {
        if (parts.Test is null)
            return null;
        var normalization = (parts.Batches as ShuffledBatches)?.Normalization;
        Scores scores = new Evaluator(parts.Model, parts.Loss, parts.Loss.Metrics(), parts.Test,
            normalization).Measure();
        return Round(scores["accuracy"], 4);
    }

    static double PeakMemory()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / (1024.0 * 1024);
    }

    static double Round(double value, int digits) => Math.Round(value, digits);

    static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
