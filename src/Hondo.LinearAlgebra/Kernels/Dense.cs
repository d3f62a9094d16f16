using System.Buffers;
using System.Numerics;

namespace Hondo.Kernels;

/// <summary>Small dense matrices in float64, for the decompositions and their gradients.</summary>
static class Dense
{
    /// <summary>C = A·B, each factor as it is or transposed      [m, k] · [k, n]</summary>
    /// <param name="a">A; [k, m] when transposed.</param>
    /// <param name="transposeA">True reads A transposed.</param>
    /// <param name="b">B; [n, k] when transposed.</param>
    /// <param name="transposeB">True reads B transposed.</param>
    /// <param name="c">C.</param>
    /// <param name="size">m, n and k.</param>
    public static void Multiply(ReadOnlySpan<double> a, bool transposeA, ReadOnlySpan<double> b, bool transposeB,
        Span<double> c, (int M, int N, int K) size)
    {
        (int m, int n, int k) = size;
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++)
            {
                double sum = 0;
                for (int p = 0; p < k; p++)
                    sum += a[transposeA ? p * m + i : i * k + p] * b[transposeB ? j * k + p : p * n + j];
                c[i * n + j] = sum;
            }
    }

    /// <summary>Numbers of either precision as float64, transposed when wanted      [rows, columns]</summary>
    public static void Read<T>(ReadOnlySpan<T> x, Span<double> y, int rows, int columns, bool transpose = false)
        where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                y[transpose ? j * rows + i : i * columns + j] = double.CreateTruncating(x[i * columns + j]);
    }

    /// <summary>Numbers as either precision, in the place of what was there or added to it.</summary>
    public static void Write<T>(ReadOnlySpan<double> x, Span<T> y, bool adds) where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = adds ? y[i] + T.CreateTruncating(x[i]) : T.CreateTruncating(x[i]);
    }
}

/// <summary>Room for some matrices, lent while a kernel runs.</summary>
ref struct MatrixRoom
{
    readonly double[] _numbers;
    int _used;

    /// <summary>Room for so many numbers.</summary>
    public MatrixRoom(int count) => _numbers = ArrayPool<double>.Shared.Rent(count);

    /// <summary>The next of the room's numbers, undefined.</summary>
    public Span<double> Take(int count)
    {
        _used += count;
        return _numbers.AsSpan(_used - count, count);
    }

    /// <summary>Gives the room back.</summary>
    public readonly void Dispose() => ArrayPool<double>.Shared.Return(_numbers);
}
