using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>What a matrix product multiplies: matrices [m, k] · [k, n], one for each index of the batch axes.</summary>
readonly record struct MatMulSizes(Shape Batch, Shape BatchOfA, Shape BatchOfB, int M, int N, int K)
{
    public static MatMulSizes Of(ReadOnlySpan<Shape> x, bool transposeA, bool transposeB)
    {
        Shape a = x[0], b = x[1];
        if (a.Rank == 0 || b.Rank == 0)
            throw ShapeException.For<MatMulOp>(x, "a scalar is no matrix: multiply with * instead");
        // A vector on the left is one row, on the right one column.
        (int m, int k) = a.Rank == 1 ? (1, a[0]) : transposeA ? (a[^1], a[^2]) : (a[^2], a[^1]);
        (int k2, int n) = b.Rank == 1 ? (b[0], 1) : transposeB ? (b[^1], b[^2]) : (b[^2], b[^1]);
        if (k != k2)
            throw ShapeException.For<MatMulOp>(x, $"the columns of a ({k}) must equal the rows of b ({k2})"
                + Mend(a, b, k, n, transposeA, transposeB));
        Shape batchOfA = Leading(a), batchOfB = Leading(b);
        return new(Broadcast.Common<MatMulOp>(batchOfA, batchOfB), batchOfA, batchOfB, m, n, k);
    }

    /// <summary>The result's shape: a vector operand leaves no axis behind.</summary>
    public Shape Result(Shape a, Shape b)
    {
        Span<int> axes = stackalloc int[Shape.MaxRank + 2];
        Batch.AsSpan().CopyTo(axes);
        int rank = Batch.Rank;
        if (a.Rank > 1)
            axes[rank++] = M;
        if (b.Rank > 1)
            axes[rank++] = N;
        return Shape.Create(axes[..rank]);
    }

    /// <summary>
    /// True when each of a's matrices meets one of b's, or one operand's only matrix meets all of the other's.
    /// </summary>
    public bool IsRegular => Regular(BatchOfA) && Regular(BatchOfB);

    bool Regular(Shape batch) => batch.Size == 1 || batch.Size == Batch.Size;

    /// <summary>Which of an operand's matrices the i-th product uses.</summary>
    public int MatrixOf(Shape batch, int i)
    {
        int index = 0, stride = 1;
        for (int axis = 1; axis <= Batch.Rank; axis++)
        {
            int length = axis <= batch.Rank ? batch[batch.Rank - axis] : 1;
            index += (length == 1 ? 0 : i % Batch[Batch.Rank - axis]) * stride;
            stride *= length;
            i /= Batch[Batch.Rank - axis];
        }
        return index;
    }

    static Shape Leading(Shape x) => x.Rank <= 2 ? [] : x.Slice(0, x.Rank - 2);

    static string Mend(Shape a, Shape b, int k, int n, bool transposeA, bool transposeB) =>
        !transposeA && !transposeB && a.Rank > 1 && b.Rank > 1 && k == n ? "; transposeB: true would fit" : "";
}

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
