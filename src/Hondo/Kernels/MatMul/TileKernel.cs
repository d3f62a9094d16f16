using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

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
    /// <summary>
    /// 13 rows of contiguous numbers, for which 32 registers are needed. They go into 26 rows without a rest; tiles of
    /// 8 leave two rows, which cost as much as four.
    /// </summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Thirteen(in Tile<T> tile)
    {
        R r0 = default, r1 = default, r2 = default, r3 = default, r4 = default, r5 = default, r6 = default;
        R r7 = default, r8 = default, r9 = default, r10 = default, r11 = default, r12 = default;
        V mask = R.Mask(tile.Columns);
        if (tile.Start != null)
        {
            nint from = tile.StartRowStride;
            T* s = tile.Start, t = s + 4 * from, z = t + 4 * from;
            FourRows<T, V, S, R>.Load(s, from, mask, ref r0, ref r1, ref r2, ref r3);
            FourRows<T, V, S, R>.Load(t, from, mask, ref r4, ref r5, ref r6, ref r7);
            FourRows<T, V, S, R>.Load(z, from, mask, ref r8, ref r9, ref r10, ref r11);
            r12.Load(z + 4 * from, mask);
        }
        nint row = tile.ARowStride, row2 = 2 * row, row3 = 3 * row, next = tile.BRowStride;
        T* u = tile.A, v = u + 4 * row, w = v + 4 * row, last = w + 4 * row, b = tile.B, ahead = tile.Ahead;
        for (nint k = tile.K; k > 0; k--, u++, v++, w++, last++, b += next)
        {
            Fetch(ref ahead, tile.AheadStep);
            R x = default;
            x.Load(b, mask);
            r0.MultiplyAdd(S.Broadcast(*u), x);
            r1.MultiplyAdd(S.Broadcast(u[row]), x);
            r2.MultiplyAdd(S.Broadcast(u[row2]), x);
            r3.MultiplyAdd(S.Broadcast(u[row3]), x);
            r4.MultiplyAdd(S.Broadcast(*v), x);
            r5.MultiplyAdd(S.Broadcast(v[row]), x);
            r6.MultiplyAdd(S.Broadcast(v[row2]), x);
            r7.MultiplyAdd(S.Broadcast(v[row3]), x);
            r8.MultiplyAdd(S.Broadcast(*w), x);
            r9.MultiplyAdd(S.Broadcast(w[row]), x);
            r10.MultiplyAdd(S.Broadcast(w[row2]), x);
            r11.MultiplyAdd(S.Broadcast(w[row3]), x);
            r12.MultiplyAdd(S.Broadcast(*last), x);
        }
        nint step = tile.CRowStride;
        T* c = tile.C, d = c + 4 * step, e = d + 4 * step;
        FourRows<T, V, S, R>.Store(c, step, mask, r0, r1, r2, r3);
        FourRows<T, V, S, R>.Store(d, step, mask, r4, r5, r6, r7);
        FourRows<T, V, S, R>.Store(e, step, mask, r8, r9, r10, r11);
        r12.Store(e + 4 * step, mask);
    }

    /// <summary>
    /// 12 rows of contiguous numbers: 14 loads for 24 multiply-adds of two registers, where 8 rows need 10 for 16, and
    /// four steps of k at once: 1.6 instructions for a multiply-add instead of 1.9.
    /// </summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Twelve(in Tile<T> tile)
    {
        R r0 = default, r1 = default, r2 = default, r3 = default, r4 = default, r5 = default, r6 = default;
        R r7 = default, r8 = default, r9 = default, r10 = default, r11 = default, x = default;
        V mask = R.Mask(tile.Columns);
        if (tile.Start != null)
        {
            nint from = tile.StartRowStride;
            T* s = tile.Start, t = s + 4 * from;
            FourRows<T, V, S, R>.Load(s, from, mask, ref r0, ref r1, ref r2, ref r3);
            FourRows<T, V, S, R>.Load(t, from, mask, ref r4, ref r5, ref r6, ref r7);
            FourRows<T, V, S, R>.Load(t + 4 * from, from, mask, ref r8, ref r9, ref r10, ref r11);
        }
        nint row = tile.ARowStride, next = tile.BRowStride, k = tile.K, aheadStep = 2 * tile.AheadStep;
        T* u = tile.A, v = u + 4 * row, w = v + 4 * row, b = tile.B, ahead = tile.Ahead;
        for (; k >= 4; k -= 4, u += 4, v += 4, w += 4, b += next)
        {
            FetchTwice(ref ahead, aheadStep);
            x.Load(b, mask);
            FourRows<T, V, S, R>.Add(u, 0, row, x, ref r0, ref r1, ref r2, ref r3);
            FourRows<T, V, S, R>.Add(v, 0, row, x, ref r4, ref r5, ref r6, ref r7);
            FourRows<T, V, S, R>.Add(w, 0, row, x, ref r8, ref r9, ref r10, ref r11);
            x.Load(b += next, mask);
            FourRows<T, V, S, R>.Add(u, 1, row, x, ref r0, ref r1, ref r2, ref r3);
            FourRows<T, V, S, R>.Add(v, 1, row, x, ref r4, ref r5, ref r6, ref r7);
            FourRows<T, V, S, R>.Add(w, 1, row, x, ref r8, ref r9, ref r10, ref r11);
            x.Load(b += next, mask);
            FourRows<T, V, S, R>.Add(u, 2, row, x, ref r0, ref r1, ref r2, ref r3);
            FourRows<T, V, S, R>.Add(v, 2, row, x, ref r4, ref r5, ref r6, ref r7);
            FourRows<T, V, S, R>.Add(w, 2, row, x, ref r8, ref r9, ref r10, ref r11);
            x.Load(b += next, mask);
            FourRows<T, V, S, R>.Add(u, 3, row, x, ref r0, ref r1, ref r2, ref r3);
            FourRows<T, V, S, R>.Add(v, 3, row, x, ref r4, ref r5, ref r6, ref r7);
            FourRows<T, V, S, R>.Add(w, 3, row, x, ref r8, ref r9, ref r10, ref r11);
        }
        for (; k > 0; k--, u++, v++, w++, b += next)
        {
            x.Load(b, mask);
            FourRows<T, V, S, R>.Add(u, 0, row, x, ref r0, ref r1, ref r2, ref r3);
            FourRows<T, V, S, R>.Add(v, 0, row, x, ref r4, ref r5, ref r6, ref r7);
            FourRows<T, V, S, R>.Add(w, 0, row, x, ref r8, ref r9, ref r10, ref r11);
        }
        nint step = tile.CRowStride;
        T* c = tile.C, d = c + 4 * step;
        FourRows<T, V, S, R>.Store(c, step, mask, r0, r1, r2, r3);
        FourRows<T, V, S, R>.Store(d, step, mask, r4, r5, r6, r7);
        FourRows<T, V, S, R>.Store(d + 4 * step, step, mask, r8, r9, r10, r11);
    }

    [MethodImpl(AggressiveInlining)]
    static void Fetch(ref T* ahead, nint step)
    {
        if (!Sse.IsSupported || ahead == null)
            return;
        Sse.Prefetch0(ahead);
        ahead += step;
    }

    // Beside four steps of k: what is not asked for costs one question.
    [MethodImpl(AggressiveInlining)]
    static void FetchTwice(ref T* ahead, nint step)
    {
        if (!Sse.IsSupported || ahead == null)
            return;
        Sse.Prefetch0(ahead);
        Sse.Prefetch0(ahead + step);
        ahead += 2 * step;
    }

    /// <summary>5 to 8 rows. The lower four are the last four: with fewer than 8 some are done twice.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Eight(in Tile<T> tile)
    {
        R r0 = default, r1 = default, r2 = default, r3 = default;
        R r4 = default, r5 = default, r6 = default, r7 = default, x = default;
        V mask = R.Mask(tile.Columns);
        nint skipped = tile.Rows - 4;
        if (tile.Start != null)
        {
            nint from = tile.StartRowStride;
            T* s = tile.Start, t = s + skipped * from;
            FourRows<T, V, S, R>.Load(s, from, mask, ref r0, ref r1, ref r2, ref r3);
            FourRows<T, V, S, R>.Load(t, from, mask, ref r4, ref r5, ref r6, ref r7);
        }
        nint row = tile.ARowStride, column = tile.AColumnStride, next = tile.BRowStride;
        T* u = tile.A, w = u + skipped * row, b = tile.B, panel = tile.Panel, ahead = tile.Ahead;
        nint k = tile.K, aheadStep = 2 * tile.AheadStep;
        for (; k >= 4 && panel == null && column == 1; k -= 4, u += 4, w += 4, b += next)
        {
            FetchTwice(ref ahead, aheadStep);
            x.Load(b, mask);
            FourRows<T, V, S, R>.Add(u, 0, row, x, ref r0, ref r1, ref r2, ref r3);
            FourRows<T, V, S, R>.Add(w, 0, row, x, ref r4, ref r5, ref r6, ref r7);
            x.Load(b += next, mask);
            FourRows<T, V, S, R>.Add(u, 1, row, x, ref r0, ref r1, ref r2, ref r3);
            FourRows<T, V, S, R>.Add(w, 1, row, x, ref r4, ref r5, ref r6, ref r7);
            x.Load(b += next, mask);
            FourRows<T, V, S, R>.Add(u, 2, row, x, ref r0, ref r1, ref r2, ref r3);
            FourRows<T, V, S, R>.Add(w, 2, row, x, ref r4, ref r5, ref r6, ref r7);
            x.Load(b += next, mask);
            FourRows<T, V, S, R>.Add(u, 3, row, x, ref r0, ref r1, ref r2, ref r3);
            FourRows<T, V, S, R>.Add(w, 3, row, x, ref r4, ref r5, ref r6, ref r7);
        }
        for (; k > 0; k--, u += column, w += column, b += next)
        {
            Fetch(ref ahead, tile.AheadStep);
            x.Load(b, mask);
            if (panel != null)
            {
                x.Store(panel, mask);
                panel += tile.PanelStride;
            }
            FourRows<T, V, S, R>.Add(u, 0, row, x, ref r0, ref r1, ref r2, ref r3);
            FourRows<T, V, S, R>.Add(w, 0, row, x, ref r4, ref r5, ref r6, ref r7);
        }
        nint step = tile.CRowStride;
        T* c = tile.C, d = c + skipped * step;
        FourRows<T, V, S, R>.Store(c, step, mask, r0, r1, r2, r3);
        FourRows<T, V, S, R>.Store(d, step, mask, r4, r5, r6, r7);
    }

    /// <summary>1 to 4 rows. Missing ones repeat the last.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Four(in Tile<T> tile)
    {
        R r0 = default, r1 = default, r2 = default, r3 = default;
        V mask = R.Mask(tile.Columns);
        nint second = Math.Min(1, tile.Rows - 1), third = Math.Min(2, tile.Rows - 1), last = tile.Rows - 1;
        if (tile.Start != null)
        {
            r0.Load(tile.Start, mask);
            r1.Load(tile.Start + second * tile.StartRowStride, mask);
            r2.Load(tile.Start + third * tile.StartRowStride, mask);
            r3.Load(tile.Start + last * tile.StartRowStride, mask);
        }
        nint row1 = second * tile.ARowStride, row2 = third * tile.ARowStride, row3 = last * tile.ARowStride;
        nint column = tile.AColumnStride, next = tile.BRowStride;
        T* a = tile.A, b = tile.B, panel = tile.Panel;
        for (nint k = tile.K; k > 0; k--, a += column, b += next)
        {
            R x = default;
            x.Load(b, mask);
            if (panel != null)
            {
                x.Store(panel, mask);
                panel += tile.PanelStride;
            }
            r0.MultiplyAdd(S.Broadcast(*a), x);
            r1.MultiplyAdd(S.Broadcast(a[row1]), x);
            r2.MultiplyAdd(S.Broadcast(a[row2]), x);
            r3.MultiplyAdd(S.Broadcast(a[row3]), x);
        }
        r0.Store(tile.C, mask);
        r1.Store(tile.C + second * tile.CRowStride, mask);
        r2.Store(tile.C + third * tile.CRowStride, mask);
        r3.Store(tile.C + last * tile.CRowStride, mask);
    }

    /// <summary>One row: a vector times a matrix.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void One(in Tile<T> tile)
    {
        R row = default;
        V mask = R.Mask(tile.Columns);
        if (tile.Start != null)
            row.Load(tile.Start, mask);
        nint column = tile.AColumnStride, next = tile.BRowStride;
        T* a = tile.A, b = tile.B;
        for (nint k = tile.K; k > 0; k--, a += column, b += next)
        {
            R x = default;
            x.Load(b, mask);
            row.MultiplyAdd(S.Broadcast(*a), x);
        }
        row.Store(tile.C, mask);
    }
}
