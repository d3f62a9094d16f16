using Hondo.Kernels;

namespace Hondo.Ops;

/// <summary>
/// Matrices of one size that lie one after the other, read as they are or with rows and columns exchanged.
/// </summary>
readonly ref struct ReadOnlyMatrices<T>(ReadOnlySpan<T> values, int rows, int columns, bool isTransposed)
    where T : unmanaged
{
    readonly ReadOnlySpan<T> _values = values;

    /// <summary>Numbers of one matrix.</summary>
    public int Cells => rows * columns;

    /// <summary>True when the rows of all matrices are the rows of one tall matrix.</summary>
    public bool StacksRows => !isTransposed;

    /// <summary>True when the columns of all matrices are the columns of one wide matrix.</summary>
    public bool StacksColumns => isTransposed;

    /// <summary>The first matrix, over memory that holds all of them.</summary>
    public ReadOnlyMatrix<T> All => Read(_values);

    public ReadOnlyMatrix<T> this[int i] => Read(_values.Slice(i * Cells, Cells));

    public ReadOnlyMatrices<T> Transposed => new(_values, rows, columns, !isTransposed);

    public ReadOnlyMatrices<T> JoinedRows(int count) => new(_values, rows * count, columns, isTransposed);

    public ReadOnlyMatrices<T> JoinedColumns(int count) => JoinedRows(count);

    ReadOnlyMatrix<T> Read(ReadOnlySpan<T> values)
    {
        var matrix = new ReadOnlyMatrix<T>(values, rows, columns);
        return isTransposed ? matrix.Transposed : matrix;
    }
}
