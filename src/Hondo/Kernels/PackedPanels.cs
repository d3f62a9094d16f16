using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>
/// A factor of a product in the order in which tiles read it: panels of some columns, panel after panel, in each the
/// rows of k one after the other. B's panels are two registers wide; the last is one when that holds the rest.
/// </summary>
static unsafe class PackedPanels<T, V, S>
    where T : unmanaged where V : struct where S : struct, IRegister<T, V>
{
    /// <summary>The columns of B's panels.</summary>
    public static int Width => 2 * S.Width;

    /// <summary>How many numbers B's panels take, of k rows and n columns.</summary>
    public static nint Length(nint k, nint n) => k * ((n + S.Width - 1) / S.Width * S.Width);

    /// <summary>The distance between rows in the panel of B, of n columns, that begins at a column.</summary>
    public static nint Stride(nint column, nint n) => n - column > S.Width ? Width : S.Width;

    /// <summary>Packs one panel.</summary>
    public static void Pack(Operand<T> source, nint rows, int columns, T* panel, nint stride)
    {
        if (source.ColumnStride != 1)
            CopyColumns(source, rows, columns, panel, stride);
        else if (columns == Width)
            CopyRows<WideRow<T, V, S>>(source, rows, columns, panel, stride);
        else if (columns > S.Width)
            CopyRows<WideEdgeRow<T, V, S>>(source, rows, columns, panel, stride);
        else
            CopyRows<NarrowRow<T, V, S>>(source, rows, columns, panel, stride);
    }

    [MethodImpl(AggressiveOptimization)]
    static void CopyRows<R>(Operand<T> source, nint rows, int columns, T* panel, nint stride)
        where R : struct, ITileRow<R, T, V>
    {
        V mask = R.Mask(columns);
        T* from = source.Start;
        for (; rows > 0; rows--, from += source.RowStride, panel += stride)
        {
            R row = default;
            row.Load(from, mask);
            row.Store(panel, mask);
        }
    }

    /// <summary>target[i·stride + j] = source(i, j), for a source whose columns are contiguous, or not.</summary>
    public static void CopyColumns(Operand<T> source, nint rows, nint columns, T* target, nint stride)
    {
        nint j = 0;
        if (source.RowStride == 1 && sizeof(T) == sizeof(float) && Vector128.IsHardwareAccelerated)
        {
            if (S.Width >= 4)
                for (; j + S.Width <= columns; j += S.Width)
                    Transpose<V, S>(source.At(0, j), source.ColumnStride, rows, target + j, stride);
            for (; j + 4 <= columns; j += 4)
                Transpose<Vector128<T>, Register128<T>>(
                    source.At(0, j), source.ColumnStride, rows, target + j, stride);
        }
        for (; j < columns; j++)
            for (nint i = 0; i < rows; i++)
                target[i * stride + j] = *source.At(i, j);
    }

    /// <summary>
    /// A register's worth of columns of contiguous numbers become registers of rows, four by four: groups of four
    /// columns are transposed side by side, so that each row is written whole (number by number: 5 times slower).
    /// </summary>
    [MethodImpl(AggressiveOptimization)]
    static void Transpose<W, R>(T* source, nint column, nint rows, T* target, nint stride)
        where W : struct where R : struct, IRegister<T, W>
    {
        nint row = 0, group = 4 * column;
        for (; row + 4 <= rows; row += 4, source += 4, target += 4 * stride)
        {
            W a = R.LoadFours(source, group), b = R.LoadFours(source + column, group);
            W c = R.LoadFours(source + 2 * column, group), d = R.LoadFours(source + 3 * column, group);
            W ac = R.ZipLow(a, c), bd = R.ZipLow(b, d), ac2 = R.ZipHigh(a, c), bd2 = R.ZipHigh(b, d);
            R.Store(R.ZipLow(ac, bd), target);
            R.Store(R.ZipHigh(ac, bd), target + stride);
            R.Store(R.ZipLow(ac2, bd2), target + 2 * stride);
            R.Store(R.ZipHigh(ac2, bd2), target + 3 * stride);
        }
        for (; row < rows; row++, source++, target += stride)
            for (int j = 0; j < R.Width; j++)
                target[j] = source[j * column];
    }
}
