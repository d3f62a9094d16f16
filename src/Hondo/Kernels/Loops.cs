using System.Numerics;

namespace Hondo.Kernels;

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
