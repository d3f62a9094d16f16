using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>
/// C = S + A·B, cut into blocks of rows and columns that threads do in any order. Where it is cut and what is copied
/// changes no bit of the result: a chain of multiply-adds goes on through C from one block of k to the next.
/// </summary>
unsafe struct Product<T, V, S, E> : IJob
    where T : unmanaged
    where V : struct
    where S : struct, IRegister<T, V>
    where E : struct, ITileEnd<T>
{
    // A block of A (240×512 floats) is half of a second-level cache, a panel of B (512×32) a first-level cache.
    const int MostRows = 240, MostK = 512, TallRows = 13;

    // A panel of B (256×32 floats) that comes from the second-level cache, beside a tile's rows of A in the first.
    const int NearK = 256, PageBytes = 4096;

    // Rows of A that pay for B's panels left in order by their first tile, and for B packed before.
    const int FewRows = 96, WorthPanels = 48, WorthPacking = 384;

    // So many numbers of B do not stay in a second-level cache beside A and C.
    const nint FarB = 1 << 18;

    // In multiply-adds: below about 1 µs a fork costs more than it gains; parts of 30 µs hide what claiming costs.
    const nint WorthSharing = 1 << 17, WorthClaiming = 1 << 22;

    public Operand<T> A, B, C;

    /// <summary>S, or null for 0. Its columns are contiguous; its row stride may be 0.</summary>
    public Operand<T> Start;
    public nint M, N, K;
    public bool IsPacked;
    public E End;

    nint _blockRows, _blockColumns, _rowBlocks;
    bool _turnsA, _packsPanels, _tilesFirst, _isContinued;

    // So many numbers of B stay in a second-level cache beside A and C.
    static nint Near => Caches.SecondLevel / 2 / sizeof(T);

    static int Panel => PackedPanels<T, V, S>.Width;

    /// <summary>Multiplies on as many threads as are worth it.</summary>
    public void Multiply()
    {
        if (M == 0 || N == 0)
            return;
        if (IsBetterTurned)
            MultiplyTurned();
        else
            MultiplyStraight();
    }

    [MethodImpl(AggressiveInlining)]
    void MultiplyStraight()
    {
        // Rows of B that lie pages apart share few places of the cache, however few they are.
        bool isNear = K * N <= Near && B.ColumnStride == 1 && (B.RowStride & (PageBytes / sizeof(T) - 1)) != 0;
        bool canChoose = S.HasTallTile && !IsPacked;
        if (canChoose && !isNear && M >= WorthPacking && N >= 2 * Panel && K > 0)
            MultiplyByBlocks();
        else
            MultiplyWhole(canChoose && isNear && M >= WorthPanels);
    }

    // Blocks of B that stay near are packed one after the other, each for all rows of A: from farther away it would
    // come once for every tile.
    readonly void MultiplyByBlocks()
    {
        nint blocks = (K + NearK - 1) / NearK, step = (K + blocks - 1) / blocks;
        nint most = Near / step / Panel * Panel, width = Math.Min(N, most);
        T* panels = Scratch.Shared<T>(PackedPanels<T, V, S>.Length(step, width));
        for (nint j = 0; j < N; j += width)
            for (nint k = 0; k < K; k += step)
            {
                Product<T, V, S, E> block = this;
                block.K = Math.Min(step, K - k);
                block.N = Math.Min(width, N - j);
                Packing<T, V, S>.PackB(B.From(k, j), block.K, block.N, panels);
                block.A = A.From(0, k);
                block.B = new(panels, 0, 1);
                block.IsPacked = true;
                block.C = C.From(0, j);
                block.Start = k > 0 ? block.C : Start.Start == null ? Start : Start.From(0, j);
                block._isContinued = k + block.K < K;
                block.MultiplyWhole(true);
            }
    }

    void MultiplyWhole(bool tilesFirst)
    {
        int threads = M * N * K < WorthSharing ? 1 : Workers.Count;
        int parts = 1;
        (_rowBlocks, _blockColumns) = (1, N);
        _tilesFirst = tilesFirst;
        if (threads > 1 || M > MostRows)
            parts = Divide(threads);
        Pack();
        if (parts == 1)
            RunBlock(0, M, 0, N);
        else
            Workers.Run(parts, this);
    }

    /// <summary>Does one block.</summary>
    public readonly void Run(int part)
    {
        nint i = part % _rowBlocks * _blockRows, j = part / _rowBlocks * _blockColumns;
        RunBlock(i, Math.Min(M, i + _blockRows), j, Math.Min(N, j + _blockColumns));
    }

    [MethodImpl(AggressiveInlining)]
    readonly void RunBlock(nint i, nint iEnd, nint j, nint jEnd)
    {
        // One row reads each number of B once: then B's own order is best, and short blocks keep to it.
        nint most = M == 1 && !IsPacked && !_packsPanels ? 32 : N <= S.Width ? 2 * MostK : MostK;
        nint blocks = Math.Max(1, (K + most - 1) / most), step = (K + blocks - 1) / blocks;
        nint panelLength = _packsPanels ? step * Panel : 0;
        nint row = WinogradShape.OddLines(step), rowsLength = _turnsA ? row * (iEnd - i) : 0;
        T* own = panelLength + rowsLength == 0 ? null : Scratch.Own<T>(panelLength + rowsLength);
        T* panel = _packsPanels ? own : null;
        nint k = 0;
        do
        {
            nint count = Math.Min(step, K - k);
            Operand<T> a = A.From(i, k);
            if (_turnsA)
            {
                PackedPanels<T, V, S>.CopyColumns(a, iEnd - i, count, own + panelLength, row);
                a = new(own + panelLength, row, 1);
            }
            nint whole = _tilesFirst ? j + (jEnd - j) / Panel * Panel : j;
            if (j < whole)
                RunTiles(a, i, iEnd, j, whole, k, count);
            RunPanels(a, i, iEnd, whole, jEnd, k, count, panel);
            k += step;
        } while (k < K);
    }

    // Panel by panel for each tile of rows: A's stay in the first-level cache, and B's come in order from the second.
    [MethodImpl(AggressiveOptimization)]
    readonly void RunTiles(Operand<T> a, nint i, nint iEnd, nint j, nint jEnd, nint k, nint count)
    {
        Operand<T> start = k == 0 ? Start : C;
        var tile = new Tile<T>
        {
            K = count, Columns = Panel, A = a.Start, ARowStride = a.RowStride, AColumnStride = a.ColumnStride,
            CRowStride = C.RowStride, StartRowStride = start.RowStride,
        };
        for (; i < iEnd; i += tile.Rows)
        {
            tile.Rows = RowsOfTile(iEnd - i, tile);
            for (nint column = j; column < jEnd; column += Panel)
            {
                PlaceB(ref tile, k, column, null);
                tile.C = C.At(i, column);
                tile.Start = start.Start == null ? null : start.At(i, column);
                RunTile<WideRow<T, V, S>>(tile);
                if (k + count == K && !_isContinued)
                    End.Apply(tile.C, tile.CRowStride, tile.Rows, Panel);
            }
            tile.A += tile.Rows * a.RowStride;
        }
    }

    [MethodImpl(AggressiveOptimization)]
    readonly void RunPanels(Operand<T> a, nint i, nint iEnd, nint j, nint jEnd, nint k, nint count, T* panel)
    {
        Tile<T> tile = default;
        tile.K = count;
        for (; j < jEnd; j += Panel)
        {
            tile.Columns = (int)Math.Min(Panel, jEnd - j);
            PlaceB(ref tile, k, j, panel);
            tile.Ahead = null;
            tile.AheadTile = 0;
            nint ahead = j + Panel < jEnd ? LookAhead(ref tile, k, j + Panel, iEnd - i) : 0;
            if (tile.Columns == Panel)
                RunRows<WideRow<T, V, S>>(ref tile, a, i, iEnd, j, k, ahead);
            else if (tile.Columns > S.Width)
                RunRows<WideEdgeRow<T, V, S>>(ref tile, a, i, iEnd, j, k, 0);
            else
                RunRows<NarrowRow<T, V, S>>(ref tile, a, i, iEnd, j, k, 0);
        }
    }

    // The first tile of a panel of B that comes from afar would wait for each of its rows: they are under way while
    // the tiles of the panel before run. Rows side by side come with the steps of k; else so many as are returned
    // beside each tile.
    readonly nint LookAhead(ref Tile<T> tile, nint k, nint j, nint rows)
    {
        if (!Sse.IsSupported || K * N < FarB)
            return 0;
        nint stride = PackedPanels<T, V, S>.Stride(j, N), tiles = (rows + TallRows - 1) / TallRows;
        if (IsPacked || (B.ColumnStride == K && tile.K == K))
        {
            tile.Ahead = IsPacked ? B.Start + j * K + k * stride : B.At(k, j);
            tile.AheadStep = (stride + tiles - 1) / tiles;
            tile.AheadTile = tile.K * tile.AheadStep;
        }
        else if (B.ColumnStride == 1 && !_packsPanels)
        {
            tile.Ahead = B.At(k, j);
            tile.AheadStep = B.RowStride;
            tile.AheadTile = S.Width;
        }
        return IsPacked || B.ColumnStride != 1 || rows < WorthPanels ? 0 : (tile.K * TallRows + rows - 1) / rows;
    }

    [MethodImpl(AggressiveInlining)]
    readonly void Fetch(nint k, nint j)
    {
        T* row = B.At(k, j);
        Sse.Prefetch1(row);
        Sse.Prefetch1(row + S.Width);
    }

    [MethodImpl(AggressiveInlining)]
    readonly void PlaceB(ref Tile<T> tile, nint k, nint j, T* panel)
    {
        nint stride = PackedPanels<T, V, S>.Stride(j, N);
        if (IsPacked)
        {
            tile.B = B.Start + j * K + k * stride;
            tile.BRowStride = stride;
        }
        else if (B.ColumnStride == 1)
        {
            tile.B = B.At(k, j);
            tile.BRowStride = B.RowStride;
            tile.Panel = panel;
            tile.PanelStride = stride;
        }
        else
        {
            PackedPanels<T, V, S>.Pack(B.From(k, j), tile.K, tile.Columns, panel, stride);
            tile.B = panel;
            tile.BRowStride = stride;
        }
    }

    [MethodImpl(AggressiveOptimization)]
    readonly void RunRows<R>(ref Tile<T> tile, Operand<T> a, nint i, nint iEnd, nint j, nint k, nint ahead)
        where R : struct, ITileRow<R, T, V>
    {
        bool ends = k + tile.K == K && !_isContinued;
        Operand<T> start = k == 0 ? Start : C;
        tile.A = a.Start;
        tile.ARowStride = a.RowStride;
        tile.AColumnStride = a.ColumnStride;
        tile.C = C.At(i, j);
        tile.CRowStride = C.RowStride;
        tile.Start = null;
        tile.StartRowStride = 0;
        if (start.Start != null)
        {
            tile.Start = start.At(i, j);
            tile.StartRowStride = start.RowStride;
        }
        for (nint fetched = 0; i < iEnd; i += tile.Rows)
        {
            for (nint end = Math.Min(tile.K, fetched + ahead); fetched < end; fetched++)
                Fetch(k + fetched, j + Panel);
            tile.Rows = RowsOfTile(iEnd - i, tile);
            RunTile<R>(tile);
            if (tile.Panel != null)
            {
                // The first tile has left its panel in order, at no cost: the stores fit between its multiply-adds.
                tile.B = tile.Panel;
                tile.BRowStride = tile.PanelStride;
                tile.Panel = null;
            }
            if (ends)
                End.Apply(tile.C, tile.CRowStride, tile.Rows, tile.Columns);
            tile.Ahead += tile.AheadTile;
            tile.A += tile.Rows * a.RowStride;
            tile.C += tile.Rows * C.RowStride;
            tile.Start += tile.Rows * tile.StartRowStride;
        }
    }

    [MethodImpl(AggressiveInlining)]
    static void RunTile<R>(in Tile<T> tile) where R : struct, ITileRow<R, T, V>
    {
        if (tile.Rows == TallRows)
            TileKernel<T, V, S, R>.Thirteen(tile);
        else if (tile.Rows == 12)
            TileKernel<T, V, S, R>.Twelve(tile);
        else if (tile.Rows > 4)
            TileKernel<T, V, S, R>.Eight(tile);
        else if (tile.Rows > 1)
            TileKernel<T, V, S, R>.Four(tile);
        else
            TileKernel<T, V, S, R>.One(tile);
    }

    // Each tile of 13 takes 1 off the rest of a division by 4, as 13 = 3·4 + 1, so that nothing is done twice; 16 rows
    // are two tiles of 8, not one of 12 and one of 4.
    [MethodImpl(AggressiveInlining)]
    static int RowsOfTile(nint left, in Tile<T> tile)
    {
        if (!S.HasTallTile || tile.Columns != Panel || tile.AColumnStride != 1 || tile.Panel != null)
            return (int)Math.Min(S.TileRows, left);
        nint rest = left & 3;
        if (rest != 0 && left >= TallRows * rest)
            return TallRows;
        return left is >= 12 and not 16 ? 12 : (int)Math.Min(S.TileRows, left);
    }

    /// <summary>
    /// Cuts C into blocks of at most <see cref="MostRows"/> rows: so many that each thread gets as many as the others.
    /// </summary>
    int Divide(nint threads)
    {
        nint panels = (N + Panel - 1) / Panel, tiles = (M + S.TileRows - 1) / S.TileRows;
        nint wanted = threads == 1 ? 1 : RoundUp(Math.Clamp(M * N * K / WorthClaiming, 1, 4 * threads), threads);
        nint most = _tilesFirst && A.ColumnStride == 1 ? M : MostRows;
        nint down = _tilesFirst && threads > 1 ? Math.Clamp(M / FewRows, 1, wanted)
            : M <= most ? 1 : RoundUp((M + most - 1) / most, threads);
        nint across = Math.Clamp((wanted + down - 1) / down, 1, Math.Max(1, panels / 2));
        _blockColumns = (panels + across - 1) / across * Panel;
        across = (N + _blockColumns - 1) / _blockColumns;
        down = Math.Max(down, Math.Min((wanted + across - 1) / across, tiles / 2));
        _blockRows = (tiles + down - 1) / down * S.TileRows;
        _rowBlocks = (M + _blockRows - 1) / _blockRows;
        return (int)(_rowBlocks * across);
    }

    static nint RoundUp(nint value, nint multiple) => (value + multiple - 1) / multiple * multiple;

    void Pack()
    {
        // Numbers of a row of A that lie far apart come through the cache one line each, and often to one place: each
        // block lays its rows side by side, just before it reads them.
        _turnsA = A.ColumnStride != 1 && A.RowStride == 1 && M >= S.TileRows && S.Width >= S.TileRows
            && Math.Min(N, _blockColumns) > 2 * Panel;
        // Transposed panels are made where they are used, unless many blocks of rows would make them again.
        bool packsB = !IsPacked && B.ColumnStride != 1 && _rowBlocks > 1;
        _packsPanels = !IsPacked && !packsB && !_tilesFirst && (B.ColumnStride != 1 || M >= WorthPanels);
        if (!packsB)
            return;
        T* panels = Scratch.Shared<T>(PackedPanels<T, V, S>.Length(K, N));
        Packing<T, V, S>.PackB(B, K, N, panels);
        B = new(panels, 0, 1);
        IsPacked = true;
    }

    // A narrow C fills part of each register (10 of 16 lanes). Where Aᵀ is what lies in memory, Cᵀ = Bᵀ·Aᵀ fills all.
    // It also packs B's rows instead of A's, which are more: the gradient of a weight from long sequences.
    readonly bool IsBetterTurned => A.RowStride == 1 && A.ColumnStride != 1 && M >= 4 * Panel && !IsPacked
        && (N < S.Width || (B.ColumnStride == 1 && (M - N) * K > 4 * M * N));

    readonly void MultiplyTurned()
    {
        T* turned = Scratch.Turned<T>(M * N);
        var product = new Product<T, V, S, NoTileEnd<T>>
        {
            A = B.Transposed, B = A.Transposed, C = new(turned, M, 1), M = N, N = M, K = K,
        };
        if (Start.Start != null)
        {
            PackedPanels<T, V, S>.CopyColumns(Start.Transposed, N, M, turned, M);
            product.Start = product.C;
        }
        product.MultiplyStraight();
        PackedPanels<T, V, S>.CopyColumns(product.C.Transposed, M, N, C.Start, C.RowStride);
        End.Apply(C.Start, C.RowStride, M, N);
    }
}
