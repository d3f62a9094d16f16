using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>A tile of C = A·B (or C += A·B) for one block of k.</summary>
unsafe struct Tile<T> where T : unmanaged
{
    public T* A;
    public nint ARowStride, AColumnStride;
    public T* B;
    public nint BRowStride;
    public T* C;
    public nint CRowStride;
    public nint K;
    public int Rows, Columns;

    /// <summary>The chains of multiply-adds start from what C holds, not from 0.</summary>
    public bool Continues;
}

/// <summary>
/// The inner loops of every matrix product. Each element of C is one chain of fused multiply-adds in the order of k,
/// so the result has the same bits whatever the width, the tile or the blocking.
/// </summary>
static unsafe class TileKernel<T, V, S, R>
    where T : unmanaged
    where V : struct
    where S : struct, IRegister<T, V>
    where R : struct, ITileRow<R, T, V>
{
    /// <summary>4 to 8 rows. The last four are rows − 4 …: with fewer than 8 some are done twice, to the same bits.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Eight(in Tile<T> tile)
    {
        R r0 = default, r1 = default, r2 = default, r3 = default, r4 = default, r5 = default, r6 = default, r7 = default;
        V mask = R.Mask(tile.Columns);
        T* c = tile.C;
        nint step = tile.CRowStride;
        T* d = c + (tile.Rows - 4) * step;
        if (tile.Continues)
        {
            r0.Load(c, mask);
            r1.Load(c + step, mask);
            r2.Load(c + 2 * step, mask);
            r3.Load(c + 3 * step, mask);
            r4.Load(d, mask);
            r5.Load(d + step, mask);
            r6.Load(d + 2 * step, mask);
            r7.Load(d + 3 * step, mask);
        }
        nint row = tile.ARowStride, row3 = 3 * row, column = tile.AColumnStride;
        T* u = tile.A, w = u + (tile.Rows - 4) * row, b = tile.B;
        for (nint k = tile.K; k > 0; k--, u += column, w += column, b += tile.BRowStride)
        {
            R x = default;
            x.Load(b, mask);
            r0.MultiplyAdd(S.Broadcast(*u), x);
            r1.MultiplyAdd(S.Broadcast(u[row]), x);
            r2.MultiplyAdd(S.Broadcast(u[2 * row]), x);
            r3.MultiplyAdd(S.Broadcast(u[row3]), x);
            r4.MultiplyAdd(S.Broadcast(*w), x);
            r5.MultiplyAdd(S.Broadcast(w[row]), x);
            r6.MultiplyAdd(S.Broadcast(w[2 * row]), x);
            r7.MultiplyAdd(S.Broadcast(w[row3]), x);
        }
        r0.Store(c, mask);
        r1.Store(c + step, mask);
        r2.Store(c + 2 * step, mask);
        r3.Store(c + 3 * step, mask);
        r4.Store(d, mask);
        r5.Store(d + step, mask);
        r6.Store(d + 2 * step, mask);
        r7.Store(d + 3 * step, mask);
    }

    /// <summary>1 to 4 rows. Missing ones repeat the last, to the same bits.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Four(in Tile<T> tile)
    {
        R r0 = default, r1 = default, r2 = default, r3 = default;
        V mask = R.Mask(tile.Columns);
        nint second = Math.Min(1, tile.Rows - 1), third = Math.Min(2, tile.Rows - 1), last = tile.Rows - 1;
        T* c0 = tile.C, c1 = c0 + second * tile.CRowStride;
        T* c2 = c0 + third * tile.CRowStride, c3 = c0 + last * tile.CRowStride;
        if (tile.Continues)
        {
            r0.Load(c0, mask);
            r1.Load(c1, mask);
            r2.Load(c2, mask);
            r3.Load(c3, mask);
        }
        T* a = tile.A, b = tile.B;
        nint row1 = second * tile.ARowStride, row2 = third * tile.ARowStride, row3 = last * tile.ARowStride;
        for (nint k = tile.K; k > 0; k--, a += tile.AColumnStride, b += tile.BRowStride)
        {
            R x = default;
            x.Load(b, mask);
            r0.MultiplyAdd(S.Broadcast(*a), x);
            r1.MultiplyAdd(S.Broadcast(a[row1]), x);
            r2.MultiplyAdd(S.Broadcast(a[row2]), x);
            r3.MultiplyAdd(S.Broadcast(a[row3]), x);
        }
        r0.Store(c0, mask);
        r1.Store(c1, mask);
        r2.Store(c2, mask);
        r3.Store(c3, mask);
    }

    /// <summary>One row: a vector times a matrix.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void One(in Tile<T> tile)
    {
        R row = default;
        V mask = R.Mask(tile.Columns);
        if (tile.Continues)
            row.Load(tile.C, mask);
        T* a = tile.A, b = tile.B;
        for (nint k = tile.K; k > 0; k--, a += tile.AColumnStride, b += tile.BRowStride)
        {
            R x = default;
            x.Load(b, mask);
            row.MultiplyAdd(S.Broadcast(*a), x);
        }
        row.Store(tile.C, mask);
    }
}
