using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hondo.Kernels;

/// <summary>
/// Reductions with a fixed order of additions: the same bits for every SIMD width and number of threads. Blocks of
/// 4,096 numbers are summed in four chains of 16 lanes and a fixed tree, the blocks' sums in float64, so that ten
/// million float32 numbers keep a relative error of 10⁻⁶.
/// </summary>
static unsafe class Reduction
{
    internal const int Lanes = 16;
    const int Block = 4096;
    const int Part = 16 * Block;

    /// <summary>Σ x.</summary>
    public static double Sum<T>(ReadOnlySpan<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Sum(new First(), x, x);

    /// <summary>Σ x².</summary>
    public static double SumOfSquares<T>(ReadOnlySpan<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Sum(new Multiply(), x, x);

    /// <summary>Σ x · z.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> z)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Sum(new Multiply(), x, z);

    /// <summary>Σ f(x, z), without memory for the terms.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Sum<F, T>(F f, ReadOnlySpan<T> x, ReadOnlySpan<T> z)
        where F : struct, IBinary where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (x.Length != z.Length)
            throw new ArgumentException($"A sum over two arrays got {x.Length} and {z.Length} numbers: give as many.");
        int parts = (x.Length + Part - 1) / Part;
        fixed (T* px = x, pz = z)
        {
            if (parts <= 1)
                return new SumJob<F, T>(f, px, pz, x.Length, null).Of(0);
            double* sums = Scratch.Shared<double>(parts);
            Workers.Run(parts, new SumJob<F, T>(f, px, pz, x.Length, sums));
            double total = 0;
            for (int part = 0; part < parts; part++)
                total += sums[part];
            return total;
        }
    }

    /// <summary>y = Σ over the rows of x      [rows, columns] → [columns]; or y += that.</summary>
    public static void SumRows<T>(ReadOnlySpan<T> x, int rows, int columns, Span<T> y, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (x.Length != rows * columns || y.Length != columns)
            throw new ArgumentException($"The sum of {rows} rows of {columns} numbers got {x.Length} numbers and "
                + $"room for {y.Length}: give {rows * columns} and {columns}.");
        fixed (T* px = x, py = y)
            ColumnSums<T>.Run(px, rows, columns, py, accumulate);
    }

    readonly struct SumJob<F, T>(F f, T* x, T* z, int length, double* sums) : IJob
        where F : struct, IBinary where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int part) => sums[part] = Of(part);

        public double Of(int part)
        {
            double total = 0;
            int end = Math.Min(length, (part + 1) * Part);
            for (int i = part * Part; i < end; i += Block)
                total += double.CreateTruncating(OfBlock(i, Math.Min(Block, end - i)));
            return total;
        }

        T OfBlock(int start, int count) =>
            Vector512.IsHardwareAccelerated ? OfBlock<Lanes512<T>>(x + start, z + start, count)
            : Vector256.IsHardwareAccelerated ? OfBlock<Lanes256<T>>(x + start, z + start, count)
            : Vector128.IsHardwareAccelerated ? OfBlock<Lanes128<T>>(x + start, z + start, count)
            : OfBlock<Scalar<T>>(x + start, z + start, count);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        [SkipLocalsInit]
        T OfBlock<V>(T* p, T* q, int count) where V : struct, ILanes<V, T>
        {
            T* lanes = stackalloc T[Lanes];
            int quarter = count / (4 * Lanes) * Lanes, whole = count / Lanes * Lanes;
            for (int lane = 0; lane < Lanes; lane += V.Width)
            {
                // Four chains: an addition takes three cycles, but two can start in each.
                V a = V.Zero, b = V.Zero, c = V.Zero, d = V.Zero;
                for (int i = lane; i < quarter; i += Lanes)
                {
                    a += Term<V>(p, q, i);
                    b += Term<V>(p, q, quarter + i);
                    c += Term<V>(p, q, 2 * quarter + i);
                    d += Term<V>(p, q, 3 * quarter + i);
                }
                for (int i = 4 * quarter + lane; i < whole; i += Lanes)
                    a += Term<V>(p, q, i);
                V.Store((a + b) + (c + d), ref *lanes, lane);
            }
            if (whole < count)
                AddRest<V>(p + whole, q + whole, count - whole, lanes);
            return Tree(lanes);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V Term<V>(T* p, T* q, int i) where V : struct, ILanes<V, T> => f.Apply(V.Load(ref *p, i), V.Load(ref *q, i));

        void AddRest<V>(T* p, T* q, int count, T* lanes) where V : struct, ILanes<V, T>
        {
            T* pad = stackalloc T[2 * Lanes];
            for (int k = 0; k < count; k++)
                (pad[k], pad[Lanes + k]) = (p[k], q[k]);
            for (int k = 0; k < Lanes; k += V.Width)
                V.Store(Term<V>(pad, pad + Lanes, k), ref *pad, k);
            for (int k = 0; k < count; k++)
                lanes[k] += pad[k];
        }

        static T Tree(T* lanes)
        {
            for (int half = Lanes / 2; half > 0; half /= 2)
                for (int k = 0; k < half; k++)
                    lanes[k] += lanes[k + half];
            return lanes[0];
        }
    }

    readonly struct First : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x, V z) where V : struct, ILanes<V> => x;
    }

    readonly struct Multiply : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x, V z) where V : struct, ILanes<V> => x * z;
    }
}
