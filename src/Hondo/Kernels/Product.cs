namespace Hondo.Kernels;

/// <summary>What happens to a finished tile while it is still in the first-level cache.</summary>
unsafe interface ITileEnd<T> where T : unmanaged
{
    void Apply(in Tile<T> tile, nint row, nint column);
}

/// <summary>Nothing happens.</summary>
readonly unsafe struct NoTileEnd<T> : ITileEnd<T> where T : unmanaged
{
    public void Apply(in Tile<T> tile, nint row, nint column)
    {
    }
}

/// <summary>C = A·B or C += A·B, cut into blocks of rows and columns that threads do in any order.</summary>
unsafe struct Product<T, V, S, E> : IJob
    where T : unmanaged
    where V : struct
    where S : struct, IRegister<T, V>
    where E : struct, ITileEnd<T>
{
    // A block of B's panel (384×32 floats) fills the first-level cache, a block of A (240×384) a third of the second.
    const int MostK = 384, MostRows = 240;

    // Below this many multiply-adds (about 1 µs) a fork costs more than it gains.
    const long WorthSharing = 1 << 17;

    public Operand<T> A, B, C;
    public nint M, N, K;
    public bool Continues;
    public bool IsPacked;
    public E End;

    nint _blockRows, _blockColumns, _rowBlocks;

    static int Panel => PackedPanels<T, V, S>.PanelColumns;

    /// <summary>Chooses blocks and multiplies.</summary>
    public void Multiply()
    {
        if (M == 0 || N == 0)
            return;
        int threads = M * N * K < WorthSharing ? 1 : Workers.Count;
        if (!IsPacked && IsWorthPacking())
            Pack(threads);
        int parts = Divide(threads);
        Workers.Run(parts, this);
    }

    /// <summary>Does one block.</summary>
    public readonly void Run(int part)
    {
        nint i = part % _rowBlocks * _blockRows, j = part / _rowBlocks * _blockColumns;
        nint iEnd = Math.Min(M, i + _blockRows), jEnd = Math.Min(N, j + _blockColumns);
        nint blocks = Math.Max(1, (K + MostK - 1) / MostK), step = (K + blocks - 1) / blocks;
        for (nint block = 0, k = 0; block < blocks; block++, k += step)
            RunRows(i, iEnd, j, jEnd, k, Math.Min(step, K - k));
    }

    readonly void RunRows(nint iStart, nint iEnd, nint j, nint jEnd, nint k, nint count)
    {
        Tile<T> tile = default;
        tile.ARowStride = A.RowStride;
        tile.AColumnStride = A.ColumnStride;
        tile.CRowStride = C.RowStride;
        tile.K = count;
        tile.Continues = Continues || k > 0;
        bool ends = k + count == K;
        for (; j < jEnd; j += Panel)
        {
            tile.Columns = (int)Math.Min(Panel, jEnd - j);
            tile.BRowStride = IsPacked ? PackedPanels<T, V, S>.Stride(j, N) : B.RowStride;
            tile.B = IsPacked ? B.Start + j * K + k * tile.BRowStride : B.Start + k * B.RowStride + j;
            for (nint i = iStart; i < iEnd; i += S.TileRows)
            {
                tile.Rows = (int)Math.Min(S.TileRows, iEnd - i);
                tile.A = A.Start + i * A.RowStride + k * A.ColumnStride;
                tile.C = C.Start + i * C.RowStride + j;
                RunTile(tile);
                if (ends)
                    End.Apply(tile, i, j);
            }
        }
    }

    static void RunTile(in Tile<T> tile)
    {
        if (tile.Columns == Panel)
            RunTile<WideRow<T, V, S>>(tile);
        else if (tile.Columns > S.Width)
            RunTile<WideEdgeRow<T, V, S>>(tile);
        else
            RunTile<NarrowRow<T, V, S>>(tile);
    }

    static void RunTile<R>(in Tile<T> tile) where R : struct, ITileRow<R, T, V>
    {
        if (tile.Rows > 4)
            TileKernel<T, V, S, R>.Eight(tile);
        else if (tile.Rows > 1)
            TileKernel<T, V, S, R>.Four(tile);
        else
            TileKernel<T, V, S, R>.One(tile);
    }

    readonly bool IsWorthPacking()
    {
        if (B.ColumnStride != 1)
            return true;
        // Rows 4 KiB apart fall into the same few places of the cache and push each other out.
        bool isWide = K * N > 1 << 18 || B.RowStride * sizeof(T) % 4096 == 0;
        return isWide && M > 2 * S.TileRows;
    }

    void Pack(int threads)
    {
        nint panels = (N + Panel - 1) / Panel;
        var packing = new Packing<T, V, S>(B, K, N, Scratch.Rent<T>(PackedPanels<T, V, S>.Length(K, N)),
            threads == 1 ? 1 : (int)Math.Min(panels, 4 * threads));
        Workers.Run(packing.Parts, packing);
        B = new Operand<T>(packing.Panels, 0, 1);
        IsPacked = true;
    }

    int Divide(int threads)
    {
        nint wanted = threads == 1 ? 1 : 4 * threads, panels = (N + Panel - 1) / Panel;
        _blockRows = Math.Min(M, MostRows);
        _blockColumns = N;
        nint blocks = (M + _blockRows - 1) / _blockRows;
        nint across = Math.Min((wanted + blocks - 1) / blocks, panels / 2);
        if (across > 1)
            _blockColumns = (panels + across - 1) / across * Panel;
        blocks *= (N + _blockColumns - 1) / _blockColumns;
        nint down = (wanted + blocks - 1) / blocks;
        if (down > 1)
            _blockRows = Math.Max(2, (_blockRows / down + S.TileRows - 1) / S.TileRows) * S.TileRows;
        _rowBlocks = (M + _blockRows - 1) / _blockRows;
        return (int)(_rowBlocks * ((N + _blockColumns - 1) / _blockColumns));
    }
}

/// <summary>Packs B, each part some panels.</summary>
readonly unsafe struct Packing<T, V, S>(Operand<T> b, nint k, nint n, T* panels, int parts) : IJob
    where T : unmanaged where V : struct where S : struct, IRegister<T, V>
{
    public readonly T* Panels = panels;
    public readonly int Parts = parts;

    public void Run(int part)
    {
        nint count = (n + PackedPanels<T, V, S>.PanelColumns - 1) / PackedPanels<T, V, S>.PanelColumns;
        PackedPanels<T, V, S>.Pack(b, k, n, count * part / Parts, count * (part + 1) / Parts, Panels);
    }
}
