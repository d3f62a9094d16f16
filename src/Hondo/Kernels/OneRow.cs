using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>
/// Products of one row with weights as they lie, [n, k]: what a network that writes letter by letter does. Packing
/// weights that are used once costs as much as the product: 2.1 ms a letter for two layers of 512 units, 1.2 so. The
/// chain of each output is that of <see cref="Gemm"/>, so the bits are too.
/// </summary>
public static unsafe class OneRow
{
    // A multiply-add takes four cycles and two can start in each: eight chains keep the processor busy.
    const int Chains = 8, RowsOfPart = 256;

    const long WorthSharing = 1 << 17;

    /// <summary>y += W·x      W [n, k], x [k], y [n]</summary>
    public static void MultiplyAdd<T>(ReadOnlySpan<T> weights, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (T* pWeights = weights, pX = x, pY = y)
        {
            var job = new Job<T>(pWeights, pX, pY, y.Length, x.Length);
            int parts = (y.Length + RowsOfPart - 1) / RowsOfPart;
            if ((long)y.Length * x.Length >= WorthSharing)
                Workers.Run(parts, job);
            else
                for (int part = 0; part < parts; part++)
                    job.Run(part);
        }
    }

    /// <summary>y = s + W·x      W [n, k], x [k], s and y [n]</summary>
    public static void Multiply<T>(ReadOnlySpan<T> weights, ReadOnlySpan<T> x, ReadOnlySpan<T> start, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        start.CopyTo(y);
        MultiplyAdd(weights, x, y);
    }

    readonly struct Job<T>(T* weights, T* x, T* y, int n, int k) : IJob
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(AggressiveOptimization)]
        public void Run(int part)
        {
            int j = part * RowsOfPart, end = Math.Min(n, j + RowsOfPart);
            for (; j <= end - Chains; j += Chains)
                Eight(weights + (nint)j * k, y + j);
            for (; j < end; j++)
            {
                T sum = y[j];
                for (int i = 0; i < k; i++)
                    sum = T.FusedMultiplyAdd(x[i], weights[(nint)j * k + i], sum);
                y[j] = sum;
            }
        }

        [MethodImpl(AggressiveOptimization)]
        void Eight(T* w, T* sums)
        {
            nint row = k;
            T* fourth = w + 4 * row;
            T a = sums[0], b = sums[1], c = sums[2], d = sums[3], e = sums[4], f = sums[5], g = sums[6], h = sums[7];
            for (nint i = 0; i < row; i++)
            {
                T value = x[i];
                a = T.FusedMultiplyAdd(value, w[i], a);
                b = T.FusedMultiplyAdd(value, w[row + i], b);
                c = T.FusedMultiplyAdd(value, w[2 * row + i], c);
                d = T.FusedMultiplyAdd(value, w[3 * row + i], d);
                e = T.FusedMultiplyAdd(value, fourth[i], e);
                f = T.FusedMultiplyAdd(value, fourth[row + i], f);
                g = T.FusedMultiplyAdd(value, fourth[2 * row + i], g);
                h = T.FusedMultiplyAdd(value, fourth[3 * row + i], h);
            }
            (sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6], sums[7]) = (a, b, c, d, e, f, g, h);
        }
    }
}
