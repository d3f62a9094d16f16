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
public interface ITernary
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
        where F : struct, IUnary where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckLengths(y.Length, x.Length);
        fixed (T* px = x)
        fixed (T* py = y)
            Fork(new Job1<F, T>(f, px, py, y.Length, false), y.Length);
    }

    /// <summary>y += f(x), element by element; y may be an input.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Accumulate<F, T>(F f, ReadOnlySpan<T> x, Span<T> y)
        where F : struct, IUnary where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckLengths(y.Length, x.Length);
        fixed (T* px = x)
        fixed (T* py = y)
            Fork(new Job1<F, T>(f, px, py, y.Length, true), y.Length);
    }

    /// <summary>y = f(x, z), element by element; y may be an input.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Map<F, T>(F f, ReadOnlySpan<T> x, ReadOnlySpan<T> z, Span<T> y)
        where F : struct, IBinary where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckLengths(y.Length, x.Length, z.Length);
        fixed (T* px = x)
        fixed (T* pz = z)
        fixed (T* py = y)
            Fork(new Job2<F, T>(f, px, pz, py, y.Length, false), y.Length);
    }

    /// <summary>y += f(x, z), element by element; y may be an input.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Accumulate<F, T>(F f, ReadOnlySpan<T> x, ReadOnlySpan<T> z, Span<T> y)
        where F : struct, IBinary where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckLengths(y.Length, x.Length, z.Length);
        fixed (T* px = x)
        fixed (T* pz = z)
        fixed (T* py = y)
            Fork(new Job2<F, T>(f, px, pz, py, y.Length, true), y.Length);
    }

    /// <summary>y = f(x, z, u), element by element; y may be an input.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Map<F, T>(F f, ReadOnlySpan<T> x, ReadOnlySpan<T> z, ReadOnlySpan<T> u, Span<T> y)
        where F : struct, ITernary where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckLengths(y.Length, x.Length, z.Length, u.Length);
        fixed (T* px = x)
        fixed (T* pz = z)
        fixed (T* pu = u)
        fixed (T* py = y)
            Fork(new Job3<F, T>(f, px, pz, pu, py, y.Length, false), y.Length);
    }

    /// <summary>y += f(x, z, u), element by element; y may be an input.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Accumulate<F, T>(F f, ReadOnlySpan<T> x, ReadOnlySpan<T> z, ReadOnlySpan<T> u, Span<T> y)
        where F : struct, ITernary where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckLengths(y.Length, x.Length, z.Length, u.Length);
        fixed (T* px = x)
        fixed (T* pz = z)
        fixed (T* pu = u)
        fixed (T* py = y)
            Fork(new Job3<F, T>(f, px, pz, pu, py, y.Length, true), y.Length);
    }

    static void CheckLengths(int y, int x, int z = -1, int u = -1)
    {
        if (x != y || (z >= 0 && z != y) || (u >= 0 && u != y))
            throw new ArgumentException(
                $"An elementwise loop got arrays of different lengths: {x}, {z}, {u} into {y}.");
    }

    static void Fork<TJob>(in TJob job, int length) where TJob : struct, IJob
    {
        if (length <= Chunk)
            job.Run(0);
        else
            Workers.Run((length + Chunk - 1) / Chunk, job);
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
