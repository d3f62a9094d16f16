using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hondo.Kernels;

/// <summary>
/// Reductions with a fixed order of additions: the same bits for every SIMD width and number of threads.
/// </summary>
public static class Reduction
{
    const int Lanes = 16;
    const int Block = 4096;

    /// <summary>
    /// Σ x: blocks of 4,096 numbers are summed in 16 lanes and a fixed tree, the blocks' sums in float64, so that ten
    /// million float32 numbers keep a relative error of 10⁻⁶.
    /// </summary>
    public static double Sum<T>(ReadOnlySpan<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double total = 0;
        for (int i = 0; i < x.Length; i += Block)
            total += double.CreateTruncating(SumOfBlock(x.Slice(i, Math.Min(Block, x.Length - i))));
        return total;
    }

    /// <summary>Σ f(x, z), without memory for the terms.</summary>
    [SkipLocalsInit]
    public static double Sum<F, T>(F f, ReadOnlySpan<T> x, ReadOnlySpan<T> z)
        where F : struct, IBinary where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> terms = stackalloc T[Block];
        double total = 0;
        for (int i = 0; i < x.Length; i += Block)
        {
            int count = Math.Min(Block, x.Length - i);
            Loops.Map(f, x.Slice(i, count), z.Slice(i, count), terms[..count]);
            total += double.CreateTruncating(SumOfBlock((ReadOnlySpan<T>)terms[..count]));
        }
        return total;
    }

    /// <summary>Σ x · z.</summary>
    public static double Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> z)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Sum(new Multiply(), x, z);

    static T SumOfBlock<T>(ReadOnlySpan<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> lanes = stackalloc T[Lanes];
        lanes.Clear();
        int i = 0;
        for (; i <= x.Length - Lanes; i += Lanes)
            Loops.Map(new Add(), (ReadOnlySpan<T>)lanes, x.Slice(i, Lanes), lanes);
        for (; i < x.Length; i++)
            lanes[i % Lanes] += x[i];
        for (int half = Lanes / 2; half > 0; half /= 2)
            for (int k = 0; k < half; k++)
                lanes[k] += lanes[k + half];
        return lanes[0];
    }

    /// <summary>y = Σ over the rows of x      [rows, columns] → [columns]; or y += that.</summary>
    public static void SumRows<T>(ReadOnlySpan<T> x, int rows, int columns, Span<T> y, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!accumulate)
            y.Clear();
        for (int row = 0; row < rows; row++)
            Loops.Map(new Add(), (ReadOnlySpan<T>)y, x.Slice(row * columns, columns), y);
    }

    readonly struct Add : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x, V y) where V : struct, ILanes<V> => x + y;
    }

    readonly struct Multiply : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x, V y) where V : struct, ILanes<V> => x * y;
    }
}
