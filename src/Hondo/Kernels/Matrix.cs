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
