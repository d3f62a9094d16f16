using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Hondo.Kernels;

/// <summary>
/// One row of a softmax. Rows are short (ten classes), so that what counts is not the width of the registers but what
/// comes before and after them: the rest of a row is padded with −∞, whose exponential is 0, and never goes through
/// numbers one by one. The sum runs in 16 lanes and a fixed tree.
/// </summary>
static class SoftmaxRow
{
    const int Lanes = 16;

    // Long rows (a vocabulary) are summed in float64 block by block.
    const int Block = 4096;

    /// <summary>y = e^(x − max); returns Σ y, and the maximum.</summary>
    public static double Exponentials<T>(ReadOnlySpan<T> x, Span<T> y, out T maximum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Vector512.IsHardwareAccelerated)
            return Run<T, Lanes512<T>>(x, y, out maximum);
        if (Vector256.IsHardwareAccelerated)
            return Run<T, Lanes256<T>>(x, y, out maximum);
        if (Vector128.IsHardwareAccelerated)
            return Run<T, Lanes128<T>>(x, y, out maximum);
        return Run<T, Scalar<T>>(x, y, out maximum);
    }

    [SkipLocalsInit]
    internal static double Run<T, V>(ReadOnlySpan<T> x, Span<T> y, out T maximum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> where V : struct, ILanes<V, T>
    {
        Span<T> rest = stackalloc T[Lanes], lanes = stackalloc T[Lanes];
        int whole = x.Length & -Lanes;
        rest.Fill(T.NegativeInfinity);
        x[whole..].CopyTo(rest);
        rest.CopyTo(lanes);
        for (int i = 0; i < whole; i += Lanes)
            Largest<T, V>(x.Slice(i, Lanes), lanes);
        maximum = lanes[0];
        for (int k = 1; k < Lanes; k++)
            maximum = lanes[k] > maximum || T.IsNaN(lanes[k]) ? lanes[k] : maximum;
        // Subtract the row's maximum: e^x overflows float32 at x > 88.
        V shift = V.Create(double.CreateTruncating(maximum));
        lanes.Clear();
        double total = 0;
        for (int i = 0; i < whole; i += Lanes)
        {
            if (i % Block == 0 && i > 0)
                total += Drain(lanes);
            Sixteen<T, V>(x.Slice(i, Lanes), y.Slice(i, Lanes), lanes, shift);
        }
        if (whole < x.Length)
        {
            Sixteen<T, V>(rest, rest, lanes, shift);
            rest[..(x.Length - whole)].CopyTo(y[whole..]);
        }
        return total + Drain(lanes);
    }

    static double Drain<T>(Span<T> lanes) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int half = Lanes / 2; half > 0; half /= 2)
            for (int k = 0; k < half; k++)
                lanes[k] += lanes[k + half];
        double sum = double.CreateTruncating(lanes[0]);
        lanes.Clear();
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Largest<T, V>(ReadOnlySpan<T> x, Span<T> lanes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> where V : struct, ILanes<V, T>
    {
        ref T from = ref MemoryMarshal.GetReference(x), to = ref MemoryMarshal.GetReference(lanes);
        for (int k = 0; k < Lanes; k += V.Width)
            V.Store(V.Max(V.Load(ref to, k), V.Load(ref from, k)), ref to, k);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Sixteen<T, V>(ReadOnlySpan<T> x, Span<T> y, Span<T> lanes, V shift)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> where V : struct, ILanes<V, T>
    {
        ref T from = ref MemoryMarshal.GetReference(x), to = ref MemoryMarshal.GetReference(y);
        ref T sums = ref MemoryMarshal.GetReference(lanes);
        for (int k = 0; k < Lanes; k += V.Width)
        {
            V e = V.Exp(V.Load(ref from, k) - shift);
            V.Store(e, ref to, k);
            V.Store(V.Load(ref sums, k) + e, ref sums, k);
        }
    }
}
