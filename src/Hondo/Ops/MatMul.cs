using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Matrix product      [.., m, k] · [.., k, n] → [.., m, n]      da = dy·bᵀ,  db = aᵀ·dy
/// Leading axes are broadcast; a vector is a row on the left and a column on the right.
/// </summary>
/// <param name="TransposeA">True reads a as [.., k, m], without a copy.</param>
/// <param name="TransposeB">True reads b as [.., n, k], without a copy.</param>
readonly record struct MatMulOp(bool TransposeA, bool TransposeB) : IOp, IBilinearOp
{
    static string IOp.Name => "MatMul";

    static bool IOp.OverwritesGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => MatMulSizes.Of(x, TransposeA, TransposeB).Result(x[0], x[1]);

    long IOp.MultiplyAdds(ReadOnlySpan<Shape> x, Shape y)
    {
        MatMulSizes sizes = MatMulSizes.Of(x, TransposeA, TransposeB);
        return (long)sizes.Batch.Size * sizes.M * sizes.N * sizes.K;
    }

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        MatMulSizes s = MatMulSizes.Of([x[0].Shape, x[1].Shape], TransposeA, TransposeB);
        ReadOnlyMatrices<T> a = A(x[0].Data, s), b = B(x[1].Data, s);
        Multiply(s, a, s.BatchOfA, b, s.BatchOfB, y.Data, s.Batch, (s.M, s.N), adds: false);
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        MatMulSizes s = MatMulSizes.Of([x[0].Shape, x[1].Shape], TransposeA, TransposeB);
        ReadOnlyMatrices<T> a = A(x[0].Data, s), b = B(x[1].Data, s);
        var c = new ReadOnlyMatrices<T>(dy.Data, s.M, s.N, false);
        if (dx[0].IsNeeded)
            if (TransposeA)
                Multiply(s, b, s.BatchOfB, c.Transposed, s.Batch, dx[0].Data, s.BatchOfA, (s.K, s.M),
                    dx[0].Accumulates);
            else
                Multiply(s, c, s.Batch, b.Transposed, s.BatchOfB, dx[0].Data, s.BatchOfA, (s.M, s.K),
                    dx[0].Accumulates);
        if (dx[1].IsNeeded)
            if (TransposeB)
                Multiply(s, c.Transposed, s.Batch, a, s.BatchOfA, dx[1].Data, s.BatchOfB, (s.N, s.K),
                    dx[1].Accumulates);
            else
                Multiply(s, a.Transposed, s.BatchOfA, c, s.Batch, dx[1].Data, s.BatchOfB, (s.K, s.N),
                    dx[1].Accumulates);
    }

    ReadOnlyMatrices<T> A<T>(ReadOnlySpan<T> values, MatMulSizes s) where T : unmanaged =>
        new(values, TransposeA ? s.K : s.M, TransposeA ? s.M : s.K, TransposeA);

    ReadOnlyMatrices<T> B<T>(ReadOnlySpan<T> values, MatMulSizes s) where T : unmanaged =>
        new(values, TransposeB ? s.N : s.K, TransposeB ? s.K : s.N, TransposeB);

    /// <summary>
    /// c = Σ a·b or c += it, where the sum is over the batch axes that c's operand was repeated along.
    /// </summary>
    static void Multiply<T>(MatMulSizes s, ReadOnlyMatrices<T> a, Shape batchOfA, ReadOnlyMatrices<T> b, Shape batchOfB,
        Span<T> c, Shape batchOfC, (int Rows, int Columns) size, bool adds) where T : unmanaged
    {
        int count = s.Batch.Size, cells = size.Rows * size.Columns;
        if (batchOfC.Size == count && Fold(count, ref a, batchOfA, batchOfB, ref size))
            Gemms(1, a, 0, b, 0, c, size, adds);
        else if (batchOfC.Size == 1 && count > 1 && a.StacksColumns && b.StacksRows
            && batchOfA.Size == count && batchOfB.Size == count)
            Gemms(1, a.JoinedColumns(count), 0, b.JoinedRows(count), 0, c, size, adds);
        else if (batchOfC.Size == count && s.IsRegular)
            Gemms(count, a, batchOfA.Size == 1 ? 0 : a.Cells, b, batchOfB.Size == 1 ? 0 : b.Cells, c, size, adds);
        else
        {
            if (!adds)
                c.Clear();
            for (int i = 0; i < count; i++)
                Gemm.MultiplyAdd(a[s.MatrixOf(batchOfA, i)], b[s.MatrixOf(batchOfB, i)],
                    new(c.Slice(s.MatrixOf(batchOfC, i) * cells, cells), size.Rows, size.Columns));
        }
    }

    // All rows of all of a's matrices times the only b are one product.
    static bool Fold<T>(int count, ref ReadOnlyMatrices<T> a, Shape batchOfA, Shape batchOfB,
        ref (int Rows, int Columns) size)
        where T : unmanaged
    {
        if (batchOfB.Size != 1 || batchOfA.Size != count || (count > 1 && !a.StacksRows))
            return false;
        a = a.JoinedRows(count);
        size.Rows *= count;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Gemms<T>(int count, ReadOnlyMatrices<T> a, int aStep, ReadOnlyMatrices<T> b, int bStep, Span<T> c,
        (int Rows, int Columns) size, bool adds) where T : unmanaged
    {
        var result = new Matrix<T>(c, size.Rows, size.Columns);
        if (count == 1 && adds)
            Gemm.MultiplyAdd(a.All, b.All, result);
        else if (count == 1)
            Gemm.Multiply(a.All, b.All, result);
        else if (adds)
            GemmBatch.MultiplyAdd(count, a.All, aStep, b.All, bStep, result, size.Rows * size.Columns);
        else
            GemmBatch.Multiply(count, a.All, aStep, b.All, bStep, result, size.Rows * size.Columns);
    }
}

public static partial class TensorExtensions
{
    extension(Tensor a)
    {
        /// <summary>
        /// The matrix product [.., m, k] · [.., k, n] → [.., m, n], leading axes broadcast as NumPy does.
        /// </summary>
        /// <param name="b">The right operand.</param>
        /// <param name="transposeA">True reads this tensor as [.., k, m], without a copy.</param>
        /// <param name="transposeB">True reads b as [.., n, k], without a copy.</param>
        /// <exception cref="ShapeException">The shapes do not fit.</exception>
        public Tensor MatMul(Tensor b, bool transposeA = false, bool transposeB = false) =>
            Tape.Apply(new MatMulOp(transposeA, transposeB), a, b);

        /// <summary>aᵢ bⱼ      [m], [n] → [m, n]</summary>
        public Tensor Outer(Tensor b) => a.Reshape([a.Size, 1]) * b.Reshape([1, b.Size]);
    }
}
