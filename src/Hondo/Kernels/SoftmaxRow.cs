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
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Run(x, y, scaled: false, out maximum);

    /// <summary>y = e^(x − max) / Σ e^(x − max); returns the divisor, and the maximum.</summary>
    public static double Softmax<T>(ReadOnlySpan<T> x, Span<T> y, out T maximum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Run(x, y, scaled: true, out maximum);

    static double Run<T>(ReadOnlySpan<T> x, Span<T> y, bool scaled, out T maximum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Vector512.IsHardwareAccelerated)
            return Run<T, Lanes512<T>>(x, y, scaled, out maximum);
        if (Vector256.IsHardwareAccelerated)
            return Run<T, Lanes256<T>>(x, y, scaled, out maximum);
        if (Vector128.IsHardwareAccelerated)
            return Run<T, Lanes128<T>>(x, y, scaled, out maximum);
        return Run<T, Scalar<T>>(x, y, scaled, out maximum);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static double Run<T, V>(ReadOnlySpan<T> x, Span<T> y, bool scaled, out T maximum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> where V : struct, ILanes<V, T>
    {
        Span<T> rest = stackalloc T[Lanes], lanes = stackalloc T[Lanes];
        int whole = x.Length & -Lanes;
        rest.Fill(T.NegativeInfinity);
        x[whole..].CopyTo(rest);
        maximum = Largest<T, V>(x[..whole], rest, lanes);
        // Subtract the row's maximum: e^x overflows float32 at x > 88.
        V shift = V.Create(double.CreateTruncating(maximum));
        lanes.Clear();
        double total = 0;
        for (int i = 0; i < x.Length; i += Lanes)
        {
            if (i % Block == 0 && i > 0)
                total += Drain(lanes);
            if (i < whole)
                Sixteen<T, V>(in x[i], ref y[i], ref lanes[0], shift);
            else
                Sixteen<T, V>(in rest[0], ref rest[0], ref lanes[0], shift);
        }
        total += Drain(lanes);
        if (scaled)
        {
            V scale = V.Create(1 / total);
            for (int i = 0; i < whole; i += V.Width)
                V.Store(V.Load(ref y[i], 0) * scale, ref y[i], 0);
            for (int k = 0; k < Lanes; k += V.Width)
                V.Store(V.Load(ref rest[0], k) * scale, ref rest[0], k);
        }
        rest[..(x.Length - whole)].CopyTo(y[whole..]);
        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static T Largest<T, V>(ReadOnlySpan<T> x, ReadOnlySpan<T> rest, Span<T> lanes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> where V : struct, ILanes<V, T>
    {
        rest.CopyTo(lanes);
        for (int i = 0; i < x.Length; i += Lanes)
            for (int k = 0; k < Lanes; k += V.Width)
                V.Store(V.Max(V.Load(ref lanes[0], k), V.Load(ref Unsafe.AsRef(in x[i]), k)), ref lanes[0], k);
        T largest = lanes[0];
        foreach (T value in lanes)
            largest = value > largest || T.IsNaN(value) ? value : largest;
        return largest;
    }

    static double Drain<T>(Span<T> lanes) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref T lane = ref MemoryMarshal.GetReference(lanes);
        for (int half = Lanes / 2; half > 0; half /= 2)
            for (int k = 0; k < half; k++)
                Unsafe.Add(ref lane, k) += Unsafe.Add(ref lane, k + half);
        T sum = lane;
        lanes.Clear();
        return double.CreateTruncating(sum);
    }

    // Not inlined: the exponential at two places of one method is more than the compiler is willing to inline.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static void Sixteen<T, V>(in T x, ref T y, ref T sums, V shift)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> where V : struct, ILanes<V, T>
    {
        for (int k = 0; k < Lanes; k += V.Width)
        {
            V e = V.Exp(V.Load(ref Unsafe.AsRef(in x), k) - shift);
            V.Store(e, ref y, k);
            V.Store(V.Load(ref sums, k) + e, ref sums, k);
        }
    }
}
