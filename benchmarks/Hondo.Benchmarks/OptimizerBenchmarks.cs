using BenchmarkDotNet.Attributes;
using Hondo.Serialization;

namespace Hondo.Benchmarks;

/// <summary>Every optimizer's update of ten million numbers, beside the bandwidth of memory.</summary>
public class OptimizerBenchmarks
{
    /// <summary>The optimizers.</summary>
    public static IEnumerable<OptimizerCase> Optimizers =>
        OptimizerCatalog.All.Signatures.Select(signature => new OptimizerCase(signature.Name));

    /// <summary>Thread counts.</summary>
    public static IEnumerable<int> ThreadCounts => Peaks.Threads;

    /// <summary>The optimizer to measure.</summary>
    [ParamsSource(nameof(Optimizers))]
    public OptimizerCase Optimizer { get; set; } = null!;

    /// <summary>How many threads.</summary>
    [ParamsSource(nameof(ThreadCounts))]
    public int Threads { get; set; }

    /// <summary>Makes the numbers and measures the peak.</summary>
    [GlobalSetup]
    public void Setup()
    {
        Optimizer.Start();
        Peaks.Measure(Threads);
    }

    /// <summary>One update.</summary>
    [Benchmark, Work(Bytes = 4)]
    public void Update() => Optimizer.Update();
}
