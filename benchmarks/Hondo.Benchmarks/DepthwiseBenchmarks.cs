using BenchmarkDotNet.Attributes;
using Hondo.Kernels;

namespace Hondo.Benchmarks;

/// <summary>
/// Convolutions of each channel by itself, against what arithmetic and memory let through. Arrays that fit are warm in
/// the caches.
/// </summary>
public class DepthwiseBenchmarks
{
    AlignedNumbers _x = new(0), _w = new(0), _y = new(0), _dx = new(0), _dw = new(0);

    /// <summary>The convolutions.</summary>
    public static IEnumerable<ConvolutionShape> Shapes =>
    [
        new(32, 32, 64, 64, 3, 1, 1, 64), new(32, 28, 128, 128, 3, 2, 1, 128), new(32, 14, 512, 512, 3, 1, 1, 512),
        new(32, 14, 192, 192, 5, 1, 2, 192),
    ];

    /// <summary>Thread counts.</summary>
    public static IEnumerable<int> ThreadCounts => Peaks.Threads;

    /// <summary>The convolution to measure.</summary>
    [ParamsSource(nameof(Shapes))]
    public ConvolutionShape Shape { get; set; }

    /// <summary>How many threads.</summary>
    [ParamsSource(nameof(ThreadCounts))]
    public int Threads { get; set; }

    /// <summary>Fills the arrays and measures the peak.</summary>
    [GlobalSetup]
    public void Setup()
    {
        ConvolutionSizes sizes = Shape.Sizes;
        (_x, _dx) = (new(sizes.InputLength), new(sizes.InputLength));
        (_w, _dw) = (new(sizes.WeightLength), new(sizes.WeightLength));
        _y = new(sizes.OutputLength);
        Peaks.Measure(Threads);
    }

    /// <summary>Measures the peak as it is under load.</summary>
    [GlobalCleanup]
    public void Cleanup() => Peaks.Measure(Threads);

    /// <summary>y = x ∗ w.</summary>
    [Benchmark, Work(Bytes = 4)]
    public void Forward() =>
        Convolution.Forward<float>(Shape.Sizes, _x.Span, _w.Span, default, _y.Span, accumulate: false);

    /// <summary>The gradient of x.</summary>
    [Benchmark, Work(Bytes = 4)]
    public void Backward() =>
        Convolution.Backward<float>(Shape.Sizes, _y.Span, _w.Span, default, _dx.Span, accumulate: false);

    /// <summary>The gradient of w.</summary>
    [Benchmark, Work(Bytes = 4)]
    public void BackwardWeights() =>
        Convolution.BackwardWeights<float>(Shape.Sizes, _x.Span, _y.Span, _dw.Span, accumulate: false);
}
