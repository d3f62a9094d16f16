using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>A formula of one, two or three inputs, as the loop sees it.</summary>
interface IFormula : ITernary
{
    /// <summary>How many inputs it has: known when the loop is compiled.</summary>
    static abstract int Inputs { get; }
}

/// <summary>A formula of one input.</summary>
readonly struct OfOne<F>(F f) : IFormula where F : struct, IUnary
{
    public static int Inputs => 1;

    [MethodImpl(AggressiveInlining)]
    public V Apply<V>(V x, V unused, V unusedToo) where V : struct, ILanes<V> => f.Apply(x);
}

/// <summary>A formula of two inputs.</summary>
readonly struct OfTwo<F>(F f) : IFormula where F : struct, IBinary
{
    public static int Inputs => 2;

    [MethodImpl(AggressiveInlining)]
    public V Apply<V>(V x, V z, V unused) where V : struct, ILanes<V> => f.Apply(x, z);
}

/// <summary>A formula of three inputs.</summary>
readonly struct OfThree<F>(F f) : IFormula where F : struct, ITernary
{
    public static int Inputs => 3;

    [MethodImpl(AggressiveInlining)]
    public V Apply<V>(V x, V z, V u) where V : struct, ILanes<V> => f.Apply(x, z, u);
}

/// <summary>The elementwise loop, one chunk a part.</summary>
readonly unsafe struct LoopJob<F, T>(F f, T* x, T* z, T* u, T* y, int length, bool adds) : IJob, ILoop<T>
    where F : struct, IFormula where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // The longest register holds so many numbers.
    const int Widest = 16;

    public void Run(int part)
    {
        int start = part * Loops.Chunk;
        RegisterWidth.Run<LoopJob<F, T>, T>(this, start, Math.Min(length, start + Loops.Chunk));
    }

    [MethodImpl(AggressiveOptimization)]
    public void Run<V>(int start, int end) where V : struct, ILanes<V, T>
    {
        int i = start;
        for (; i <= end - V.Width; i += V.Width)
            Apply<V>(x, z, u, y, i);
        if (i < end)
            Tail<V>(i, end - i);
    }

    [MethodImpl(AggressiveInlining)]
    void Apply<V>(T* p0, T* p1, T* p2, T* to, int i) where V : struct, ILanes<V, T>
    {
        V result = f.Apply(V.Load(ref *p0, i), F.Inputs > 1 ? V.Load(ref *p1, i) : default,
            F.Inputs > 2 ? V.Load(ref *p2, i) : default);
        V.Store(adds ? V.Load(ref *to, i) + result : result, ref *to, i);
    }

    // A part of a register costs as much as a whole one: the rest is padded, so that short rows are quick too.
    void Tail<V>(int i, int count) where V : struct, ILanes<V, T>
    {
        T* pad = stackalloc T[4 * Widest];
        for (int k = 0; k < count; k++)
        {
            pad[k] = x[i + k];
            pad[Widest + k] = F.Inputs > 1 ? z[i + k] : default;
            pad[2 * Widest + k] = F.Inputs > 2 ? u[i + k] : default;
            pad[3 * Widest + k] = y[i + k];
        }
        Apply<V>(pad, pad + Widest, pad + 2 * Widest, pad + 3 * Widest, 0);
        for (int k = 0; k < count; k++)
            y[i + k] = pad[3 * Widest + k];
    }
}
