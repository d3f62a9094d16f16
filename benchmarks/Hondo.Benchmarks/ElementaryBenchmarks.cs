using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Hondo.Kernels;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Benchmarks;

/// <summary>Hondo's e^x, tanh and sigmoid beside those of the framework: one thread, numbers in the cache.</summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory), CategoriesColumn]
public class ElementaryBenchmarks
{
    const int Count = 1 << 14;

    readonly float[] _x = new float[Count], _y = new float[Count];

    /// <summary>Fills the array.</summary>
    [GlobalSetup]
    public void Setup()
    {
        Workers.Count = 1;
        var random = new Random(1);
        for (int i = 0; i < Count; i++)
            _x[i] = random.NextSingle() * 8 - 4;
    }

    /// <summary>e^x of the framework.</summary>
    [Benchmark(Baseline = true), BenchmarkCategory("Exp")]
    public void ExpOfTensorPrimitives() => TensorPrimitives.Exp(_x, _y);

    /// <summary>e^x.</summary>
    [Benchmark, BenchmarkCategory("Exp")]
    public void Exp() => Loops.Map(new ExpFormula(), (ReadOnlySpan<float>)_x, _y);

    /// <summary>tanh x of the framework.</summary>
    [Benchmark(Baseline = true), BenchmarkCategory("Tanh")]
    public void TanhOfTensorPrimitives() => TensorPrimitives.Tanh(_x, _y);

    /// <summary>tanh x.</summary>
    [Benchmark, BenchmarkCategory("Tanh")]
    public void Tanh() => Loops.Map(new TanhFormula(), (ReadOnlySpan<float>)_x, _y);

    /// <summary>1 / (1 + e⁻ˣ) of the framework.</summary>
    [Benchmark(Baseline = true), BenchmarkCategory("Sigmoid")]
    public void SigmoidOfTensorPrimitives() => TensorPrimitives.Sigmoid(_x, _y);

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    [Benchmark, BenchmarkCategory("Sigmoid")]
    public void Sigmoid() => Loops.Map(new SigmoidFormula(), (ReadOnlySpan<float>)_x, _y);

    readonly struct ExpFormula : IUnary
    {
        [MethodImpl(AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => V.Exp(x);
    }

    readonly struct TanhFormula : IUnary
    {
        [MethodImpl(AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => V.Tanh(x);
    }

    readonly struct SigmoidFormula : IUnary
    {
        [MethodImpl(AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => V.Sigmoid(x);
    }
}
