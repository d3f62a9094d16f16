using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>
/// Short rows whose length is a multiple of 16, so that no register is ever partly full. Sums run in 16 lanes and a
/// fixed tree.
/// </summary>
static unsafe class LaneRow<V, T> where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int Lanes = 16;

    /// <summary>x in every lane.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Of(T x) => V.Create(double.CreateTruncating(x));

    /// <summary>Σ x · y.</summary>
    [MethodImpl(AggressiveOptimization)]
    [SkipLocalsInit]
    public static T Dot(T* x, T* y, int count)
    {
        T* lanes = stackalloc T[Lanes];
        for (int lane = 0; lane < Lanes; lane += V.Width)
        {
            V sum = V.Zero;
            for (int i = lane; i < count; i += Lanes)
                sum = V.FusedMultiplyAdd(V.Load(ref *x, i), V.Load(ref *y, i), sum);
            V.Store(sum, ref *lanes, lane);
        }
        return Tree(lanes);
    }

    /// <summary>y = softmax(scale · x), scale from 0.</summary>
    [MethodImpl(AggressiveOptimization)]
    [SkipLocalsInit]
    public static void Softmax(T* x, T scale, T* y, int count)
    {
        T* lanes = stackalloc T[Lanes];
        // Subtract the row's maximum: e^x overflows float32 at x > 88.
        V most = Of(Largest(x, count)), times = Of(scale);
        for (int lane = 0; lane < Lanes; lane += V.Width)
        {
            V sum = V.Zero;
            for (int i = lane; i < count; i += Lanes)
            {
                V e = V.Exp(times * (V.Load(ref *x, i) - most));
                V.Store(e, ref *y, i);
                sum += e;
            }
            V.Store(sum, ref *lanes, lane);
        }
        V share = V.One / Of(Tree(lanes));
        for (int i = 0; i < count; i += V.Width)
            V.Store(V.Load(ref *y, i) * share, ref *y, i);
    }

    [SkipLocalsInit]
    static T Largest(T* x, int count)
    {
        T* lanes = stackalloc T[Lanes];
        for (int lane = 0; lane < Lanes; lane += V.Width)
        {
            V most = V.Load(ref *x, lane);
            for (int i = lane + Lanes; i < count; i += Lanes)
                most = V.Max(most, V.Load(ref *x, i));
            V.Store(most, ref *lanes, lane);
        }
        T largest = lanes[0];
        for (int k = 1; k < Lanes; k++)
            largest = lanes[k] > largest || T.IsNaN(lanes[k]) ? lanes[k] : largest;
        return largest;
    }

    static T Tree(T* lanes)
    {
        for (int half = Lanes / 2; half > 0; half /= 2)
            for (int k = 0; k < half; k++)
                lanes[k] += lanes[k + half];
        return lanes[0];
    }
}
