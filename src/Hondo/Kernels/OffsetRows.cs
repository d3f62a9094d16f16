using System.Runtime.CompilerServices;
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
    /// <param name="isDepthwise">True when each column has factors of its own.</param>
    public static void Run(ref OffsetTile<T> tile, int* rows, int* into, int* starts, int count, bool isDepthwise)
    {
        if (isDepthwise)
        {
            if (tile.Columns == S.Width)
                Run<WholeRow<T, V, S>, OwnWholeFactor<T, V, S>>(ref tile, rows, into, starts, count);
            else
                Run<NarrowRow<T, V, S>, OwnFactor<T, V, S>>(ref tile, rows, into, starts, count);
        }
        else if (tile.Columns == 2 * S.Width)
            Run<WideRow<T, V, S>, SharedFactor<T, V, S>>(ref tile, rows, into, starts, count);
        else if (tile.Columns > S.Width)
            Run<WideEdgeRow<T, V, S>, SharedFactor<T, V, S>>(ref tile, rows, into, starts, count);
        else if (tile.Columns == S.Width)
            Run<WholeRow<T, V, S>, SharedFactor<T, V, S>>(ref tile, rows, into, starts, count);
        else
            Run<NarrowRow<T, V, S>, SharedFactor<T, V, S>>(ref tile, rows, into, starts, count);
    }

    [MethodImpl(AggressiveOptimization)]
    static void Run<R, F>(ref OffsetTile<T> tile, int* rows, int* into, int* starts, int count)
        where R : struct, ITileRow<R, T, V> where F : struct, IFactor<T, V>
    {
        int* lastRows = stackalloc int[2 * MostRows], lastInto = lastRows + MostRows;
        for (int i = 0; i < count; i += S.TileRows)
        {
            int left = count - i;
            tile.Rows = rows + i;
            tile.Into = into + i;
            if (left < S.TileRows)
            {
                for (int k = 0; k < S.TileRows; k++)
                {
                    lastRows[k] = rows[i + Math.Min(k, left - 1)];
                    lastInto[k] = into[i + Math.Min(k, left - 1)];
                }
                tile.Rows = lastRows;
                tile.Into = lastInto;
            }
            tile.StartRows = starts == null ? tile.Into : starts;
            if (Math.Min(left, S.TileRows) > 4)
                OffsetTileKernel<T, V, S, R, F>.Eight(tile);
            else
                OffsetTileKernel<T, V, S, R, F>.Four(tile);
        }
    }
}
