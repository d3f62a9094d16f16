using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hondo.Kernels;

/// <summary>Softmax and its logarithm over the rows of a matrix.</summary>
public static class Softmax
{
    /// <summary>y = e^(x − max) / Σ e^(x − max), row by row      [rows, classes] → [rows, classes]</summary>
    public static void Rows<T>(ReadOnlySpan<T> x, int rows, int classes, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int row = 0; row < rows; row++)
        {
            Span<T> to = y.Slice(row * classes, classes);
            double sum = Exponentials(x.Slice(row * classes, classes), to, out _);
            Loops.Map(new Times(1 / sum), (ReadOnlySpan<T>)to, to);
        }
    }

    /// <summary>y = e^(x − max) for one row; returns Σ y, and the maximum.</summary>
    internal static double Exponentials<T>(ReadOnlySpan<T> x, Span<T> y, out T maximum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        maximum = x[0];
        foreach (T value in x)
            maximum = T.Max(maximum, value);
        // Subtract the row's maximum: e^x overflows float32 at x > 88.
        Loops.Map(new ShiftedExp(double.CreateTruncating(maximum)), x, y);
        return Reduction.Sum((ReadOnlySpan<T>)y);
    }

    /// <summary>ln Σ eˣ of one row, with its softmax left in y.</summary>
    public static double LogSumExp<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = Exponentials(x, y, out T maximum);
        Loops.Map(new Times(1 / sum), (ReadOnlySpan<T>)y, y);
        return Math.Log(sum) + double.CreateTruncating(maximum);
    }

    readonly struct ShiftedExp(double shift) : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => V.Exp(x - V.Create(shift));
    }

    readonly struct Times(double factor) : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => x * V.Create(factor);
    }
}
