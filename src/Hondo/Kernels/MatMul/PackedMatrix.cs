using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>
/// The right factor of many products, kept in the order in which the product reads it: weights during inference, and
/// recurrent weights during a sequence. Pack again after the weights have changed.
/// </summary>
public sealed unsafe class PackedMatrix<T> where T : unmanaged
{
    nint _capacity;

    /// <summary>Packs a matrix.</summary>
    public PackedMatrix(ReadOnlyMatrix<T> matrix) => Pack(matrix);

    /// <summary>Frees the native memory.</summary>
    ~PackedMatrix() => NativeMemory.AlignedFree(Start);

    /// <summary>How many rows the packed matrix has.</summary>
    public int Rows { get; private set; }

    /// <summary>How many columns the packed matrix has.</summary>
    public int Columns { get; private set; }

    internal T* Start { get; private set; }

    /// <summary>Packs other values, in the same memory when they fit.</summary>
    public void Pack(ReadOnlyMatrix<T> matrix)
    {
        if (Vector512.IsHardwareAccelerated)
            Pack<Vector512<T>, Register512<T>>(matrix);
        else if (Vector256.IsHardwareAccelerated)
            Pack<Vector256<T>, Register256<T>>(matrix);
        else if (Vector128.IsHardwareAccelerated)
            Pack<Vector128<T>, Register128<T>>(matrix);
        else
            Pack<T, RegisterScalar<T>>(matrix);
    }

    void Pack<V, S>(ReadOnlyMatrix<T> matrix) where V : struct where S : struct, IRegister<T, V>
    {
        nint length = PackedPanels<T, V, S>.Length(matrix.Rows, matrix.Columns);
        if (length > _capacity)
            Grow(length);
        Rows = matrix.Rows;
        Columns = matrix.Columns;
        fixed (T* values = matrix.Values)
            Packing<T, V, S>.PackB(new(values, matrix.RowStride, matrix.ColumnStride), Rows, Columns, Start);
    }

    void Grow(nint length)
    {
        NativeMemory.AlignedFree(Start);
        Start = null;
        _capacity = 0;
        Start = (T*)NativeMemory.AlignedAlloc((nuint)(length * sizeof(T)), 64);
        _capacity = length;
    }
}

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

/// <summary>Matrices whose columns are contiguous, with their rows side by side, at the machine's widest registers.
/// </summary>
static unsafe class Turned
{
    /// <summary>target[i·stride + j] = source(i, j)</summary>
    public static void Copy<T>(Operand<T> source, int rows, int columns, T* target, int stride) where T : unmanaged
    {
        if (Vector512.IsHardwareAccelerated)
            PackedPanels<T, Vector512<T>, Register512<T>>.CopyColumns(source, rows, columns, target, stride);
        else if (Vector256.IsHardwareAccelerated)
            PackedPanels<T, Vector256<T>, Register256<T>>.CopyColumns(source, rows, columns, target, stride);
        else
            PackedPanels<T, Vector128<T>, Register128<T>>.CopyColumns(source, rows, columns, target, stride);
    }
}

/// <summary>Packs a matrix of k rows and n columns into panels, each part some of them.</summary>
readonly unsafe struct Packing<T, V, S> : IJob
    where T : unmanaged where V : struct where S : struct, IRegister<T, V>
{
    const int RowsAtOnce = 8;

    readonly Operand<T> _source;
    readonly nint _k, _n, _count;
    readonly T* _panels;
    readonly int _parts;

    Packing(Operand<T> source, nint k, nint n, T* panels)
    {
        _source = source;
        _k = k;
        _n = n;
        _panels = panels;
        _count = (n + PackedPanels<T, V, S>.Width - 1) / PackedPanels<T, V, S>.Width;
        _parts = (int)Math.Clamp(k * n >> 14, 1, Math.Clamp(_count, 1, 64));
    }

    /// <summary>Packs B of a product.</summary>
    public static void PackB(Operand<T> b, nint k, nint n, T* panels)
    {
        var packing = new Packing<T, V, S>(b, k, n, panels);
        Workers.Run(packing._parts, packing);
    }

    public void Run(int part) => Pack(_count * part / _parts, _count * (part + 1) / _parts);

    void Pack(nint first, nint end)
    {
        // Rows often lie a page apart, where a cache keeps few of them: all panels take from some before the next.
        nint step = _source.ColumnStride == 1 ? RowsAtOnce : _k;
        for (nint row = 0; row < _k; row += step)
            for (nint panel = first; panel < end; panel++)
            {
                nint column = panel * PackedPanels<T, V, S>.Width;
                if (step == RowsAtOnce)
                    Fetch(column, row + step);
                Pack(column, row, Math.Min(step, _k - row));
            }
    }

    // A row's part of a block is too short for the processor to see a pattern in it.
    void Fetch(nint column, nint row)
    {
        if (!Sse.IsSupported)
            return;
        nint end = Math.Min(_k, row + RowsAtOnce);
        for (T* from = _source.At(row, column); row < end; row++, from += _source.RowStride)
            Sse.Prefetch0(from);
    }

    void Pack(nint column, nint row, nint rows)
    {
        nint stride = PackedPanels<T, V, S>.Stride(column, _n);
        PackedPanels<T, V, S>.Pack(_source.From(row, column), rows,
            (int)Math.Min(PackedPanels<T, V, S>.Width, _n - column), _panels + column * _k + row * stride, stride);
    }
}
