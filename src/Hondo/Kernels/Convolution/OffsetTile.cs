using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>
/// A tile of C = S + A·B in which A and C lie scattered: A(i, k) is <c>A[Rows[i] + Steps[k]]</c>, row i of C begins at
/// <c>C[Into[i]]</c>. An image is such a matrix as it lies in memory: rows are pixels, steps the kernel's places.
/// Tables hold as many rows as the tile that runs; those beyond the last repeat it.
/// </summary>
unsafe struct OffsetTile<T> where T : unmanaged
{
    public T* A;
    public int* Rows, Steps;
    public T* B;
    public nint BRowStride;
    public T* C;
    public int* Into;
    public nint K;
    public int Columns;

    /// <summary>What a row of A reaches last, from its begin, and how many numbers; 0 where they lie at hand.</summary>
    public int Reach, ReachLength;

    /// <summary>Where the chains of multiply-adds start from, row i at StartRows[i]; null for 0.</summary>
    public T* Start;
    public int* StartRows;
}

/// <summary>
/// The inner loops of every convolution, forward and backward. As in <see cref="TileKernel{T,V,S,R}"/> each element of
/// C is one chain of fused multiply-adds in the order of k.
/// </summary>
static unsafe class OffsetTileKernel<T, V, S, R, F>
    where T : unmanaged
    where V : struct
    where S : struct, IRegister<T, V>
    where R : struct, ITileRow<R, T, V>
    where F : struct, IFactor<T, V>
{
    /// <summary>8 rows. The offset of each step is read from the table: a load that the multiply-adds hide.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Eight(in OffsetTile<T> tile)
    {
        R r0 = default, r1 = default, r2 = default, r3 = default;
        R r4 = default, r5 = default, r6 = default, r7 = default;
        V mask = R.Mask(tile.Columns);
        if (tile.Start != null)
        {
            T* s = tile.Start;
            int* from = tile.StartRows;
            r0.Load(s + from[0], mask);
            r1.Load(s + from[1], mask);
            r2.Load(s + from[2], mask);
            r3.Load(s + from[3], mask);
            r4.Load(s + from[4], mask);
            r5.Load(s + from[5], mask);
            r6.Load(s + from[6], mask);
            r7.Load(s + from[7], mask);
        }
        int* rows = tile.Rows;
        T* p0 = tile.A + rows[0], p1 = tile.A + rows[1], p2 = tile.A + rows[2], p3 = tile.A + rows[3];
        T* p4 = tile.A + rows[4], p5 = tile.A + rows[5], p6 = tile.A + rows[6], p7 = tile.A + rows[7];
        T* b = tile.B;
        nint next = tile.BRowStride;
        for (int* step = tile.Steps, end = step + tile.K; step < end; step++, b += next)
        {
            nint i = *step;
            R x = default;
            x.Load(b, mask);
            r0.MultiplyAdd(F.Read(p0 + i, mask), x);
            r1.MultiplyAdd(F.Read(p1 + i, mask), x);
            r2.MultiplyAdd(F.Read(p2 + i, mask), x);
            r3.MultiplyAdd(F.Read(p3 + i, mask), x);
            r4.MultiplyAdd(F.Read(p4 + i, mask), x);
            r5.MultiplyAdd(F.Read(p5 + i, mask), x);
            r6.MultiplyAdd(F.Read(p6 + i, mask), x);
            r7.MultiplyAdd(F.Read(p7 + i, mask), x);
        }
        T* c = tile.C;
        int* into = tile.Into;
        r0.Store(c + into[0], mask);
        r1.Store(c + into[1], mask);
        r2.Store(c + into[2], mask);
        r3.Store(c + into[3], mask);
        r4.Store(c + into[4], mask);
        r5.Store(c + into[5], mask);
        r6.Store(c + into[6], mask);
        r7.Store(c + into[7], mask);
    }

    /// <summary>4 rows.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Four(in OffsetTile<T> tile)
    {
        R r0 = default, r1 = default, r2 = default, r3 = default;
        V mask = R.Mask(tile.Columns);
        if (tile.Start != null)
        {
            r0.Load(tile.Start + tile.StartRows[0], mask);
            r1.Load(tile.Start + tile.StartRows[1], mask);
            r2.Load(tile.Start + tile.StartRows[2], mask);
            r3.Load(tile.Start + tile.StartRows[3], mask);
        }
        int* rows = tile.Rows;
        T* p0 = tile.A + rows[0], p1 = tile.A + rows[1], p2 = tile.A + rows[2], p3 = tile.A + rows[3];
        T* b = tile.B;
        nint next = tile.BRowStride;
        for (int* step = tile.Steps, end = step + tile.K; step < end; step++, b += next)
        {
            nint i = *step;
            R x = default;
            x.Load(b, mask);
            r0.MultiplyAdd(F.Read(p0 + i, mask), x);
            r1.MultiplyAdd(F.Read(p1 + i, mask), x);
            r2.MultiplyAdd(F.Read(p2 + i, mask), x);
            r3.MultiplyAdd(F.Read(p3 + i, mask), x);
        }
        T* c = tile.C;
        r0.Store(c + tile.Into[0], mask);
        r1.Store(c + tile.Into[1], mask);
        r2.Store(c + tile.Into[2], mask);
        r3.Store(c + tile.Into[3], mask);
    }
}
