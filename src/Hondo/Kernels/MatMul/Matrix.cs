using System.Diagnostics.CodeAnalysis;

namespace Hondo.Kernels;

/// <summary>
/// A matrix to be written: element (i, j) is <c>Values[i·RowStride + j]</c>. Its rows are contiguous, because kernels
/// write whole registers.
/// </summary>
public readonly ref struct Matrix<T> where T : unmanaged
{
    /// <summary>A matrix whose rows lie one after the other, without gaps.</summary>
    public Matrix(Span<T> values, int rows, int columns) : this(values, rows, columns, columns)
    {
    }

    /// <summary>A matrix with a distance between its rows that is at least their length.</summary>
    /// <exception cref="ArgumentException">Rows would overlap, or an element would lie outside the span.</exception>
    public Matrix(Span<T> values, int rows, int columns, int rowStride)
    {
        ReadOnlyMatrix<T>.RequireInside(values.Length, rows, columns, rowStride, 1);
        if (rowStride < columns && rows > 1)
            throw new ArgumentException($"A matrix to be written has {columns} columns but a row stride of "
                + $"{rowStride}: its rows overlap. The row stride must be at least the number of columns.");
        Values = values;
        Rows = rows;
        Columns = columns;
        RowStride = rowStride;
    }

    /// <summary>The memory; its first number is element (0, 0).</summary>
    public Span<T> Values { get; }

    /// <summary>How many rows.</summary>
    public int Rows { get; }

    /// <summary>How many columns.</summary>
    public int Columns { get; }

    /// <summary>From an element to the one below it, in numbers.</summary>
    public int RowStride { get; }

    /// <summary>The same matrix with rows and columns exchanged, to be read.</summary>
    public ReadOnlyMatrix<T> Transposed => new(Values, Columns, Rows, 1, RowStride);

    /// <summary>Whatever can be written can be read.</summary>
    public static implicit operator ReadOnlyMatrix<T>(Matrix<T> matrix) =>
        new(matrix.Values, matrix.Rows, matrix.Columns, matrix.RowStride, 1);
}

/// <summary>
/// A matrix to be read, somewhere in memory: element (i, j) is <c>Values[i·RowStride + j·ColumnStride]</c>. A stride
/// of 0 repeats a row or column.
/// </summary>
public readonly ref struct ReadOnlyMatrix<T> where T : unmanaged
{
    /// <summary>A matrix whose rows lie one after the other, without gaps.</summary>
    public ReadOnlyMatrix(ReadOnlySpan<T> values, int rows, int columns) : this(values, rows, columns, columns, 1)
    {
    }

    /// <summary>A matrix with any distance between rows and between columns.</summary>
    /// <exception cref="ArgumentException">A size is negative or an element would lie outside the span.</exception>
    public ReadOnlyMatrix(ReadOnlySpan<T> values, int rows, int columns, int rowStride, int columnStride)
    {
        RequireInside(values.Length, rows, columns, rowStride, columnStride);
        Values = values;
        Rows = rows;
        Columns = columns;
        RowStride = rowStride;
        ColumnStride = columnStride;
    }

    /// <summary>The same row, for example a bias, so many times.</summary>
    public static ReadOnlyMatrix<T> Row(ReadOnlySpan<T> values, int rows) => new(values, rows, values.Length, 0, 1);

    /// <summary>The memory; its first number is element (0, 0).</summary>
    public ReadOnlySpan<T> Values { get; }

    /// <summary>How many rows.</summary>
    public int Rows { get; }

    /// <summary>How many columns.</summary>
    public int Columns { get; }

    /// <summary>From an element to the one below it, in numbers.</summary>
    public int RowStride { get; }

    /// <summary>From an element to the one to its right, in numbers.</summary>
    public int ColumnStride { get; }

    /// <summary>The same memory with rows and columns exchanged.</summary>
    public ReadOnlyMatrix<T> Transposed => new(Values, Columns, Rows, ColumnStride, RowStride);

    internal static void RequireInside(int length, int rows, int columns, int rowStride, int columnStride)
    {
        if (rows < 0 || columns < 0 || rowStride < 0 || columnStride < 0)
            Refuse(length, rows, columns, rowStride, columnStride);
        long last = (long)(rows - 1) * rowStride + (long)(columns - 1) * columnStride;
        if (rows > 0 && columns > 0 && last >= length)
            Refuse(length, rows, columns, rowStride, columnStride);
    }

    [DoesNotReturn]
    static void Refuse(int length, int rows, int columns, int rowStride, int columnStride) =>
        throw new ArgumentException($"A matrix of {rows}×{columns} with row stride {rowStride} and column stride "
            + $"{columnStride} does not fit into {length} numbers. Sizes and strides must not be negative, and the "
            + "last element must lie inside the span.");
}

/// <summary>A pinned matrix: what a part of a job can hold.</summary>
readonly unsafe struct Operand<T>(T* start, nint rowStride, nint columnStride) where T : unmanaged
{
    public readonly T* Start = start;
    public readonly nint RowStride = rowStride, ColumnStride = columnStride;

    public Operand<T> Transposed => new(Start, ColumnStride, RowStride);

    public T* At(nint row, nint column) => Start + row * RowStride + column * ColumnStride;

    public Operand<T> From(nint row, nint column) => new(At(row, column), RowStride, ColumnStride);

    public Operand<T> Moved(nint step) => new(Start + step, RowStride, ColumnStride);
}
