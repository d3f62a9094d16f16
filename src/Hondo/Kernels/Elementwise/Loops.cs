using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hondo.Kernels;

/// <summary>
/// y = f(x), number by number. Mark every implementation AggressiveInlining (3–5 times slower without).
/// </summary>
public interface IUnary
{
    /// <summary>The formula.</summary>
    V Apply<V>(V x) where V : struct, ILanes<V>;
}

/// <summary>
/// z = f(x, y), number by number. Mark every implementation AggressiveInlining (3–5 times slower without).
/// </summary>
public interface IBinary
{
    /// <summary>The formula.</summary>
    V Apply<V>(V x, V y) where V : struct, ILanes<V>;
}

/// <summary>
/// w = f(x, y, z), number by number. Mark every implementation AggressiveInlining (3–5 times slower without).
/// </summary>
interface ITernary
{
    /// <summary>The formula.</summary>
    V Apply<V>(V x, V y, V z) where V : struct, ILanes<V>;
}

/// <summary>
/// Elementwise loops: a formula, over one, two or three inputs, at the widest registers that the machine has. Long
/// arrays are cut into chunks of a fixed length, so that the split never depends on the number of threads.
/// </summary>
public static unsafe class Loops
{
    internal const int Chunk = 1 << 14;

    /// <summary>y = f(x), element by element; y may be an input.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Map<F, T>(F f, ReadOnlySpan<T> x, Span<T> y)
        where F : struct, IUnary where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Run(new OfOne<F>(f), x, x, x, y, adds: false);

    /// <summary>y += f(x), element by element; y may be an input.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Accumulate<F, T>(F f, ReadOnlySpan<T> x, Span<T> y)
        where F : struct, IUnary where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Run(new OfOne<F>(f), x, x, x, y, adds: true);

    /// <summary>y = f(x, z), element by element; y may be an input.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Map<F, T>(F f, ReadOnlySpan<T> x, ReadOnlySpan<T> z, Span<T> y)
        where F : struct, IBinary where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Run(new OfTwo<F>(f), x, z, x, y, adds: false);

    /// <summary>y += f(x, z), element by element; y may be an input.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Accumulate<F, T>(F f, ReadOnlySpan<T> x, ReadOnlySpan<T> z, Span<T> y)
        where F : struct, IBinary where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Run(new OfTwo<F>(f), x, z, x, y, adds: true);

    /// <summary>y = f(x, z, u), element by element; y may be an input.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    internal static void Map<F, T>(F f, ReadOnlySpan<T> x, ReadOnlySpan<T> z, ReadOnlySpan<T> u, Span<T> y)
        where F : struct, ITernary where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Run(new OfThree<F>(f), x, z, u, y, adds: false);

    /// <summary>y += f(x, z, u), element by element; y may be an input.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    internal static void Accumulate<F, T>(F f, ReadOnlySpan<T> x, ReadOnlySpan<T> z, ReadOnlySpan<T> u, Span<T> y)
        where F : struct, ITernary where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Run(new OfThree<F>(f), x, z, u, y, adds: true);

    static void Run<F, T>(F f, ReadOnlySpan<T> x, ReadOnlySpan<T> z, ReadOnlySpan<T> u, Span<T> y, bool adds)
        where F : struct, IFormula where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (x.Length != y.Length || z.Length != y.Length || u.Length != y.Length)
            throw new ArgumentException("An elementwise loop got arrays of different lengths: "
                + $"{x.Length}, {z.Length}, {u.Length} into {y.Length}.");
        fixed (T* px = x, pz = z, pu = u, py = y)
        {
            var job = new LoopJob<F, T>(f, px, pz, pu, py, y.Length, adds);
            if (y.Length <= Chunk)
                job.Run(0);
            else
                Workers.Run((y.Length + Chunk - 1) / Chunk, job);
        }
    }
}

/// <summary>f(x) = x: with <see cref="Loops.Accumulate{F, T}(F, ReadOnlySpan{T}, Span{T})"/> a sum of arrays.</summary>
readonly struct Identity : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : struct, ILanes<V> => x;
}

/// <summary>factor · x.</summary>
readonly struct Scale(double factor) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : struct, ILanes<V> => x * V.Create(factor);
}

/// <summary>x + shift.</summary>
readonly struct Shifted(double shift) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V x) where V : struct, ILanes<V> => x + V.Create(shift);
}
