using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hondo.Kernels;

/// <summary>
/// General matrix products. Each element of C is one chain of fused multiply-adds, fma(aᵢₖ, bₖⱼ, chain) for k = 0, 1,
/// …, that starts from 0 (<c>Multiply</c>) or from C's old value (<c>MultiplyAdd</c>): the same bits for every number
/// of threads and every SIMD width.
/// </summary>
public static unsafe class Gemm
{
    /// <summary>C = A·B      [m, k] · [k, n] → [m, n]. C must not overlap A or B.</summary>
    /// <exception cref="ArgumentException">The sizes do not fit together.</exception>
    public static void Multiply<T>(ReadOnlyMatrix<T> a, ReadOnlyMatrix<T> b, Matrix<T> c) where T : unmanaged =>
        Run(a, b, c, continues: false);

    /// <summary>C += A·B      [m, k] · [k, n] → [m, n]. C must not overlap A or B.</summary>
    /// <exception cref="ArgumentException">The sizes do not fit together.</exception>
    public static void MultiplyAdd<T>(ReadOnlyMatrix<T> a, ReadOnlyMatrix<T> b, Matrix<T> c) where T : unmanaged =>
        Run(a, b, c, continues: true);

    /// <summary>C = A·B with B packed before.</summary>
    /// <exception cref="ArgumentException">The sizes do not fit together.</exception>
    public static void MultiplyPacked<T>(ReadOnlyMatrix<T> a, PackedMatrix<T> b, Matrix<T> c) where T : unmanaged =>
        RunPacked(a, b, c, continues: false);

    /// <summary>C += A·B with B packed before.</summary>
    /// <exception cref="ArgumentException">The sizes do not fit together.</exception>
    public static void MultiplyAddPacked<T>(ReadOnlyMatrix<T> a, PackedMatrix<T> b, Matrix<T> c) where T : unmanaged =>
        RunPacked(a, b, c, continues: true);

    static void Run<T>(ReadOnlyMatrix<T> a, ReadOnlyMatrix<T> b, Matrix<T> c, bool continues) where T : unmanaged
    {
        Require<T>(a.Rows, a.Columns, b.Rows, b.Columns, c.Rows, c.Columns);
        fixed (T* pa = a.Values, pb = b.Values, pc = c.Values)
        {
            Run<T, NoTileEnd<T>>(new(pa, a.RowStride, a.ColumnStride), new(pb, b.RowStride, b.ColumnStride),
                new(pc, c.RowStride, 1), c.Rows, c.Columns, a.Columns, continues, false, default);
        }
    }

    static void RunPacked<T>(ReadOnlyMatrix<T> a, PackedMatrix<T> b, Matrix<T> c, bool continues) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(b);
        Require<T>(a.Rows, a.Columns, b.Rows, b.Columns, c.Rows, c.Columns);
        fixed (T* pa = a.Values, pc = c.Values)
        {
            Run<T, NoTileEnd<T>>(new(pa, a.RowStride, a.ColumnStride), new(b.Start, 0, 1),
                new(pc, c.RowStride, 1), c.Rows, c.Columns, a.Columns, continues, true, default);
        }
        GC.KeepAlive(b);
    }

    static void Run<T, E>(Operand<T> a, Operand<T> b, Operand<T> c, nint m, nint n, nint k, bool continues,
        bool isPacked, E end) where T : unmanaged where E : struct, ITileEnd<T>
    {
        if (Vector512.IsHardwareAccelerated)
            Run<T, Vector512<T>, Register512<T>, E>(a, b, c, m, n, k, continues, isPacked, end);
        else if (Vector256.IsHardwareAccelerated)
            Run<T, Vector256<T>, Register256<T>, E>(a, b, c, m, n, k, continues, isPacked, end);
        else if (Vector128.IsHardwareAccelerated)
            Run<T, Vector128<T>, Register128<T>, E>(a, b, c, m, n, k, continues, isPacked, end);
        else
            Run<T, T, RegisterScalar<T>, E>(a, b, c, m, n, k, continues, isPacked, end);
    }

    internal static void Run<T, V, S, E>(Operand<T> a, Operand<T> b, Operand<T> c, nint m, nint n, nint k,
        bool continues, bool isPacked, E end)
        where T : unmanaged where V : struct where S : struct, IRegister<T, V> where E : struct, ITileEnd<T>
    {
        var product = new Product<T, V, S, E>
        {
            A = a, B = b, C = c, M = m, N = n, K = k, Continues = continues, IsPacked = isPacked, End = end,
        };
        product.Multiply();
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
