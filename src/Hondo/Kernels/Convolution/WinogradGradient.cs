using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>
/// The gradient of the weights of a 3×3 convolution: for each number of a tile the sum of outer products of inputs and
/// gradients over the tiles in order, transformed back to nine. Chunks of images, whose number depends on the shape
/// only, have sums of their own, which are then added in order: one chain over all tiles would be less exact.
/// </summary>
unsafe struct WinogradGradient<V, S, L> : IJob
    where V : struct where S : struct, IRegister<float, V> where L : struct, ILanes<L, float>
{
    const int BlockNumbers = 160 << 10, FewestTiles = 24, ChunkTiles = 64, MostChunks = 16, FewestParts = 8;
    const int MostSums = 1 << 22, Kernel = 3, Tall = 16;

    readonly WinogradShape _shape;
    readonly WinogradImages _x, _dy;
    readonly float* _dw, _bias;
    readonly bool _accumulates, _biasAccumulates;
    readonly int _batch, _chunks, _shares, _most;
    float* _sums, _biasSums;

    /// <param name="shape">The convolution, from inputs to outputs.</param>
    /// <param name="batch">How many images.</param>
    /// <param name="x">[batch, height, width, channels].</param>
    /// <param name="dy">[batch, height', width', outputs].</param>
    /// <param name="dw">The gradient, [3, 3, channels, outputs].</param>
    /// <param name="accumulates">True adds to dw.</param>
    /// <param name="bias">Σ dy of each output, or null: dy is at hand here.</param>
    /// <param name="biasAccumulates">True adds to the bias.</param>
    public WinogradGradient(in WinogradShape shape, int batch, float* x, float* dy, float* dw, bool accumulates,
        float* bias, bool biasAccumulates)
    {
        (_shape, _batch, _accumulates, _biasAccumulates) = (shape, batch, accumulates, biasAccumulates);
        _x = WinogradImages.Plain(x, shape.Height, shape.Width, shape.Channels);
        _dy = WinogradImages.Plain(dy, shape.OutHeight, shape.OutWidth, shape.Outputs);
        _dw = dw;
        _bias = bias;
        int tiles = batch * shape.TilesOfImage;
        _chunks = Math.Clamp(Math.Min(tiles / ChunkTiles, MostSums / Length), 1, Math.Min(batch, MostChunks));
        _shares = Math.Clamp(FewestParts / _chunks, 1, (shape.Outputs + Panel - 1) / Panel);
        // Sums that no cache holds come and go once a block: then blocks of as many numbers as there are sums.
        int numbers = shape.Channels + shape.Outputs, few = BlockNumbers / (WinogradShape.Numbers * numbers);
        _most = Math.Max(Math.Max(FewestTiles, few), shape.Channels * shape.Outputs / numbers);
    }

    static int Panel => PackedPanels<float, V, S>.Width;

    readonly int Length => Kernel * Kernel * _shape.Channels * _shape.Outputs;

    /// <summary>Runs on as many threads as there are.</summary>
    public void Run()
    {
        bool isApart = _chunks > 1 || _accumulates;
        nint sums = isApart ? _chunks * (nint)Length : 0, biases = _bias == null ? 0 : (nint)_batch * _shape.Outputs;
        float* memory = Scratch.Shared<float>(sums + biases);
        _sums = isApart ? memory : _dw;
        _biasSums = memory + sums;
        Workers.Run(_chunks * _shares, this);
        if (isApart)
            ColumnSums<float>.Run(_sums, _chunks, Length, _dw, _accumulates);
        if (_bias != null)
            ColumnSums<float>.RunOnThis(_biasSums, _batch, _shape.Outputs, _bias, _biasAccumulates);
    }

    /// <summary>Does some outputs of a chunk of images.</summary>
    public readonly void Run(int part)
    {
        int chunk = part / _shares, share = part % _shares, panels = (_shape.Outputs + Panel - 1) / Panel;
        int image = (int)((long)_batch * chunk / _chunks), end = (int)((long)_batch * (chunk + 1) / _chunks);
        int from = panels * share / _shares * Panel;
        int outputs = Math.Min(panels * (share + 1) / _shares * Panel, _shape.Outputs) - from;
        int first = image * _shape.TilesOfImage, count = (end - image) * _shape.TilesOfImage;
        int blocks = (count + _most - 1) / _most, block = (count + blocks - 1) / blocks;
        nint inputStep = WinogradShape.OddLines((nint)block * _shape.Channels);
        nint gradientStep = WinogradShape.OddLines((nint)block * outputs);
        nint place = WinogradShape.OddLines((nint)_shape.Channels * outputs);
        nint zeros = WinogradTiles<L>.Points * (nint)Math.Max(_shape.Channels, _shape.Outputs);
        float* v = Scratch.Own<float>(
            WinogradShape.Numbers * (inputStep + gradientStep + place + L.Width) + zeros);
        float* m = v + WinogradShape.Numbers * inputStep, sums = m + WinogradShape.Numbers * gradientStep;
        float* temp = sums + WinogradShape.Numbers * place, none = temp + WinogradTiles<L>.TempLength;
        new Span<float>(none, (int)zeros).Clear();
        for (int i = 0; i < count; i += block)
        {
            int tiles = Math.Min(block, count - i);
            if (_bias != null && share == 0)
                SumBias(first + i, tiles);
            WinogradGather<L>.Inputs(_shape, _x, first + i, tiles, v, inputStep, temp, none);
            WinogradGather<L>.Gradients(_shape, _dy, first + i, tiles, from, outputs, m, gradientStep, temp, none);
            for (int number = 0; number < WinogradShape.Numbers; number++)
                Multiply(tiles, v + number * inputStep, m + number * gradientStep, outputs, sums + number * place,
                i > 0);
        }
        Finish(sums, place, outputs, temp, _sums + chunk * (nint)Length + from);
    }

    // An image's gradients are read once more with the first of its tiles.
    readonly void SumBias(int first, int tiles)
    {
        int pixels = _shape.OutHeight * _shape.OutWidth, image =
            (first + _shape.TilesOfImage - 1) / _shape.TilesOfImage;
        for (; image * _shape.TilesOfImage < first + tiles; image++)
            ColumnSums<float>.RunOnThis(_dy.At(image, 0, 0), pixels, _shape.Outputs,
                _biasSums + (nint)image * _shape.Outputs);
    }

    readonly void Multiply(int tiles, float* v, float* m, int outputs, float* sums, bool goesOn)
    {
        OuterTile<float> tile = default;
        (tile.Images, tile.Lines, tile.Pixels, tile.GoesOn) = (1, 1, tiles, goesOn);
        (tile.APixel, tile.BPixel, tile.CRow) = (_shape.Channels, outputs, outputs);
        for (int j = 0; j < outputs; j += Panel)
        {
            tile.Columns = Math.Min(Panel, outputs - j);
            bool isWide = tile.Columns == Panel;
            int rows = isWide ? S.TileRows : Math.Min(Tall, 2 * S.TileRows);
            for (int c = 0; c < _shape.Channels; c += rows)
            {
                tile.A = v + c;
                tile.B = m + j;
                tile.C = sums + (nint)c * outputs + j;
                if (isWide)
                    OuterTileKernel<float, V, S, WideRow<float, V, S>>.Run(tile, rows);
                else
                    OuterTileKernel<float, V, S, WholeRow<float, V, S>>.Run(tile, rows);
            }
        }
    }

    // 36 sums to nine gradients, row after row of channels × outputs.
    [MethodImpl(AggressiveOptimization)]
    readonly void Finish(float* sums, nint place, int outputs, float* temp, float* dw)
    {
        nint tap = (nint)_shape.Channels * _shape.Outputs;
        for (nint c = 0; c < _shape.Channels; c++, dw += _shape.Outputs)
            for (nint o = 0; o < outputs; o += L.Width)
                Finish(sums + c * outputs + o, place, temp, dw + o, tap);
    }

    [MethodImpl(AggressiveOptimization)]
    static void Finish(float* sums, nint place, float* temp, float* dw, nint tap)
    {
        const int points = 6;
        float* q = temp;
        for (int x = 0; x < points; x++, q += Kernel * L.Width)
        {
            WinogradTransforms<L>.Sums(sums + x * place, points * place, out L g0, out L g1, out L g2);
            L.Store(g0, ref *q, 0);
            L.Store(g1, ref *q, L.Width);
            L.Store(g2, ref *q, 2 * L.Width);
        }
        for (int y = 0; y < Kernel; y++, dw += Kernel * tap)
        {
            WinogradTransforms<L>.Sums(temp + y * L.Width, Kernel * L.Width, out L g0, out L g1, out L g2);
            L.Store(g0, ref *dw, 0);
            L.Store(g1, ref *dw, tap);
            L.Store(g2, ref *dw, 2 * tap);
        }
    }
}
