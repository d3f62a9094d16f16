using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>
/// A tile of 16 neighbouring pixels of one register each, for kernels three wide: a pixel is read once for the three
/// that see it. One register a row leaves a broadcast to each multiply-add, and the loads' ports would be the limit
/// (59 % of the peak at 16 channels; so 90 %). Steps come in threes, from left to right, channel after channel.
/// </summary>
static unsafe class ThreePlacesTile<T, V, S, R>
    where T : unmanaged where V : struct where S : struct, IRegister<T, V> where R : struct, ITileRow<R, T, V>
{
    /// <summary>The pixels of a tile.</summary>
    public const int Pixels = 16;

    /// <summary>Runs the tile.</summary>
    /// <param name="tile">The tile; a row is a pixel.</param>
    /// <param name="d">From one pixel to the next in A.</param>
    [MethodImpl(AggressiveOptimization)]
    public static void Run(in OffsetTile<T> tile, nint d)
    {
        R r0 = default, r1 = default, r2 = default, r3 = default, r4 = default, r5 = default, r6 = default;
        R r7 = default, r8 = default, r9 = default, r10 = default, r11 = default, r12 = default, r13 = default;
        R r14 = default, r15 = default, left = default, middle = default, right = default;
        V mask = R.Mask(tile.Columns);
        if (tile.Start != null)
        {
            int* from = tile.StartRows;
            FourRows<T, V, S, R>.Load(tile.Start, from, mask, ref r0, ref r1, ref r2, ref r3);
            FourRows<T, V, S, R>.Load(tile.Start, from + 4, mask, ref r4, ref r5, ref r6, ref r7);
            FourRows<T, V, S, R>.Load(tile.Start, from + 8, mask, ref r8, ref r9, ref r10, ref r11);
            FourRows<T, V, S, R>.Load(tile.Start, from + 12, mask, ref r12, ref r13, ref r14, ref r15);
        }
        T* first = tile.A + tile.Rows[0], b = tile.B;
        nint next = tile.BRowStride;
        for (int* step = tile.Steps, end = step + tile.K; step < end; step += 3, b += 3 * next)
        {
            T* a = first + *step;
            left.Load(b, mask);
            middle.Load(b + next, mask);
            right.Load(b + 2 * next, mask);
            r0.MultiplyAdd(S.Broadcast(*a), left);
            Add(S.Broadcast(*(a + d)), left, middle, ref r1, ref r0);
            Add(S.Broadcast(*(a + 2 * d)), left, middle, right, ref r2, ref r1, ref r0);
            Add(S.Broadcast(*(a + 3 * d)), left, middle, right, ref r3, ref r2, ref r1);
            Add(S.Broadcast(*(a + 4 * d)), left, middle, right, ref r4, ref r3, ref r2);
            Add(S.Broadcast(*(a + 5 * d)), left, middle, right, ref r5, ref r4, ref r3);
            Add(S.Broadcast(*(a + 6 * d)), left, middle, right, ref r6, ref r5, ref r4);
            Add(S.Broadcast(*(a + 7 * d)), left, middle, right, ref r7, ref r6, ref r5);
            Add(S.Broadcast(*(a + 8 * d)), left, middle, right, ref r8, ref r7, ref r6);
            Add(S.Broadcast(*(a + 9 * d)), left, middle, right, ref r9, ref r8, ref r7);
            Add(S.Broadcast(*(a + 10 * d)), left, middle, right, ref r10, ref r9, ref r8);
            Add(S.Broadcast(*(a + 11 * d)), left, middle, right, ref r11, ref r10, ref r9);
            Add(S.Broadcast(*(a + 12 * d)), left, middle, right, ref r12, ref r11, ref r10);
            Add(S.Broadcast(*(a + 13 * d)), left, middle, right, ref r13, ref r12, ref r11);
            Add(S.Broadcast(*(a + 14 * d)), left, middle, right, ref r14, ref r13, ref r12);
            Add(S.Broadcast(*(a + 15 * d)), left, middle, right, ref r15, ref r14, ref r13);
            Add(S.Broadcast(*(a + 16 * d)), middle, right, ref r15, ref r14);
            r15.MultiplyAdd(S.Broadcast(*(a + 17 * d)), right);
        }
        FourRows<T, V, S, R>.Store(tile.C, tile.Into, mask, r0, r1, r2, r3);
        FourRows<T, V, S, R>.Store(tile.C, tile.Into + 4, mask, r4, r5, r6, r7);
        FourRows<T, V, S, R>.Store(tile.C, tile.Into + 8, mask, r8, r9, r10, r11);
        FourRows<T, V, S, R>.Store(tile.C, tile.Into + 12, mask, r12, r13, r14, r15);
    }

    [MethodImpl(AggressiveInlining)]
    static void Add(V x, in R left, in R middle, ref R pixel, ref R before)
    {
        pixel.MultiplyAdd(x, left);
        before.MultiplyAdd(x, middle);
    }

    [MethodImpl(AggressiveInlining)]
    static void Add(V x, in R left, in R middle, in R right, ref R pixel, ref R before, ref R beforeThat)
    {
        pixel.MultiplyAdd(x, left);
        before.MultiplyAdd(x, middle);
        beforeThat.MultiplyAdd(x, right);
    }
}
