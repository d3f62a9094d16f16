using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>All rows of a panel, tile by tile.</summary>
static unsafe class OffsetRows<T, V, S> where T : unmanaged where V : struct where S : struct, IRegister<T, V>
{
    const int MostRows = 8;

    /// <summary>Runs the tiles of rows 0 … count − 1.</summary>
    /// <param name="tile">The tile without its rows.</param>
    /// <param name="rows">Where A's rows lie.</param>
    /// <param name="into">Where C's rows lie.</param>
    /// <param name="starts">Where the starts of all rows lie, or null when they lie as C's do.</param>
    /// <param name="count">How many rows.</param>
    [MethodImpl(AggressiveInlining)]
    public static void Run(ref OffsetTile<T> tile, int* rows, int* into, int* starts, int count) =>
        Run<Unfinished>(ref tile, rows, into, starts, null, count);

    /// <summary>Runs the tiles of rows 0 … count − 1, with an end of their chains.</summary>
    /// <param name="tile">The tile without its rows.</param>
    /// <param name="rows">Where A's rows lie.</param>
    /// <param name="into">Where C's rows lie.</param>
    /// <param name="starts">Where the starts of all rows lie, or null when they lie as C's do.</param>
    /// <param name="added">Where the rows lie that are added.</param>
    /// <param name="count">How many rows.</param>
    [MethodImpl(AggressiveInlining)]
    public static void Run<E>(ref OffsetTile<T> tile, int* rows, int* into, int* starts, int* added, int count)
        where E : struct, IEnd
    {
        if (tile.Columns == 2 * S.Width)
            Run<WideRow<T, V, S>, E>(ref tile, rows, into, starts, added, count);
        else if (tile.Columns > S.Width)
            Run<WideEdgeRow<T, V, S>, E>(ref tile, rows, into, starts, added, count);
        else if (tile.Columns == S.Width)
            Run<WholeRow<T, V, S>, E>(ref tile, rows, into, starts, added, count);
        else
            Run<NarrowRow<T, V, S>, E>(ref tile, rows, into, starts, added, count);
    }

    /// <summary>Runs the tiles of lines of pixels whose steps come in threes.</summary>
    /// <param name="tile">The tile without its rows.</param>
    /// <param name="rows">Where A's rows lie.</param>
    /// <param name="into">Where C's rows lie.</param>
    /// <param name="starts">Where the starts of all rows lie, or null when they lie as C's do.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="line">How many pixels a line has.</param>
    /// <param name="distance">From one pixel of a line to the next in A.</param>
    public static void RunThrees(ref OffsetTile<T> tile, int* rows, int* into, int* starts, int count, int line,
        int distance)
    {
        // 16 accumulators, three weights and a factor are 20 registers: only 512 bits have as many.
        if (S.TileRows < MostRows || tile.Columns > S.Width)
            Run(ref tile, rows, into, starts, count);
        else if (tile.Columns == S.Width)
            RunThrees<WholeRow<T, V, S>>(ref tile, rows, into, starts, count, line, distance);
        else
            RunThrees<NarrowRow<T, V, S>>(ref tile, rows, into, starts, count, line, distance);
    }

    static void RunThrees<R>(ref OffsetTile<T> tile, int* rows, int* into, int* starts, int count, int line,
        int distance) where R : struct, ITileRow<R, T, V>
    {
        int whole = line / ThreePlacesTile<T, V, S, R>.Pixels * ThreePlacesTile<T, V, S, R>.Pixels;
        for (int i = 0; i < count; i += line)
        {
            for (int j = i; j < i + whole; j += ThreePlacesTile<T, V, S, R>.Pixels)
            {
                tile.Rows = rows + j;
                tile.Into = into + j;
                tile.StartRows = starts == null ? tile.Into : starts;
                ThreePlacesTile<T, V, S, R>.Run(tile, distance);
            }
            Run<R, Unfinished>(ref tile, rows + i + whole, into + i + whole, starts, null, line - whole);
        }
    }

    [MethodImpl(AggressiveOptimization)]
    static void Run<R, E>(ref OffsetTile<T> tile, int* rows, int* into, int* starts, int* added, int count)
        where R : struct, ITileRow<R, T, V> where E : struct, IEnd
    {
        int* lastRows = stackalloc int[3 * MostRows], lastInto = lastRows + MostRows, lastAdded = lastInto + MostRows;
        for (int i = 0; i < count; i += S.TileRows)
        {
            int left = count - i;
            tile.Rows = rows + i;
            tile.Into = into + i;
            tile.AddedRows = added + i;
            if (left < S.TileRows)
            {
                for (int k = 0; k < S.TileRows; k++)
                {
                    lastRows[k] = rows[i + Math.Min(k, left - 1)];
                    lastInto[k] = into[i + Math.Min(k, left - 1)];
                    lastAdded[k] = E.IsFinished ? added[i + Math.Min(k, left - 1)] : 0;
                }
                tile.Rows = lastRows;
                tile.Into = lastInto;
                tile.AddedRows = lastAdded;
            }
            tile.StartRows = starts == null ? tile.Into : starts;
            Prefetch(tile, rows + i + S.TileRows, Math.Min(left - S.TileRows, S.TileRows));
            if (E.IsFinished)
                PrefetchTargets(tile, into + i + S.TileRows, Math.Min(left - S.TileRows, S.TileRows));
            if (Math.Min(left, S.TileRows) > 4)
                OffsetTileKernel<T, V, S, R, E>.Eight(tile);
            else
                OffsetTileKernel<T, V, S, R, E>.Four(tile);
            tile.Ahead += tile.K * tile.AheadStep;
        }
    }

    // The next tile's new numbers: without that each tile waits for memory, which is a tenth of a large image's time.
    [MethodImpl(AggressiveInlining)]
    static void Prefetch(in OffsetTile<T> tile, int* rows, int count)
    {
        if (!Sse.IsSupported)
            return;
        int line = 64 / sizeof(T);
        for (int row = 0; row < count; row++)
            for (int at = 0; at < tile.ReachLength; at += line)
                Sse.Prefetch0(tile.A + rows[row] + tile.Reach + at);
    }

    // Lines that are written whole come from memory first all the same.
    [MethodImpl(AggressiveInlining)]
    static void PrefetchTargets(in OffsetTile<T> tile, int* into, int count)
    {
        if (!Sse.IsSupported)
            return;
        for (int row = 0; row < count; row++)
        {
            Sse.Prefetch0(tile.C + into[row]);
            Sse.Prefetch0(tile.C + into[row] + tile.Columns - 1);
        }
    }
}

/// <summary>A number that the JIT sees, so that it unrolls: a loop of three turns is mispredicted at its end.</summary>
interface IPlaces
{
    /// <summary>The number; 0 when it is known only at run time.</summary>
    static abstract int Count { get; }
}

readonly struct AnyPlaces : IPlaces
{
    public static int Count => 0;
}

readonly struct OnePlace : IPlaces
{
    public static int Count => 1;
}

readonly struct TwoPlaces : IPlaces
{
    public static int Count => 2;
}

readonly struct ThreePlaces : IPlaces
{
    public static int Count => 3;
}

readonly struct FourPlaces : IPlaces
{
    public static int Count => 4;
}

readonly struct FivePlaces : IPlaces
{
    public static int Count => 5;
}

readonly struct EightPlaces : IPlaces
{
    public static int Count => 8;
}
