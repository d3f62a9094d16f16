using System.Diagnostics.CodeAnalysis;
using System.Runtime.Intrinsics;

namespace Hondo.Kernels;

/// <summary>
/// Many matrix products of one shape, such as the heads of attention. Product i uses the matrices that lie i steps
/// after the given ones; a step of 0 uses the same A or B every time. Bits are those of <see cref="Gemm"/>.
/// </summary>
static unsafe class GemmBatch
{
    /// <summary>Cᵢ = Aᵢ·Bᵢ for i = 0 … count − 1. Steps are counted in numbers.</summary>
    /// <exception cref="ArgumentException">The sizes do not fit, or a matrix lies outside its span.</exception>
    public static void Multiply<T>(int count, ReadOnlyMatrix<T> a, int aStep, ReadOnlyMatrix<T> b, int bStep,
        Matrix<T> c, int cStep) where T : unmanaged => Run(count, a, aStep, b, bStep, c, cStep, adds: false);

    /// <summary>Cᵢ += Aᵢ·Bᵢ for i = 0 … count − 1. Steps are counted in numbers.</summary>
    /// <exception cref="ArgumentException">The sizes do not fit, or a matrix lies outside its span.</exception>
    public static void MultiplyAdd<T>(int count, ReadOnlyMatrix<T> a, int aStep, ReadOnlyMatrix<T> b, int bStep,
        Matrix<T> c, int cStep) where T : unmanaged => Run(count, a, aStep, b, bStep, c, cStep, adds: true);

    static void Run<T>(int count, ReadOnlyMatrix<T> a, int aStep, ReadOnlyMatrix<T> b, int bStep, Matrix<T> c,
        int cStep, bool adds) where T : unmanaged
    {
        if (count <= 0)
            return;
        Gemm.Require<T>(a.Rows, a.Columns, b.Rows, b.Columns, c.Rows, c.Columns);
        RequireInside("A", count, aStep, a);
        RequireInside("B", count, bStep, b);
        RequireInside<T>("C", count, cStep, c);
        if (count > 1 && cStep < (c.Rows - 1) * c.RowStride + c.Columns)
            throw new ArgumentException($"GemmBatch: C's step of {cStep} is shorter than a C of {c.Rows}×{c.Columns} "
                + $"with row stride {c.RowStride}: the results would overlap.");
        fixed (T* pa = a.Values, pb = b.Values, pc = c.Values)
        {
            Operand<T> x = new(pa, a.RowStride, a.ColumnStride), y = new(pb, b.RowStride, b.ColumnStride);
            Operand<T> z = new(pc, c.RowStride, 1);
            if (Vector512.IsHardwareAccelerated)
                Run<T, Vector512<T>, Register512<T>>(x, y, z, c.Rows, c.Columns, a.Columns);
            else if (Vector256.IsHardwareAccelerated)
                Run<T, Vector256<T>, Register256<T>>(x, y, z, c.Rows, c.Columns, a.Columns);
            else if (Vector128.IsHardwareAccelerated)
                Run<T, Vector128<T>, Register128<T>>(x, y, z, c.Rows, c.Columns, a.Columns);
            else
                Run<T, T, RegisterScalar<T>>(x, y, z, c.Rows, c.Columns, a.Columns);
        }

        void Run<TElement, V, S>(Operand<TElement> x, Operand<TElement> y, Operand<TElement> z, nint m, nint n, nint k)
            where TElement : unmanaged where V : struct where S : struct, IRegister<TElement, V>
        {
            var first = new Product<TElement, V, S, NoTileEnd<TElement>>
            {
                A = x, B = y, C = z, Start = adds ? z : default, M = m, N = n, K = k,
            };
            new ProductBatch<TElement, V, S>(first, count, aStep, bStep, cStep).Multiply();
        }
    }

    static void RequireInside<T>(string name, int count, int step, ReadOnlyMatrix<T> matrix) where T : unmanaged
    {
        long last = (count - 1L) * step + (matrix.Rows - 1L) * matrix.RowStride
            + (matrix.Columns - 1L) * matrix.ColumnStride;
        if (step < 0 || (matrix.Rows > 0 && matrix.Columns > 0 && last >= matrix.Values.Length))
            Refuse(name, count, step, matrix.Values.Length);
    }

    [DoesNotReturn]
    static void Refuse(string name, int count, int step, int length) =>
        throw new ArgumentException($"GemmBatch: {count} matrices {name} with a step of {step} do not fit into "
            + $"{length} numbers.");
}

/// <summary>Products of one shape: small ones some to a part, large ones shared one by one.</summary>
readonly unsafe struct ProductBatch<T, V, S>(
    Product<T, V, S, NoTileEnd<T>> first, int count, nint aStep, nint bStep, nint cStep) : IJob
    where T : unmanaged where V : struct where S : struct, IRegister<T, V>
{
    // In multiply-adds: about 30 µs, and 0.5 µs.
    const nint IsLarge = 1 << 22, WorthClaiming = 1 << 16;

    readonly int _group = (int)Math.Max(1, WorthClaiming / Math.Max(1, first.M * first.N * first.K));

    public void Multiply()
    {
        if (first.M * first.N * first.K < IsLarge)
            Workers.Run((count + _group - 1) / _group, this);
        else
            Multiply(0, count);
    }

    public void Run(int part) => Multiply(part * _group, Math.Min(count, (part + 1) * _group));

    void Multiply(int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            var product = first;
            product.A = first.A.Moved(i * aStep);
            product.B = first.B.Moved(i * bStep);
            product.C = first.C.Moved(i * cStep);
            if (first.Start.Start != null)
                product.Start = product.C;
            product.Multiply();
        }
    }
}
