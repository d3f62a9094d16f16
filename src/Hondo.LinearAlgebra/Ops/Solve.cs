using System.Buffers;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>X of A·X = B, for each matrix of a batch      [.., n, n], [.., n, k] → [.., n, k]
/// dB = A⁻ᵀ·dX,  dA = −dB·Xᵀ (Giles 2008, "Collected matrix derivative results", 2.3.1)</summary>
readonly record struct SolveOp : IOp, IDifferencedOp
{
    static string IOp.Name => "Solve";

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0].Rank >= 2 && x[1].Rank == x[0].Rank && x[0][^1] == x[0][^2]
        && x[0].Slice(0, x[0].Rank - 1) == x[1].Slice(0, x[1].Rank - 1)
        ? x[1]
        : throw ShapeException.For<SolveOp>(x, "Solve takes square matrices [.., n, n] and right sides [.., n, k]");

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        (int n, int columns) = (x[1].Shape[^2], x[1].Shape[^1]);
        for (int i = 0; i < SquareMatrices.Count(x[0].Shape); i++)
            SquareMatrices.Solve<T>("Solve", x[0].Data, i, n, false, x[1].Data.Slice(i * n * columns, n * columns),
                columns, y.Data.Slice(i * n * columns, n * columns));
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        (int n, int columns) = (y.Shape[^2], y.Shape[^1]);
        int run = n * columns;
        T[] db = ArrayPool<T>.Shared.Rent(run);
        for (int i = 0; i < SquareMatrices.Count(x[0].Shape); i++)
        {
            SquareMatrices.Solve<T>("Solve", x[0].Data, i, n, true, dy.Data.Slice(i * run, run), columns, db);
            for (int k = 0; k < run && dx[1].IsNeeded; k++)
                dx[1].Data[i * run + k] += db[k];
            ReadOnlySpan<T> solution = y.Data.Slice(i * run, run);
            for (int row = 0; row < n && dx[0].IsNeeded; row++)
                for (int column = 0; column < n; column++)
                    for (int k = 0; k < columns; k++)
                        dx[0].Data[(i * n + row) * n + column] -=
                            db[row * columns + k] * solution[column * columns + k];
        }
        ArrayPool<T>.Shared.Return(db);
    }
}

/// <summary>L of A = L·Lᵀ, for each matrix of a batch, from the symmetric part (A + Aᵀ) / 2      [.., n, n]
/// dA = (S + Sᵀ) / 2 with S = L⁻ᵀ·Φ(Lᵀ·dL)·L⁻¹; Φ keeps the lower triangle and halves the diagonal
/// (Murray 2016, "Differentiation of the Cholesky decomposition", arXiv:1602.07527, equation 10)</summary>
readonly record struct CholeskyOp : IOp, IDifferencedOp
{
    static string IOp.Name => "Cholesky";

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => SquareMatrices.Require<CholeskyOp>(x[0]);

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        int n = y.Shape[^1], cells = n * n;
        using var room = new MatrixRoom(2 * cells);
        Span<double> a = room.Take(cells), l = room.Take(cells);
        for (int i = 0; i < SquareMatrices.Count(y.Shape); i++)
        {
            ReadOnlySpan<T> given = x[0].Data.Slice(i * cells, cells);
            for (int k = 0; k < cells; k++)
                a[k] = (double.CreateTruncating(given[k])
                    + double.CreateTruncating(given[k % n * n + k / n])) / 2;
            if (!TriangularFactors.Cholesky(a, l, n))
                throw new ArgumentException($"Cholesky: matrix {i} of {x[0].Shape} is not positive definite. Is it a "
                    + "covariance of too few samples? Add a small number to its diagonal.");
            Dense.Write(l, y.Data.Slice(i * cells, cells), adds: false);
        }
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        if (!dx[0].IsNeeded)
            return;
        int n = y.Shape[^1], cells = n * n;
        using var room = new MatrixRoom(4 * cells);
        Span<double> l = room.Take(cells), dl = room.Take(cells), s = room.Take(cells), turned = room.Take(cells);
        for (int i = 0; i < SquareMatrices.Count(y.Shape); i++)
        {
            Dense.Read<T>(y.Data.Slice(i * cells, cells), l, n, n);
            Dense.Read<T>(dy.Data.Slice(i * cells, cells), dl, n, n);
            Dense.Multiply(l, true, dl, false, s, (n, n, n));
            for (int k = 0; k < cells; k++)
                s[k] *= k % n < k / n ? 1 : k % n == k / n ? 0.5 : 0;
            TriangularFactors.SolveTransposed(l, s, n, n);
            Dense.Read<double>(s, turned, n, n, transpose: true);
            TriangularFactors.SolveTransposed(l, turned, n, n);
            for (int k = 0; k < cells; k++)
                dx[0].Data[i * cells + k] += T.CreateTruncating((turned[k] + turned[k % n * n + k / n]) / 2);
        }
    }
}

/// <summary>What ops on square matrices share.</summary>
static class SquareMatrices
{
    public static Shape Require<TOp>(Shape x) where TOp : IOp => x.Rank >= 2 && x[^1] == x[^2]
        ? x
        : throw ShapeException.For<TOp>([x], "it takes square matrices [.., n, n]");

    /// <summary>How many matrices lie on the leading axes.</summary>
    public static int Count(Shape x) => x.Slice(0, x.Rank - 2).Size;

    /// <summary>The shape of matrices for each index of other leading axes.</summary>
    public static Shape Batch(Shape batch, Shape matrices)
    {
        Span<int> axes = stackalloc int[Shape.MaxRank + 2];
        batch.AsSpan().CopyTo(axes);
        (axes[batch.Rank], axes[batch.Rank + 1]) = (matrices[^2], matrices[^1]);
        return Shape.Create(axes[..(batch.Rank + 2)]);
    }

    /// <summary>X of Aᵢ·X = B, or of Aᵢᵀ·X = B.</summary>
    public static void Solve<T>(string op, ReadOnlySpan<T> all, int i, int n, bool transpose, ReadOnlySpan<T> b,
        int columns, Span<T> x) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        using var room = new MatrixRoom(n * n + 2 * n * columns);
        Span<double> a = room.Take(n * n), right = room.Take(n * columns), result = room.Take(n * columns);
        int[] order = ArrayPool<int>.Shared.Rent(n);
        Dense.Read(all.Slice(i * n * n, n * n), a, n, n, transpose);
        Dense.Read(b, right, n, columns);
        bool isRegular = TriangularFactors.Lu(a, order.AsSpan(0, n));
        if (isRegular)
            TriangularFactors.Solve(a, order.AsSpan(0, n), right, result, columns);
        ArrayPool<int>.Shared.Return(order);
        if (!isRegular)
            throw new ArgumentException($"{op}: matrix {i} is singular (or not finite): its rows depend on each other, "
                + "so that no solution is the only one.");
        Dense.Write<T>(result, x[..(n * columns)], adds: false);
    }
}

/// <summary>Equations, inverses and decompositions of matrices.</summary>
public static partial class MatrixExtensions
{
    extension(Tensor a)
    {
        /// <summary>X of A·X = B      [.., n, n], [.., n, k] or [.., n] → as B; leading axes are broadcast</summary>
        /// <param name="b">The right sides.</param>
        /// <exception cref="ArgumentException">A matrix is singular.</exception>
        public Tensor Solve(Tensor b)
        {
            if (a.Shape.Rank >= 2 && b.Shape == a.Shape.Slice(0, a.Shape.Rank - 1))
                return a.Solve(b.Unsqueeze(-1)).Squeeze(-1);
            if (a.Shape.Rank < 2 || b.Shape.Rank < 2)
                throw ShapeException.For<SolveOp>([a.Shape, b.Shape], "give matrices [.., n, n] and right sides "
                    + "[.., n, k]");
            Shape batch = Broadcast.Common<SolveOp>(a.Shape.Slice(0, a.Shape.Rank - 2),
                b.Shape.Slice(0, b.Shape.Rank - 2));
            return Tape.Apply(new SolveOp(), a.Expand(SquareMatrices.Batch(batch, a.Shape)),
                b.Expand(SquareMatrices.Batch(batch, b.Shape)));
        }

        /// <summary>A⁻¹      [.., n, n]. To solve equations, <c>Solve</c> is quicker and more exact.</summary>
        /// <exception cref="ArgumentException">A matrix is singular.</exception>
        public Tensor Inverse() => a.Solve(Tensor.Eye(SquareMatrices.Require<SolveOp>(a.Shape)[^1], type: a.DType));

        /// <summary>L of A = L·Lᵀ, 0 above the diagonal, from the symmetric part of A      [.., n, n]</summary>
        /// <exception cref="ArgumentException">A matrix is not positive definite.</exception>
        public Tensor Cholesky() => Tape.Apply(new CholeskyOp(), a);
    }
}
