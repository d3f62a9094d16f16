using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
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

    /// <summary>What is brought near for another panel's tiles, and how far each step of k moves on in it.</summary>
    public T* Ahead;
    public nint AheadStep;

    /// <summary>Where the chains of multiply-adds start from, row i at StartRows[i]; null for 0.</summary>
    public T* Start;
    public int* StartRows;

    /// <summary>What is added to row i at the end, at AddedRows[i]; null for nothing.</summary>
    public T* Added;
    public int* AddedRows;

    /// <summary>What the results are kept within.</summary>
    public T Least, Most;

    /// <summary>Where the numbers lie that are added to a row.</summary>
    [MethodImpl(AggressiveInlining)]
    public readonly T* AddedTo(int row) => Added == null ? null : Added + AddedRows[row];
}

/// <summary>Whether chains end with a tile, or go on with the next one of the same targets.</summary>
interface IEnd
{
    /// <summary>True where something is added at the end, and the results have limits.</summary>
    static abstract bool IsFinished { get; }

    /// <summary>True where <see cref="OffsetTile{T}.Ahead"/> is brought near meanwhile.</summary>
    static abstract bool FetchesAhead { get; }
}

readonly struct Unfinished : IEnd
{
    public static bool IsFinished => false;

    public static bool FetchesAhead => false;
}

readonly struct UnfinishedAhead : IEnd
{
    public static bool IsFinished => false;

    public static bool FetchesAhead => Sse.IsSupported;
}

readonly struct Finished : IEnd
{
    public static bool IsFinished => true;

    public static bool FetchesAhead => Sse.IsSupported;
}

/// <summary>
/// The inner loops of every convolution, forward and backward. As in <see cref="TileKernel{T,V,S,R}"/> each element of
/// C is one chain of fused multiply-adds in the order of k.
/// </summary>
static unsafe class OffsetTileKernel<T, V, S, R, E>
    where T : unmanaged
    where V : struct
    where S : struct, IRegister<T, V>
    where R : struct, ITileRow<R, T, V>
    where E : struct, IEnd
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
            FourRows<T, V, S, R>.Load(s, from, mask, ref r0, ref r1, ref r2, ref r3);
            FourRows<T, V, S, R>.Load(s, from + 4, mask, ref r4, ref r5, ref r6, ref r7);
        }
        int* rows = tile.Rows;
        T* p0 = tile.A + rows[0], p1 = tile.A + rows[1], p2 = tile.A + rows[2], p3 = tile.A + rows[3];
        T* p4 = tile.A + rows[4], p5 = tile.A + rows[5], p6 = tile.A + rows[6], p7 = tile.A + rows[7];
        T* b = tile.B, ahead = tile.Ahead;
        nint next = tile.BRowStride, aheadStep = tile.AheadStep;
        for (int* step = tile.Steps, end = step + tile.K; step < end; step++, b += next)
        {
            nint i = *step;
            if (E.FetchesAhead)
            {
                Sse.Prefetch0(ahead);
                ahead += aheadStep;
            }
            R x = default;
            x.Load(b, mask);
            r0.MultiplyAdd(S.Broadcast(p0[i]), x);
            r1.MultiplyAdd(S.Broadcast(p1[i]), x);
            r2.MultiplyAdd(S.Broadcast(p2[i]), x);
            r3.MultiplyAdd(S.Broadcast(p3[i]), x);
            r4.MultiplyAdd(S.Broadcast(p4[i]), x);
            r5.MultiplyAdd(S.Broadcast(p5[i]), x);
            r6.MultiplyAdd(S.Broadcast(p6[i]), x);
            r7.MultiplyAdd(S.Broadcast(p7[i]), x);
        }
        if (E.IsFinished)
        {
            V low = S.Broadcast(tile.Least), high = S.Broadcast(tile.Most);
            r0.Finish(tile.AddedTo(0), low, high, mask); r1.Finish(tile.AddedTo(1), low, high, mask);
            r2.Finish(tile.AddedTo(2), low, high, mask); r3.Finish(tile.AddedTo(3), low, high, mask);
            r4.Finish(tile.AddedTo(4), low, high, mask); r5.Finish(tile.AddedTo(5), low, high, mask);
            r6.Finish(tile.AddedTo(6), low, high, mask); r7.Finish(tile.AddedTo(7), low, high, mask);
        }
        T* c = tile.C;
        int* into = tile.Into;
        FourRows<T, V, S, R>.Store(c, into, mask, r0, r1, r2, r3);
        FourRows<T, V, S, R>.Store(c, into + 4, mask, r4, r5, r6, r7);
    }

    /// <summary>4 rows.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Four(in OffsetTile<T> tile)
    {
        R r0 = default, r1 = default, r2 = default, r3 = default;
        V mask = R.Mask(tile.Columns);
        if (tile.Start != null)
            FourRows<T, V, S, R>.Load(tile.Start, tile.StartRows, mask, ref r0, ref r1, ref r2, ref r3);
        int* rows = tile.Rows;
        T* p0 = tile.A + rows[0], p1 = tile.A + rows[1], p2 = tile.A + rows[2], p3 = tile.A + rows[3];
        T* b = tile.B;
        nint next = tile.BRowStride;
        for (int* step = tile.Steps, end = step + tile.K; step < end; step++, b += next)
        {
            nint i = *step;
            R x = default;
            x.Load(b, mask);
            r0.MultiplyAdd(S.Broadcast(p0[i]), x);
            r1.MultiplyAdd(S.Broadcast(p1[i]), x);
            r2.MultiplyAdd(S.Broadcast(p2[i]), x);
            r3.MultiplyAdd(S.Broadcast(p3[i]), x);
        }
        if (E.IsFinished)
        {
            V low = S.Broadcast(tile.Least), high = S.Broadcast(tile.Most);
            r0.Finish(tile.AddedTo(0), low, high, mask);
            r1.Finish(tile.AddedTo(1), low, high, mask);
            r2.Finish(tile.AddedTo(2), low, high, mask);
            r3.Finish(tile.AddedTo(3), low, high, mask);
        }
        FourRows<T, V, S, R>.Store(tile.C, tile.Into, mask, r0, r1, r2, r3);
    }
}
