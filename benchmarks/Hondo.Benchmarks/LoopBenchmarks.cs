using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using Hondo.Kernels;
using Hondo.Optimizers;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Benchmarks;

/// <summary>Elementwise loops, reductions and an optimizer's step; in the cache and from memory.</summary>
public class LoopBenchmarks
{
    float[] _x = [], _y = [], _mean = [], _squares = [];

    /// <summary>The lengths: in the second-level cache, and far larger than any.</summary>
    public static IEnumerable<Length> Lengths => [new(1 << 16), new(10_000_000)];

    /// <summary>Thread counts.</summary>
    public static IEnumerable<int> ThreadCounts => Peaks.Threads;

    /// <summary>How many numbers.</summary>
    [ParamsSource(nameof(Lengths))]
    public Length Length { get; set; }

    /// <summary>How many threads.</summary>
    [ParamsSource(nameof(ThreadCounts))]
    public int Threads { get; set; }

    /// <summary>Fills the arrays and measures the peak.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _x = new float[Length.Count];
        for (int i = 0; i < _x.Length; i++)
            _x[i] = random.NextSingle() * 8 - 4;
        (_y, _mean, _squares) = (new float[_x.Length], new float[_x.Length], new float[_x.Length]);
        Peaks.Measure(Threads);
    }

    /// <summary>y = max(0, x).</summary>
    [Benchmark, Work(Bytes = 8)]
    public void Relu() => Loops.Map(new ReluFormula(), (ReadOnlySpan<float>)_x, _y);

    /// <summary>The sum.</summary>
    [Benchmark, Work(Bytes = 4)]
    public double Sum() => Reduction.Sum((ReadOnlySpan<float>)_x);

    /// <summary>The sums of columns, as of a bias's gradient.</summary>
    [Benchmark, Work(Bytes = 4)]
    public void SumRows() => Reduction.SumRows((ReadOnlySpan<float>)_x, _x.Length / 500, 500, _y.AsSpan(0, 500), false);

    /// <summary>Softmax of rows of 10.</summary>
    [Benchmark, Work(Bytes = 8)]
    public void SoftmaxRows() => Softmax.Rows((ReadOnlySpan<float>)_x, _x.Length / 10, 10, _y);

    /// <summary>One step of Adam: values, gradients and two states.</summary>
    [Benchmark, Work(Bytes = 28)]
    public void Adam() => Updates.Run(new AdamRule(1e-3, 0.9, 0.999, 1, 1e-8), (Span<float>)_y, _x, _mean, _squares);

    readonly struct ReluFormula : IUnary
    {
        [MethodImpl(AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => V.Max(x, V.Zero);
    }
}
