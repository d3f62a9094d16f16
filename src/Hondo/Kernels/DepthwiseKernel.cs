using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>A tile of a depthwise convolution for a kind of columns, places of a kernel's row and windows.</summary>
static unsafe class DepthwiseKernel<T, V, S, L, P, W>
    where T : unmanaged where V : struct where S : struct, IRegister<T, V> where L : struct, IColumns<T, V>
    where P : struct, IPlaces where W : struct, IWindows
{
    /// <summary>Runs the tile's channels from one to another.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Run(in DepthwiseTile<T> tile, nint from, nint to)
    {
        V mask = L.Mask((int)(to - from));
        for (nint i = 0; i < DepthwiseTile<T>.Targets * tile.Repeats; i += DepthwiseTile<T>.Targets)
            for (nint j = from; j < to; j += S.Width)
                Run(tile, mask, tile.A + i * tile.Next + j, tile.C + i * tile.Into + j, tile.W + j,
                    tile.Start == null ? null : tile.Start + i * tile.StartStep + j);
    }

    [MethodImpl(AggressiveInlining)]
    static void Run(in DepthwiseTile<T> tile, V mask, T* a, T* c, T* w, T* start)
    {
        Prefetch(tile, a, c);
        V s0 = default, s1 = default, s2 = default, s3 = default;
        if (start != null)
            Start(tile, start, mask, ref s0, ref s1, ref s2, ref s3);
        uint exists = tile.Exists;
        nint rowStep = tile.RowStep, weightRow = tile.WeightRow, into = tile.Into;
        for (int row = tile.Rows; row > 0; row--, a += rowStep, w += weightRow)
            if (P.Count == 0)
                StepAny(tile, a, w, mask, ref s0, ref s1, ref s2, ref s3);
            else if (W.Overlap)
                Slide(tile, exists, a, w, mask, ref s0, ref s1, ref s2, ref s3);
            else
                Step(tile, exists, a, w, mask, ref s0, ref s1, ref s2, ref s3);
        L.Store(s0, c, mask);
        if (!W.IsEdge || tile.Count > 1)
            L.Store(s1, c + into, mask);
        if (!W.IsEdge || tile.Count > 2)
            L.Store(s2, c + 2 * into, mask);
        if (!W.IsEdge || tile.Count > 3)
            L.Store(s3, c + 3 * into, mask);
    }

    [MethodImpl(AggressiveInlining)]
    static void Start(in DepthwiseTile<T> tile, T* start, V mask, ref V s0, ref V s1, ref V s2, ref V s3)
    {
        s0 = L.Load(start, mask);
        if (!W.IsEdge || tile.Count > 1)
            s1 = L.Load(start + tile.StartStep, mask);
        if (!W.IsEdge || tile.Count > 2)
            s2 = L.Load(start + 2 * tile.StartStep, mask);
        if (!W.IsEdge || tile.Count > 3)
            s3 = L.Load(start + 3 * tile.StartStep, mask);
    }

    // Windows that overlap read each source once: source i is target i's first and target i - 1's second.
    [MethodImpl(AggressiveInlining)]
    static void Slide(in DepthwiseTile<T> tile, uint exists, T* a, T* w, V mask, ref V s0, ref V s1, ref V s2,
        ref V s3)
    {
        nint next = tile.Next, weight = tile.WeightTap;
        V x0 = Read(a, exists, 0, mask), x1 = Read(a + next, exists, 1, mask);
        V x2 = Read(a + 2 * next, exists, 2, mask), x3 = Read(a + 3 * next, exists, 3, mask);
        Add(L.Load(w, mask), x0, x1, x2, x3, ref s0, ref s1, ref s2, ref s3);
        if (P.Count == 1)
            return;
        V x4 = Read(a + 4 * next, exists, 4, mask);
        Add(L.Load(w + weight, mask), x1, x2, x3, x4, ref s0, ref s1, ref s2, ref s3);
        if (P.Count == 2)
            return;
        V x5 = Read(a + 5 * next, exists, 5, mask);
        Add(L.Load(w + 2 * weight, mask), x2, x3, x4, x5, ref s0, ref s1, ref s2, ref s3);
        if (P.Count == 3)
            return;
        V x6 = Read(a + 6 * next, exists, 6, mask);
        Add(L.Load(w + 3 * weight, mask), x3, x4, x5, x6, ref s0, ref s1, ref s2, ref s3);
        if (P.Count == 4)
            return;
        V x7 = Read(a + 7 * next, exists, 7, mask);
        Add(L.Load(w + 4 * weight, mask), x4, x5, x6, x7, ref s0, ref s1, ref s2, ref s3);
    }

    [MethodImpl(AggressiveInlining)]
    static void Step(in DepthwiseTile<T> tile, uint exists, T* a, T* w, V mask, ref V s0, ref V s1, ref V s2,
        ref V s3)
    {
        nint tap = tile.TapStep, weight = tile.WeightTap;
        Place(tile, exists, 0, a, w, mask, ref s0, ref s1, ref s2, ref s3);
        if (P.Count > 1)
            Place(tile, exists, 4, a + tap, w + weight, mask, ref s0, ref s1, ref s2, ref s3);
        if (P.Count > 2)
            Place(tile, exists, 8, a + 2 * tap, w + 2 * weight, mask, ref s0, ref s1, ref s2, ref s3);
        if (P.Count > 3)
            Place(tile, exists, 12, a + 3 * tap, w + 3 * weight, mask, ref s0, ref s1, ref s2, ref s3);
        if (P.Count > 4)
            Place(tile, exists, 16, a + 4 * tap, w + 4 * weight, mask, ref s0, ref s1, ref s2, ref s3);
    }

    [MethodImpl(AggressiveInlining)]
    static void StepAny(in DepthwiseTile<T> tile, T* a, T* w, V mask, ref V s0, ref V s1, ref V s2, ref V s3)
    {
        int column = tile.Column;
        for (int i = tile.Taps; i > 0; i--, a += tile.TapStep, w += tile.WeightTap, column += tile.TapColumns)
            Place(tile, W.IsEdge ? tile.Existing(column) : 0, 0, a, w, mask, ref s0, ref s1, ref s2, ref s3);
    }

    [MethodImpl(AggressiveInlining)]
    static void Place(in DepthwiseTile<T> tile, uint exists, int bit, T* a, T* w, V mask, ref V s0, ref V s1,
        ref V s2, ref V s3)
    {
        nint next = tile.Next;
        Add(L.Load(w, mask), Read(a, exists, bit, mask), Read(a + next, exists, bit + 1, mask),
            Read(a + 2 * next, exists, bit + 2, mask), Read(a + 3 * next, exists, bit + 3, mask),
            ref s0, ref s1, ref s2, ref s3);
    }

    [MethodImpl(AggressiveInlining)]
    static void Add(V weight, V x0, V x1, V x2, V x3, ref V s0, ref V s1, ref V s2, ref V s3)
    {
        s0 = S.MultiplyAdd(x0, weight, s0);
        s1 = S.MultiplyAdd(x1, weight, s1);
        s2 = S.MultiplyAdd(x2, weight, s2);
        s3 = S.MultiplyAdd(x3, weight, s3);
    }

    [MethodImpl(AggressiveInlining)]
    static V Read(T* a, uint exists, int bit, V mask) =>
        W.IsEdge && (exists & 1u << bit) == 0 ? default : L.Load(a, mask);

    // Each row brings near what the next one reads and writes for the first time: four runs of lines side by side are
    // no pattern that the machine sees through by itself (half of the time on images larger than the caches).
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
    }
}
