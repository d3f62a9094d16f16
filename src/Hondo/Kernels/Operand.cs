namespace Hondo.Kernels;

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
