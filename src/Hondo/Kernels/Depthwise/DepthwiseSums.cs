using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>
/// The sums Σ x · dy of up to three rows and five places of a depthwise kernel, which stay in registers while lines
/// of dy go by: each number of dy is read once for all of them. Each sum is one chain over the outputs in order.
/// </summary>
static unsafe class DepthwiseSums<T, V, S, L, R, P>
    where T : unmanaged where V : struct where S : struct, IRegister<T, V> where L : struct, IColumns<T, V>
    where R : struct, IPlaces where P : struct, IPlaces
{
    /// <summary>Runs the channels from one to another.</summary>
    public static void Run(in DepthwiseSweep<T> sweep, nint from, nint to)
    {
        V mask = L.Mask((int)(to - from));
        for (nint j = from; j < to; j += S.Width)
            Run(sweep, j, mask);
    }

    [MethodImpl(AggressiveOptimization)]
    static void Run(in DepthwiseSweep<T> sweep, nint j, V mask)
    {
        V a0 = default, a1 = default, a2 = default, a3 = default, a4 = default;
        V b0 = default, b1 = default, b2 = default, b3 = default, b4 = default;
        V c0 = default, c1 = default, c2 = default, c3 = default, c4 = default;
        Load(sweep, 0, j, mask, ref a0, ref b0, ref c0);
        Load(sweep, 1, j, mask, ref a1, ref b1, ref c1);
        Load(sweep, 2, j, mask, ref a2, ref b2, ref c2);
        Load(sweep, 3, j, mask, ref a3, ref b3, ref c3);
        Load(sweep, 4, j, mask, ref a4, ref b4, ref c4);
        nint next = sweep.Next, tap = sweep.TapStep, row = sweep.RowStep, dyNext = sweep.DyNext;
        nint ahead = sweep.Ahead, dyAhead = sweep.Lines * sweep.DyLine;
        for (int line = 0; line < sweep.Lines; line++)
        {
            T* x = sweep.X + line * sweep.Line + j, dy = sweep.Dy + line * sweep.DyLine + j;
            int column = sweep.Column;
            for (int i = 0; i < sweep.Outputs; i++, x += next, dy += dyNext, column += sweep.ColumnStep)
            {
                for (; i >= sweep.First && i < sweep.End; i++, x += next, dy += dyNext, column += sweep.ColumnStep)
                {
                    Prefetch(x + ahead, dy + dyAhead);
                    V inner = L.Load(dy, mask);
                    Add(0, inner, x, row, mask, ref a0, ref b0, ref c0);
                    Add(1, inner, x + tap, row, mask, ref a1, ref b1, ref c1);
                    Add(2, inner, x + 2 * tap, row, mask, ref a2, ref b2, ref c2);
                    Add(3, inner, x + 3 * tap, row, mask, ref a3, ref b3, ref c3);
                    Add(4, inner, x + 4 * tap, row, mask, ref a4, ref b4, ref c4);
                }
                if (i >= sweep.Outputs)
                    break;
                Prefetch(x + ahead, dy + dyAhead);
                V edge = L.Load(dy, mask);
                if (Exists(sweep, column, 0))
                    Add(0, edge, x, row, mask, ref a0, ref b0, ref c0);
                if (Exists(sweep, column, 1))
                    Add(1, edge, x + tap, row, mask, ref a1, ref b1, ref c1);
                if (Exists(sweep, column, 2))
                    Add(2, edge, x + 2 * tap, row, mask, ref a2, ref b2, ref c2);
                if (Exists(sweep, column, 3))
                    Add(3, edge, x + 3 * tap, row, mask, ref a3, ref b3, ref c3);
                if (Exists(sweep, column, 4))
                    Add(4, edge, x + 4 * tap, row, mask, ref a4, ref b4, ref c4);
            }
        }
        Store(sweep, 0, j, mask, a0, b0, c0);
        Store(sweep, 1, j, mask, a1, b1, c1);
        Store(sweep, 2, j, mask, a2, b2, c2);
        Store(sweep, 3, j, mask, a3, b3, c3);
        Store(sweep, 4, j, mask, a4, b4, c4);
    }

    [MethodImpl(AggressiveInlining)]
    static bool Exists(in DepthwiseSweep<T> sweep, int column, int place) =>
        place < P.Count && (uint)(column + place * sweep.TapColumns) < (uint)sweep.Columns;

    [MethodImpl(AggressiveInlining)]
    static void Add(int place, V dy, T* x, nint row, V mask, ref V a, ref V b, ref V c)
    {
        if (place >= P.Count)
            return;
        a = S.MultiplyAdd(dy, L.Load(x, mask), a);
        if (R.Count > 1)
            b = S.MultiplyAdd(dy, L.Load(x + row, mask), b);
        if (R.Count > 2)
            c = S.MultiplyAdd(dy, L.Load(x + 2 * row, mask), c);
    }

    [MethodImpl(AggressiveInlining)]
    static void Load(in DepthwiseSweep<T> sweep, int place, nint j, V mask, ref V a, ref V b, ref V c)
    {
        if (place >= P.Count)
            return;
        T* sums = sweep.Sums + place * sweep.SumTap + j;
        a = L.Load(sums, mask);
        if (R.Count > 1)
            b = L.Load(sums + sweep.SumRow, mask);
        if (R.Count > 2)
            c = L.Load(sums + 2 * sweep.SumRow, mask);
    }

    [MethodImpl(AggressiveInlining)]
    static void Store(in DepthwiseSweep<T> sweep, int place, nint j, V mask, V a, V b, V c)
    {
        if (place >= P.Count)
            return;
        T* sums = sweep.Sums + place * sweep.SumTap + j;
        L.Store(a, sums, mask);
        if (R.Count > 1)
            L.Store(b, sums + sweep.SumRow, mask);
        if (R.Count > 2)
            L.Store(c, sums + 2 * sweep.SumRow, mask);
    }

    [MethodImpl(AggressiveInlining)]
    static void Prefetch(T* x, T* dy)
    {
        if (!Sse.IsSupported)
            return;
        Sse.Prefetch0(x);
        Sse.Prefetch0(dy);
    }
}
