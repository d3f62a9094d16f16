using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>
/// A 3×3 convolution from sources to targets: blocks of tiles are transformed, multiplied number by number of a tile
/// (36 products of tiles × channels with channels × outputs) and transformed back while they are in the second-level
/// cache. Tiles do not depend on each other, so the bits do not depend on the blocks.
/// </summary>
unsafe struct WinogradPass<V, S, L> : IJob
    where V : struct where S : struct, IRegister<float, V> where L : struct, ILanes<L, float>
{
    // A block's numbers and products: about 640 KB, the better part of a second-level cache, and full tall tiles.
    const int BlockNumbers = 160 << 10, FewestTiles = 24, TallTiles = 12, SmallestTiles = 8;

    // In multiply-adds of the direct convolution: below about 1 µs a fork costs more than it gains.
    const long WorthSharing = 1 << 18;

    readonly WinogradShape _shape;
    readonly WinogradImages _source, _target, _added;
    readonly float* _weights, _bias;
    readonly Limits _limits;
    readonly int _images, _blocks, _shares;

    /// <param name="shape">The convolution.</param>
    /// <param name="images">How many images.</param>
    /// <param name="threads">How many threads may share the work.</param>
    /// <param name="source">What it reads.</param>
    /// <param name="weights">Transformed weights.</param>
    /// <param name="bias">[outputs], or null for 0.</param>
    /// <param name="added">What is added to the outputs, if anything.</param>
    /// <param name="limits">What the results are kept within.</param>
    /// <param name="target">What it writes.</param>
    public WinogradPass(in WinogradShape shape, int images, int threads, WinogradImages source, float* weights,
        float* bias, WinogradImages added, Limits limits, WinogradImages target)
    {
        (_shape, _images, _source, _added, _target) = (shape, images, source, added, target);
        _weights = weights;
        _bias = bias;
        _limits = limits;
        int tiles = images * shape.TilesOfImage;
        int most = BlockNumbers / (WinogradShape.Numbers * (shape.Channels + shape.Outputs));
        most = Math.Max(FewestTiles, (most + TallTiles / 2) / TallTiles * TallTiles);
        // Of one image each thread takes what lies in its cache already: tiles, or outputs where tiles are few or their
        // transforms cheap beside the products. Many images keep threads equally busy.
        int wanted = threads == 1 || (long)tiles * shape.MultiplyAddsOfTile < WorthSharing ? 1
            : images == 1 ? threads : 2 * threads;
        bool sharesTiles = wanted > 1
            && tiles >= wanted * FewestTiles * (shape.Outputs > 2 * shape.Channels ? 2 : 1);
        _blocks = Math.Max(1, (tiles + (sharesTiles ? most / 2 : most - 1)) / most);
        _blocks = sharesTiles ? (_blocks + wanted - 1) / wanted * wanted : _blocks;
        int panels = (shape.Outputs + Panel - 1) / Panel;
        _shares = Math.Clamp(sharesTiles || images > 1 ? (wanted + _blocks - 1) / _blocks : wanted, 1, panels);
        // Where outputs cannot be shared, tiles are.
        if (_blocks * _shares < wanted)
            _blocks = Math.Max(_blocks, Math.Min((wanted + _shares - 1) / _shares, tiles / SmallestTiles));
        Parts = images == 1 ? Math.Min(wanted, _blocks * _shares) : _blocks * _shares;
    }

    static int Panel => PackedPanels<float, V, S>.Width;

    /// <summary>Parts that threads may do at the same time.</summary>
    public int Parts { get; }

    /// <summary>Does some outputs of some blocks of tiles.</summary>
    public readonly void Run(int part)
    {
        int tiles = _images * _shape.TilesOfImage, panels = (_shape.Outputs + Panel - 1) / Panel;
        for (int i = _blocks * _shares * part / Parts; i < _blocks * _shares * (part + 1) / Parts; i++)
        {
            int share = i / _blocks, block = i % _blocks;
            int first = (int)((long)tiles * block / _blocks), end = (int)((long)tiles * (block + 1) / _blocks);
            int from = panels * share / _shares * Panel, to = panels * (share + 1) / _shares * Panel;
            RunBlock(first, end - first, from, Math.Min(to, _shape.Outputs));
        }
    }

    [MethodImpl(AggressiveInlining)]
    readonly void RunBlock(int first, int count, int from, int to)
    {
        nint sourceStep = WinogradShape.OddLines((nint)count * _shape.Channels);
        nint productStep = WinogradShape.OddLines((nint)count * (to - from));
        nint zeros = WinogradTiles<L>.Points * _source.Pixel;
        float* v = Scratch.Own<float>(WinogradShape.Numbers * (sourceStep + productStep + L.Width) + zeros);
        float* m = v + WinogradShape.Numbers * sourceStep, temp = m + WinogradShape.Numbers * productStep;
        float* none = temp + WinogradTiles<L>.TempLength;
        new Span<float>(none, (int)zeros).Clear();
        WinogradGather<L>.Inputs(_shape, _source, first, count, v, sourceStep, temp, none);
        for (int number = 0; number < WinogradShape.Numbers; number++)
            Multiply(count, v + number * sourceStep, number, from, to, m + number * productStep);
        Spread(first, count, from, to, m, productStep, temp);
    }

    readonly void Multiply(int count, float* v, int number, int from, int to, float* m)
    {
        Tile<float> tile = default;
        tile.A = v;
        tile.ARowStride = tile.K = _shape.Channels;
        tile.AColumnStride = 1;
        tile.CRowStride = to - from;
        nint matrix = WinogradShape.OddLines((nint)_shape.Channels * _shape.Outputs);
        float* weights = _weights + number * matrix;
        int tiles = S.HasTallTile ? (count + TallTiles - 1) / TallTiles : (count + S.TileRows - 1) / S.TileRows;
        for (int j = from; j < to; j += Panel)
        {
            // Weights come from afar, and few tiles share them: the next ones are under way meanwhile.
            tile.Ahead = weights + (j + Panel < to ? (nint)(j + Panel) * _shape.Channels
                : matrix + (nint)from * _shape.Channels);
            tile.AheadStep = (Panel + tiles - 1) / tiles;
            tile.BRowStride = PackedPanels<float, V, S>.Stride(j, _shape.Outputs);
            tile.Columns = (int)tile.BRowStride;
            tile.B = weights + (nint)j * _shape.Channels;
            tile.C = m + (j - from);
            if (tile.Columns == Panel)
                Rows<WideRow<float, V, S>>(tile, count);
            else
                Rows<WholeRow<float, V, S>>(tile, count);
        }
    }

    static void Rows<R>(Tile<float> tile, int count) where R : struct, ITileRow<R, float, V>
    {
        for (; count > 0; count -= tile.Rows)
        {
            bool isTall = S.HasTallTile && count >= TallTiles && count != 16;
            tile.Rows = isTall ? TallTiles : Math.Min(S.TileRows, count);
            if (isTall)
                TileKernel<float, V, S, R>.Twelve(tile);
            else if (tile.Rows > 4)
                TileKernel<float, V, S, R>.Eight(tile);
            else
                TileKernel<float, V, S, R>.Four(tile);
            tile.Ahead += tile.K * tile.AheadStep;
            tile.A += tile.Rows * tile.ARowStride;
            tile.C += tile.Rows * tile.CRowStride;
        }
    }

    [MethodImpl(AggressiveOptimization)]
    readonly void Spread(int first, int count, int from, int to, float* m, nint step, float* temp)
    {
        WinogradEnd end = new()
        {
            Bias = _bias == null ? null : _bias + from, Limits = _limits, Pixel = _target.Pixel, Line = _target.Line,
            AddedPixel = _added.Pixel, AddedLine = _added.Line,
        };
        WinogradTile tile = _shape.Tile(first);
        for (int i = 0; i < count; i++, m += to - from, tile = _shape.After(tile))
        {
            int top = tile.Row * WinogradTiles<L>.Outputs, left = tile.Column * WinogradTiles<L>.Outputs;
            end.To = _target.At(tile.Image, top, left) + from;
            end.Added = _added.Start == 0 ? null : _added.At(tile.Image, top, left) + from;
            WinogradTiles<L>.Output(m, step, temp, end, Math.Min(WinogradTiles<L>.Outputs, _shape.OutHeight - top),
                Math.Min(WinogradTiles<L>.Outputs, _shape.OutWidth - left), to - from);
        }
    }
}
