namespace Hondo.Kernels;

/// <summary>Rows of which each head has some columns.</summary>
readonly unsafe struct HeadRows<T>(T* start, int stride) where T : unmanaged
{
    public bool IsNeeded => start != null;

    /// <summary>Some rows of one head, to read.</summary>
    public ReadOnlyMatrix<T> Read(int row, int rows, int column, int columns) =>
        new(Span(row, rows, column, columns), rows, columns, stride, 1);

    /// <summary>Some rows of one head, to write.</summary>
    public Matrix<T> Write(int row, int rows, int column, int columns) =>
        new(Span(row, rows, column, columns), rows, columns, stride);

    Span<T> Span(int row, int rows, int column, int columns) =>
        new(start + (nint)row * stride + column, (rows - 1) * stride + columns);
}
