using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Hondo.Kernels;

/// <summary>Softmax and its logarithm along an axis      [outer, along, inner], rows when inner is 1.</summary>
static class Softmax
{
    /// <summary>y = e^(x − max) / Σ e^(x − max), row by row      [rows, classes] → [rows, classes]</summary>
    public static void Rows<T>(ReadOnlySpan<T> x, int rows, int classes, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Along(x, rows, classes, 1, y);

    /// <summary>y = e^(x − max) / Σ e^(x − max) along the middle axis.</summary>
    public static void Along<T>(ReadOnlySpan<T> x, int outer, int along, int inner, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (inner == 1 && along is > 0 and <= ShortRows<T>.MostClasses)
            ShortRows<T>.Run(x, outer, along, y);
        else
            AlongAxis.Run(new Forward(), x, x, outer, along, inner, y, false);
    }

    /// <summary>y = x − max − ln Σ e^(x − max) along the middle axis.</summary>
    public static void LogAlong<T>(ReadOnlySpan<T> x, int outer, int along, int inner, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        AlongAxis.Run(new LogForward(), x, x, outer, along, inner, y, false);

    /// <summary>dx = y · (dy − Σ dy·y) along the middle axis, or dx += that.</summary>
    public static void Backward<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> dy, int outer, int along, int inner, Span<T> dx,
        bool accumulate) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        AlongAxis.Run(new Gradient(), y, dy, outer, along, inner, dx, accumulate);

    /// <summary>dx = dy − eʸ · Σ dy along the middle axis, or dx += that.</summary>
    public static void LogBackward<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> dy, int outer, int along, int inner,
        Span<T> dx, bool accumulate) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        AlongAxis.Run(new LogGradient(), y, dy, outer, along, inner, dx, accumulate);

    /// <summary>y = e^(x − max) for one row; returns Σ y, and the maximum.</summary>
    internal static double Exponentials<T>(ReadOnlySpan<T> x, Span<T> y, out T maximum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => SoftmaxRow.Exponentials(x, y, out maximum);

    /// <summary>ln Σ eˣ of one row, with its softmax left in y.</summary>
    public static double LogSumExp<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = SoftmaxRow.Softmax(x, y, out T maximum);
        // Over nothing but −∞ the sum is NaN, but its logarithm is −∞.
        return T.IsNegativeInfinity(maximum) ? double.NegativeInfinity : Log(sum) + double.CreateTruncating(maximum);
    }

    /// <summary>logs = ln Σ eˣ of each row, with the rows' softmax left in y      [rows, classes] → [rows]</summary>
    public static unsafe void LogSumExp<T>(ReadOnlySpan<T> x, int classes, Span<T> y, Span<double> logs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (T* px = x, py = y)
        fixed (double* pLogs = logs)
            Workers.Run((logs.Length + LogJob<T>.Rows - 1) / LogJob<T>.Rows,
                new LogJob<T>(px, logs.Length, classes, py, pLogs));
    }

    readonly unsafe struct LogJob<T>(T* x, int rows, int classes, T* y, double* logs) : IJob
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public const int Rows = 128;

        public void Run(int part)
        {
            int first = part * Rows, count = Math.Min(Rows, rows - first), numbers = count * classes;
            Some(new(x + (nint)first * classes, numbers), new(y + (nint)first * classes, numbers),
                new(logs + first, count));
        }

        [SkipLocalsInit]
        void Some(ReadOnlySpan<T> x, Span<T> y, Span<double> logs)
        {
            if (classes > ShortRows<T>.MostClasses)
            {
                for (int row = 0; row < logs.Length; row++)
                    logs[row] = LogSumExp(x.Slice(row * classes, classes), y.Slice(row * classes, classes));
                return;
            }
            Span<T> maxima = stackalloc T[Rows], sums = stackalloc T[Rows];
            ShortRows<T>.Run(x, logs.Length, classes, y, maxima, sums);
            for (int k = 0; k < logs.Length; k++)
                logs[k] = double.CreateTruncating(sums[k]);
            Loops.Map(new Logarithm(), (ReadOnlySpan<double>)logs, logs);
            for (int k = 0; k < logs.Length; k++)
                logs[k] = T.IsNegativeInfinity(maxima[k]) ? double.NegativeInfinity
                    : logs[k] + double.CreateTruncating(maxima[k]);
        }
    }

    // The library's own logarithm: the C runtime's differ between machines.
    static double Log(double x)
    {
        if (Vector128.IsHardwareAccelerated)
            return LogOfPair(x);
        double y = 0;
        Scalar<double>.Store(Elementary.Log(new Scalar<double>(x)), ref y, 0);
        return y;
    }

    // Two equal numbers in a register: selecting between bit patterns is slow outside of registers.
    static double LogOfPair(double x)
    {
        Span<double> pair = stackalloc double[2];
        Lanes128<double>.Store(Elementary.Log(Lanes128<double>.Create(x)), ref pair[0], 0);
        return pair[0];
    }

    readonly struct Forward : IStrip
    {
        public void Run<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> unused, Span<T> y)
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            SoftmaxRow.Softmax(x, y, out _);
    }

    readonly struct LogForward : IStrip
    {
        public void Run<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> unused, Span<T> y)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            double log = Log(Exponentials(x, y, out T maximum));
            // In two steps: the maximum may be so large that its sum with the logarithm has lost the latter's digits.
            Loops.Map(new ShiftedTwice(double.CreateTruncating(maximum), log), x, y);
        }
    }

    readonly struct Gradient : IStrip
    {
        public void Run<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            Loops.Map(new Slope(Reduction.Dot(y, dy)), y, dy, dx);
    }

    readonly struct LogGradient : IStrip
    {
        public void Run<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            Loops.Map(new LogSlope(Reduction.Sum(dy)), y, dy, dx);
    }

    readonly struct Logarithm : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => V.Log(x);
    }

    readonly struct ShiftedTwice(double maximum, double log) : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => x - V.Create(maximum) - V.Create(log);
    }

    readonly struct Slope(double dot) : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V y, V dy) where V : struct, ILanes<V> => y * (dy - V.Create(dot));
    }

    readonly struct LogSlope(double sum) : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V y, V dy) where V : struct, ILanes<V> => dy - V.Exp(y) * V.Create(sum);
    }
}

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
