using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Hondo.Kernels;

/// <summary>The sum of squares, in an order of additions that no SIMD width and no number of threads changes.</summary>
public static class Norm
{
    const int Virtual = 16;
    const int Block = 4096;

    /// <summary>Σ x²: blocks of 4,096 numbers in 16 lanes and a fixed tree, the blocks' sums in float64.</summary>
    public static double SumOfSquares<T>(ReadOnlySpan<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> lanes = stackalloc T[Virtual];
        double total = 0;
        for (int i = 0; i < x.Length; i += Block)
        {
            ReadOnlySpan<T> block = x.Slice(i, Math.Min(Block, x.Length - i));
            if (Vector512.IsHardwareAccelerated)
                Run<Lanes512<T>, T>(block, lanes);
            else if (Vector256.IsHardwareAccelerated)
                Run<Lanes256<T>, T>(block, lanes);
            else if (Vector128.IsHardwareAccelerated)
                Run<Lanes128<T>, T>(block, lanes);
            else
                Run<Scalar<T>, T>(block, lanes);
            total += double.CreateTruncating(Tree(lanes));
        }
        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Run<V, T>(ReadOnlySpan<T> x, Span<T> lanes)
        where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref T from = ref MemoryMarshal.GetReference(x), to = ref MemoryMarshal.GetReference(lanes);
        int whole = x.Length & -Virtual;
        for (int lane = 0; lane < Virtual; lane += V.Width)
        {
            V sum = V.Zero;
            for (int i = lane; i < whole; i += Virtual)
            {
                V v = V.Load(ref from, i);
                sum = V.FusedMultiplyAdd(v, v, sum);
            }
            V.Store(sum, ref to, lane);
        }
        for (int i = whole; i < x.Length; i++)
            lanes[i - whole] = T.FusedMultiplyAdd(x[i], x[i], lanes[i - whole]);
    }

    static T Tree<T>(Span<T> lanes) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int half = Virtual / 2; half > 0; half /= 2)
            for (int k = 0; k < half; k++)
                lanes[k] += lanes[k + half];
        return lanes[0];
    }
}
