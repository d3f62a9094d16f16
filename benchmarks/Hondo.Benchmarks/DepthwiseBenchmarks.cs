using BenchmarkDotNet.Attributes;
using Hondo.Kernels;

namespace Hondo.Benchmarks;

/// <summary>Convolutions of each channel by itself, against what memory lets through.</summary>
public class DepthwiseBenchmarks
{
    float[] _x = [], _w = [], _y = [], _dx = [], _dw = [];

    /// <summary>The convolutions.</summary>
    public static IEnumerable<ConvolutionShape> Shapes =>
        [new(32, 32, 64, 64, 3, 1, 1, 64), new(32, 28, 128, 128, 3, 2, 1, 128), new(32, 14, 512, 512, 3, 1, 1, 512)];

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
        _x = ConvolutionBenchmarks.Numbers(sizes.InputLength);
        _y = ConvolutionBenchmarks.Numbers(sizes.OutputLength);
        _w = ConvolutionBenchmarks.Numbers(sizes.WeightLength);
        (_dx, _dw) = (new float[_x.Length], new float[_w.Length]);
        Peaks.Measure(Threads);
    }

    /// <summary>y = x ∗ w.</summary>
    [Benchmark, Work(Bytes = 4)]
    public void Forward() => Convolution.Forward<float>(Shape.Sizes, _x, _w, default, _y, accumulate: false);

    /// <summary>The gradient of x.</summary>
    [Benchmark, Work(Bytes = 4)]
    public void Backward() => Convolution.Backward<float>(Shape.Sizes, _y, _w, default, _dx, accumulate: false);

    /// <summary>The gradient of w.</summary>
    [Benchmark, Work(Bytes = 4)]
    public void BackwardWeights() => Convolution.BackwardWeights<float>(Shape.Sizes, _x, _y, _dw, accumulate: false);
}
