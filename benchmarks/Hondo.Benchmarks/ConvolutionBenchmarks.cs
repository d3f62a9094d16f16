using BenchmarkDotNet.Attributes;
using Hondo.Kernels;

namespace Hondo.Benchmarks;

/// <summary>Convolutions of the named networks, forward and backward, and other kernels and strides.</summary>
public class ConvolutionBenchmarks
{
    AlignedNumbers _x = new(0), _w = new(0), _b = new(0), _y = new(0), _dx = new(0), _dw = new(0);

    /// <summary>The convolutions.</summary>
    public static IEnumerable<ConvolutionShape> Shapes =>
    [
        new(128, 8, 64, 64, 3, 1, 1), new(128, 16, 32, 32, 3, 1, 1), new(128, 32, 16, 16, 3, 1, 1),
        new(128, 13, 32, 64, 3), new(128, 32, 16, 32, 3, 2, 1), new(128, 16, 32, 64, 3, 2, 1),
        new(128, 32, 16, 32, 1, 2), new(128, 8, 64, 64, 1), new(16, 13, 256, 256, 3, 1, 1),
        new(64, 16, 32, 32, 5, 1, 2), new(64, 16, 32, 32, 7, 1, 3), new(2, 227, 3, 96, 11, 4),
        new(16, 112, 3, 64, 7, 2, 3), new(128, 28, 1, 32, 3), new(128, 28, 1, 6, 5, 1, 2),
        new(128, 14, 6, 16, 5), new(128, 32, 3, 16, 3, 1, 1), new(32, 16, 64, 64, 3, 1, 1, 2),
        new(1, 8, 64, 64, 3, 1, 1),
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
        (_y, _b) = (new(sizes.OutputLength), new(sizes.Outputs));
        Peaks.Measure(Threads);
    }

    /// <summary>Measures the peak as it is under load.</summary>
    [GlobalCleanup]
    public void Cleanup() => Peaks.Measure(Threads);

    /// <summary>y = x ∗ w + b.</summary>
    [Benchmark, Work(Flops = 2)]
    public void Forward() =>
        Convolution.Forward<float>(Shape.Sizes, _x.Span, _w.Span, _b.Span, _y.Span, accumulate: false);

    /// <summary>The gradient of x.</summary>
    [Benchmark, Work(Flops = 2)]
    public void Backward() =>
        Convolution.Backward<float>(Shape.Sizes, _y.Span, _w.Span, default, _dx.Span, accumulate: false);

    /// <summary>The gradient of w.</summary>
    [Benchmark, Work(Flops = 2)]
    public void BackwardWeights() =>
        Convolution.BackwardWeights<float>(Shape.Sizes, _x.Span, _y.Span, _dw.Span, accumulate: false);

    internal static float[] Numbers(int count)
    {
        var random = new Random(1);
        var numbers = new float[count];
        for (int i = 0; i < count; i++)
            numbers[i] = random.NextSingle() - 0.5f;
        return numbers;
    }
}
