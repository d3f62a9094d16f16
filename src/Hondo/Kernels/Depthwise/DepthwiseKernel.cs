using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>
/// A tile of a depthwise convolution: neighbouring targets, four or eight, for a kind of columns, a number of places
/// of a kernel's row and a kind of windows. Fewer than eight chains at a time would wait for their own sums.
/// </summary>
static unsafe class DepthwiseKernel<T, V, S, L, N, P, W>
    where T : unmanaged where V : struct where S : struct, IRegister<T, V> where L : struct, IColumns<T, V>
    where N : struct, IPlaces where P : struct, IPlaces where W : struct, IWindows
{
    /// <summary>Runs the tile's channels from one to another.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Run(in DepthwiseTile<T> tile, nint from, nint to)
    {
        V mask = L.Mask((int)(to - from));
        for (nint i = 0; i < N.Count * tile.Repeats; i += N.Count)
            for (nint j = from; j < to; j += S.Width)
            {
                T* a = tile.A + i * tile.Next + j, w = tile.W + j, c = tile.C + i * tile.Into + j;
                Prefetch(tile, a, c);
                V s0 = default, s1 = default, s2 = default, s3 = default;
                V s4 = default, s5 = default, s6 = default, s7 = default;
                if (tile.Start != null)
                    Start(tile, tile.Start + i * tile.StartStep + j, mask, ref s0, ref s1, ref s2, ref s3, ref s4,
                        ref s5, ref s6, ref s7);
                for (int row = tile.Rows; row > 0; row--, a += tile.RowStep, w += tile.WeightRow)
                    if (P.Count == 0)
                        StepAny(tile, a, w, mask, ref s0, ref s1, ref s2, ref s3, ref s4, ref s5, ref s6, ref s7);
                    else if (W.Overlap)
                        Slide(tile, a, w, mask, ref s0, ref s1, ref s2, ref s3, ref s4, ref s5, ref s6, ref s7);
                    else
                        Step(tile, a, w, mask, ref s0, ref s1, ref s2, ref s3, ref s4, ref s5, ref s6, ref s7);
                if (tile.IsLimited)
                    Limit(tile, ref s0, ref s1, ref s2, ref s3, ref s4, ref s5, ref s6, ref s7);
                Store(tile, 0, s0, c, mask);
                Store(tile, 1, s1, c + tile.Into, mask);
                Store(tile, 2, s2, c + 2 * tile.Into, mask);
                Store(tile, 3, s3, c + 3 * tile.Into, mask);
                Store(tile, 4, s4, c + 4 * tile.Into, mask);
                Store(tile, 5, s5, c + 5 * tile.Into, mask);
                Store(tile, 6, s6, c + 6 * tile.Into, mask);
                Store(tile, 7, s7, c + 7 * tile.Into, mask);
            }
    }

    [MethodImpl(AggressiveInlining)]
    static bool Has(in DepthwiseTile<T> tile, int target) => target < N.Count && (!W.IsEdge || target < tile.Count);

    [MethodImpl(AggressiveInlining)]
    static void Limit(in DepthwiseTile<T> tile, ref V s0, ref V s1, ref V s2, ref V s3, ref V s4, ref V s5, ref V s6,
        ref V s7)
    {
        (V low, V high) = (S.Broadcast(tile.Least), S.Broadcast(tile.Most));
        (s0, s1) = (S.Clamp(s0, low, high), S.Clamp(s1, low, high));
        (s2, s3) = (S.Clamp(s2, low, high), S.Clamp(s3, low, high));
        if (N.Count <= 4)
            return;
        (s4, s5) = (S.Clamp(s4, low, high), S.Clamp(s5, low, high));
        (s6, s7) = (S.Clamp(s6, low, high), S.Clamp(s7, low, high));
    }

    [MethodImpl(AggressiveInlining)]
    static void Store(in DepthwiseTile<T> tile, int target, V value, T* c, V mask)
    {
        if (Has(tile, target))
            L.Store(value, c, mask);
    }

    [MethodImpl(AggressiveInlining)]
    static void Start(in DepthwiseTile<T> tile, T* start, V mask, ref V s0, ref V s1, ref V s2, ref V s3, ref V s4,
        ref V s5, ref V s6, ref V s7)
    {
        nint step = tile.StartStep;
        s0 = Has(tile, 0) ? L.Load(start, mask) : default;
        s1 = Has(tile, 1) ? L.Load(start + step, mask) : default;
        s2 = Has(tile, 2) ? L.Load(start + 2 * step, mask) : default;
        s3 = Has(tile, 3) ? L.Load(start + 3 * step, mask) : default;
        s4 = Has(tile, 4) ? L.Load(start + 4 * step, mask) : default;
        s5 = Has(tile, 5) ? L.Load(start + 5 * step, mask) : default;
        s6 = Has(tile, 6) ? L.Load(start + 6 * step, mask) : default;
        s7 = Has(tile, 7) ? L.Load(start + 7 * step, mask) : default;
    }

    // Windows that overlap read each source once: source i is the first of target i and the second of target i - 1.
    [MethodImpl(AggressiveInlining)]
    static void Slide(in DepthwiseTile<T> tile, T* a, T* w, V mask, ref V s0, ref V s1, ref V s2, ref V s3,
        ref V s4, ref V s5, ref V s6, ref V s7)
    {
        nint d = tile.Next, next = tile.WeightTap;
        ulong exists = tile.Exists;
        V x0 = Read(a, exists, 0, mask), x1 = Read(a + d, exists, 1, mask), x2 = Read(a + 2 * d, exists, 2, mask);
        V x3 = Read(a + 3 * d, exists, 3, mask), x4 = Read(a + 4 * d, exists, 4, mask);
        V x5 = Read(a + 5 * d, exists, 5, mask), x6 = Read(a + 6 * d, exists, 6, mask);
        V x7 = Read(a + 7 * d, exists, 7, mask), x8 = Read(a + 8 * d, exists, 8, mask);
        V x9 = Read(a + 9 * d, exists, 9, mask), x10 = Read(a + 10 * d, exists, 10, mask);
        V x11 = Read(a + 11 * d, exists, 11, mask);
        Add(0, w, mask, x0, x1, x2, x3, ref s0, ref s1, ref s2, ref s3);
        AddMore(0, w, mask, x4, x5, x6, x7, ref s4, ref s5, ref s6, ref s7);
        Add(1, w + next, mask, x1, x2, x3, x4, ref s0, ref s1, ref s2, ref s3);
        AddMore(1, w + next, mask, x5, x6, x7, x8, ref s4, ref s5, ref s6, ref s7);
        Add(2, w + 2 * next, mask, x2, x3, x4, x5, ref s0, ref s1, ref s2, ref s3);
        AddMore(2, w + 2 * next, mask, x6, x7, x8, x9, ref s4, ref s5, ref s6, ref s7);
        Add(3, w + 3 * next, mask, x3, x4, x5, x6, ref s0, ref s1, ref s2, ref s3);
        AddMore(3, w + 3 * next, mask, x7, x8, x9, x10, ref s4, ref s5, ref s6, ref s7);
        Add(4, w + 4 * next, mask, x4, x5, x6, x7, ref s0, ref s1, ref s2, ref s3);
        AddMore(4, w + 4 * next, mask, x8, x9, x10, x11, ref s4, ref s5, ref s6, ref s7);
    }

    [MethodImpl(AggressiveInlining)]
    static V Read(T* a, ulong exists, int source, V mask) =>
        source >= N.Count + P.Count - 1 || (W.IsEdge && (exists & 1ul << source) == 0) ? default : L.Load(a, mask);

    [MethodImpl(AggressiveInlining)]
    static void Add(int place, T* w, V mask, V x0, V x1, V x2, V x3, ref V s0, ref V s1, ref V s2, ref V s3)
    {
        if (place >= P.Count)
            return;
        V weight = L.Load(w, mask);
        s0 = S.MultiplyAdd(x0, weight, s0);
        s1 = S.MultiplyAdd(x1, weight, s1);
        s2 = S.MultiplyAdd(x2, weight, s2);
        s3 = S.MultiplyAdd(x3, weight, s3);
    }

    [MethodImpl(AggressiveInlining)]
    static void AddMore(int place, T* w, V mask, V x0, V x1, V x2, V x3, ref V s0, ref V s1, ref V s2, ref V s3)
    {
        if (N.Count > 4)
            Add(place, w, mask, x0, x1, x2, x3, ref s0, ref s1, ref s2, ref s3);
    }

    [MethodImpl(AggressiveInlining)]
    static void Step(in DepthwiseTile<T> tile, T* a, T* w, V mask, ref V s0, ref V s1, ref V s2, ref V s3,
        ref V s4, ref V s5, ref V s6, ref V s7)
    {
        nint tap = tile.TapStep, weight = tile.WeightTap;
        Place(tile, 0, a, w, mask, ref s0, ref s1, ref s2, ref s3, ref s4, ref s5, ref s6, ref s7);
        if (P.Count > 1)
            Place(tile, 1, a + tap, w + weight, mask, ref s0, ref s1, ref s2, ref s3, ref s4, ref s5, ref s6, ref s7);
        if (P.Count > 2)
            Place(tile, 2, a + 2 * tap, w + 2 * weight, mask, ref s0, ref s1, ref s2, ref s3, ref s4, ref s5, ref s6,
                ref s7);
        if (P.Count > 3)
            Place(tile, 3, a + 3 * tap, w + 3 * weight, mask, ref s0, ref s1, ref s2, ref s3, ref s4, ref s5, ref s6,
                ref s7);
        if (P.Count > 4)
            Place(tile, 4, a + 4 * tap, w + 4 * weight, mask, ref s0, ref s1, ref s2, ref s3, ref s4, ref s5, ref s6,
                ref s7);
    }

    [MethodImpl(AggressiveInlining)]
    static void StepAny(in DepthwiseTile<T> tile, T* a, T* w, V mask, ref V s0, ref V s1, ref V s2, ref V s3,
        ref V s4, ref V s5, ref V s6, ref V s7)
    {
        int column = tile.Column;
        for (int i = tile.Taps; i > 0; i--, a += tile.TapStep, w += tile.WeightTap, column += tile.TapColumns)
            Place(tile.Next, W.IsEdge ? tile.Existing(column, N.Count) : 0, a, w, mask, ref s0, ref s1, ref s2,
                ref s3, ref s4, ref s5, ref s6, ref s7);
    }

    [MethodImpl(AggressiveInlining)]
    static void Place(in DepthwiseTile<T> tile, int place, T* a, T* w, V mask, ref V s0, ref V s1, ref V s2,
        ref V s3, ref V s4, ref V s5, ref V s6, ref V s7) =>
        Place(tile.Next, tile.Exists >> place * DepthwiseTile<T>.MostTargets, a, w, mask, ref s0, ref s1, ref s2,
            ref s3, ref s4, ref s5, ref s6, ref s7);

    [MethodImpl(AggressiveInlining)]
    static void Place(nint next, ulong exists, T* a, T* w, V mask, ref V s0, ref V s1, ref V s2, ref V s3,
        ref V s4, ref V s5, ref V s6, ref V s7)
    {
        V weight = L.Load(w, mask);
        Add(a, weight, exists, 0, mask, ref s0);
        Add(a + next, weight, exists, 1, mask, ref s1);
        Add(a + 2 * next, weight, exists, 2, mask, ref s2);
        Add(a + 3 * next, weight, exists, 3, mask, ref s3);
        Add(a + 4 * next, weight, exists, 4, mask, ref s4);
        Add(a + 5 * next, weight, exists, 5, mask, ref s5);
        Add(a + 6 * next, weight, exists, 6, mask, ref s6);
        Add(a + 7 * next, weight, exists, 7, mask, ref s7);
    }

    [MethodImpl(AggressiveInlining)]
    static void Add(T* a, V weight, ulong exists, int target, V mask, ref V sum)
    {
        if (target < N.Count && (!W.IsEdge || (exists & 1ul << target) != 0))
            sum = S.MultiplyAdd(L.Load(a, mask), weight, sum);
    }

    // Each row brings near what the next one reads and writes for the first time: runs of lines side by side are no
    // pattern that the machine sees through by itself (half of the time on images larger than the caches).
    [MethodImpl(AggressiveInlining)]
    static void Prefetch(in DepthwiseTile<T> tile, T* a, T* c)
    {
        if (!Sse.IsSupported)
            return;
        a += tile.Ahead;
        for (int i = tile.AheadRows; i > 0; i--, a += tile.AheadRow)
            Prefetch(a, tile.AheadStep);
        Prefetch(c + tile.AheadInto, tile.Into);
    }

    [MethodImpl(AggressiveInlining)]
    static void Prefetch(T* first, nint step)
    {
        Sse.Prefetch0(first);
        Sse.Prefetch0(first + step);
        Sse.Prefetch0(first + 2 * step);
        Sse.Prefetch0(first + 3 * step);
        if (N.Count <= 4)
            return;
        Sse.Prefetch0(first + 4 * step);
        Sse.Prefetch0(first + 5 * step);
        Sse.Prefetch0(first + 6 * step);
        Sse.Prefetch0(first + 7 * step);
    }
}
