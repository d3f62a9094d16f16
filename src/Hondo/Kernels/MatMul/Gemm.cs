using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hondo.Kernels;

/// <summary>
/// General matrix products of float or double. Each element of C is one chain of fused multiply-adds,
/// fma(aᵢₖ, bₖⱼ, chain) for k = 0, 1, …, that starts from 0 or from a given number: the same bits for every number of
/// threads and every SIMD width. C must not overlap A or B.
/// </summary>
public static unsafe class Gemm
{
    /// <summary>C = A·B      [m, k] · [k, n] → [m, n]</summary>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    public static void Multiply<T>(ReadOnlyMatrix<T> a, ReadOnlyMatrix<T> b, Matrix<T> c) where T : unmanaged =>
        Run(a, b, default, c, default(NoTileEnd<T>));

    /// <summary>C += A·B      [m, k] · [k, n] → [m, n]. The chains start from C's old values.</summary>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    public static void MultiplyAdd<T>(ReadOnlyMatrix<T> a, ReadOnlyMatrix<T> b, Matrix<T> c) where T : unmanaged =>
        Run(a, b, c, c, default(NoTileEnd<T>));

    /// <summary>
    /// C = S + A·B, at no extra cost: the chains start from S. A bias is a matrix with a row stride of 0
    /// (<see cref="ReadOnlyMatrix{T}.Row"/>); S may also be what a residual connection adds.
    /// </summary>
    /// <exception cref="ArgumentException">The sizes do not fit, or S's columns are not contiguous.</exception>
    public static void Multiply<T>(ReadOnlyMatrix<T> a, ReadOnlyMatrix<T> b, ReadOnlyMatrix<T> start, Matrix<T> c)
        where T : unmanaged => Run(a, b, RequireStart(start, c), c, default(NoTileEnd<T>));

    /// <summary>C = f(S + A·B), with f applied to each tile while it is in the first-level cache.</summary>
    /// <exception cref="ArgumentException">The sizes do not fit, or S's columns are not contiguous.</exception>
    public static void Multiply<T, F>(
        ReadOnlyMatrix<T> a, ReadOnlyMatrix<T> b, ReadOnlyMatrix<T> start, Matrix<T> c, F activation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> where F : struct, IUnary =>
        Run(a, b, RequireStart(start, c), c, new ActivationEnd<T, F>(activation));

    /// <summary>C = A·B with B packed before.</summary>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    public static void MultiplyPacked<T>(ReadOnlyMatrix<T> a, PackedMatrix<T> b, Matrix<T> c) where T : unmanaged =>
        RunPacked(a, b, default, c, default(NoTileEnd<T>));

    /// <summary>C += A·B with B packed before.</summary>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    public static void MultiplyAddPacked<T>(ReadOnlyMatrix<T> a, PackedMatrix<T> b, Matrix<T> c)
        where T : unmanaged => RunPacked(a, b, c, c, default(NoTileEnd<T>));

    /// <summary>C = S + A·B with B packed before.</summary>
    /// <exception cref="ArgumentException">The sizes do not fit, or S's columns are not contiguous.</exception>
    public static void MultiplyPacked<T>(ReadOnlyMatrix<T> a, PackedMatrix<T> b, ReadOnlyMatrix<T> start, Matrix<T> c)
        where T : unmanaged => RunPacked(a, b, RequireStart(start, c), c, default(NoTileEnd<T>));

    /// <summary>C = f(S + A·B) with B packed before.</summary>
    /// <exception cref="ArgumentException">The sizes do not fit, or S's columns are not contiguous.</exception>
    public static void MultiplyPacked<T, F>(
        ReadOnlyMatrix<T> a, PackedMatrix<T> b, ReadOnlyMatrix<T> start, Matrix<T> c, F activation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> where F : struct, IUnary =>
        RunPacked(a, b, RequireStart(start, c), c, new ActivationEnd<T, F>(activation));

    static void Run<T, E>(
        ReadOnlyMatrix<T> a, ReadOnlyMatrix<T> b, ReadOnlyMatrix<T> start, Matrix<T> c, E end)
        where T : unmanaged where E : struct, ITileEnd<T>
    {
        Require<T>(a.Rows, a.Columns, b.Rows, b.Columns, c.Rows, c.Columns);
        fixed (T* pa = a.Values, pb = b.Values, ps = start.Values, pc = c.Values)
        {
            Run<T, E>(new(pa, a.RowStride, a.ColumnStride), new(pb, b.RowStride, b.ColumnStride),
                new(ps, start.RowStride, 1), new(pc, c.RowStride, 1), c.Rows, c.Columns, a.Columns, false, end);
        }
    }

    static void RunPacked<T, E>(ReadOnlyMatrix<T> a, PackedMatrix<T> b, ReadOnlyMatrix<T> start, Matrix<T> c, E end)
        where T : unmanaged where E : struct, ITileEnd<T>
    {
        ArgumentNullException.ThrowIfNull(b);
        Require<T>(a.Rows, a.Columns, b.Rows, b.Columns, c.Rows, c.Columns);
        fixed (T* pa = a.Values, ps = start.Values, pc = c.Values)
        {
            Run<T, E>(new(pa, a.RowStride, a.ColumnStride), new(b.Start, 0, 1),
                new(ps, start.RowStride, 1), new(pc, c.RowStride, 1), c.Rows, c.Columns, a.Columns, true, end);
        }
        GC.KeepAlive(b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Run<T, E>(Operand<T> a, Operand<T> b, Operand<T> start, Operand<T> c, nint m, nint n, nint k,
        bool isPacked, E end) where T : unmanaged where E : struct, ITileEnd<T>
    {
        if (Vector512.IsHardwareAccelerated)
            Run<T, Vector512<T>, Register512<T>, E>(a, b, start, c, m, n, k, isPacked, end);
        else if (Vector256.IsHardwareAccelerated)
            Run<T, Vector256<T>, Register256<T>, E>(a, b, start, c, m, n, k, isPacked, end);
        else if (Vector128.IsHardwareAccelerated)
            Run<T, Vector128<T>, Register128<T>, E>(a, b, start, c, m, n, k, isPacked, end);
        else
            Run<T, T, RegisterScalar<T>, E>(a, b, start, c, m, n, k, isPacked, end);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Run<T, V, S, E>(Operand<T> a, Operand<T> b, Operand<T> start, Operand<T> c, nint m, nint n,
        nint k, bool isPacked, E end)
        where T : unmanaged where V : struct where S : struct, IRegister<T, V> where E : struct, ITileEnd<T>
    {
        var product = new Product<T, V, S, E>
        {
            A = a, B = b, Start = start, C = c, M = m, N = n, K = k, IsPacked = isPacked, End = end,
        };
        product.Multiply();
    }

    static ReadOnlyMatrix<T> RequireStart<T>(ReadOnlyMatrix<T> start, Matrix<T> c) where T : unmanaged
    {
        if (start.Rows != c.Rows || start.Columns != c.Columns || (start.ColumnStride != 1 && start.Columns > 1))
            throw new ArgumentException($"Gemm: the chains cannot start from a [{start.Rows}, {start.Columns}] with "
                + $"column stride {start.ColumnStride}; it must be [{c.Rows}, {c.Columns}] as C, with contiguous "
                + "columns. For a bias write ReadOnlyMatrix.Row(bias, rows).");
        return start;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Require<T>(int aRows, int aColumns, int bRows, int bColumns, int cRows, int cColumns)
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new NotSupportedException($"Gemm multiplies float and double, not {typeof(T).Name}.");
        if (aColumns != bRows || cRows != aRows || cColumns != bColumns)
            Refuse(aRows, aColumns, bRows, bColumns, cRows, cColumns);
    }

    [DoesNotReturn]
    static void Refuse(int aRows, int aColumns, int bRows, int bColumns, int cRows, int cColumns) =>
        throw new ArgumentException($"Gemm: [{aRows}, {aColumns}] · [{bRows}, {bColumns}] into [{cRows}, {cColumns}] "
            + "does not fit: it must be [m, k] · [k, n] into [m, n].");
}
