using System.Numerics;

namespace Hondo.Kernels;

/// <summary>
/// The weights' gradient of a convolution whose channels fill tiles, as sums of outer products: for each place of the
/// kernel dW = Σ x(the pixel at that place)ᵀ·dy(pixel). Both are read where they lie. A place passes over the pixels
/// for which it lies outside of the image, so that borders cost nothing: on 8×8 pixels that saves a sixth of the work.
/// Each chunk of images, of a size that depends on the shape only, has sums of its own, which are then added in order.
/// </summary>
unsafe struct ConvolutionOuter<T, V, S> : IJob
    where T : unmanaged, IBinaryFloatingPointIeee754<T> where V : struct where S : struct, IRegister<T, V>
{
    const int BlockPixels = 512, ChunkPixels = 1024, MostChunks = 16, FewestParts = 8, MostSums = 1 << 22;

    // From here on lines of dy lie so far apart that they share few places of the cache.
    const int FarColumns = 512;

    // Channels that a part does together: one or two tiles.
    const int Rows = 8, MostRows = 16;

    const long WorthSharing = 1 << 17;

    readonly ConvolutionSizes _sizes;
    readonly SourceBlocks<T> _blocks;
    readonly T* _x, _dy, _dw, _bias;
    readonly bool _accumulates, _biasAccumulates;
    readonly int _inner, _columns, _rows, _units, _chunks, _shares;
    T* _sums, _biasSums;

    /// <param name="sizes">The convolution.</param>
    /// <param name="x">[batch, height, width, channels].</param>
    /// <param name="dy">[batch, height', width', outputs].</param>
    /// <param name="dw">The gradient.</param>
    /// <param name="accumulates">True adds to dw.</param>
    /// <param name="bias">Σ dy of each output, or null: dy is at hand here.</param>
    /// <param name="biasAccumulates">True adds to the bias.</param>
    public ConvolutionOuter(
        in ConvolutionSizes sizes, T* x, T* dy, T* dw, bool accumulates, T* bias, bool biasAccumulates)
    {
        (_sizes, _accumulates, _biasAccumulates) = (sizes, accumulates, biasAccumulates);
        _x = x;
        _dy = dy;
        _dw = dw;
        _bias = bias;
        (_inner, _columns) = (sizes.Channels / sizes.Groups, sizes.Outputs / sizes.Groups);
        _rows = _inner % MostRows == 0 ? MostRows : Rows;
        _units = sizes.Taps * (_inner / _rows);
        _blocks = new(x, sizes.Batch, sizes.Channels, AxisPhases.Forward(sizes.Vertical),
            AxisPhases.Forward(sizes.Horizontal), BlockPixels, isCopied: false);
        long pixels = (long)sizes.Batch * sizes.Vertical.Output * sizes.Horizontal.Output;
        long most = Math.Min(_blocks.Count, MostSums / Math.Max(1, Length));
        _chunks = (int)Math.Clamp(Math.Min(pixels / ChunkPixels, most), 1, MostChunks);
        _shares = Math.Clamp(FewestParts / _chunks, 1, Math.Max(1, _units));
    }

    readonly int Length => _sizes.WeightLength;

    /// <summary>True where it serves: the channels of a pixel that a group sees fill tiles.</summary>
    public static bool Suits(in ConvolutionSizes sizes) => sizes.Channels / sizes.Groups % Rows == 0;

    /// <summary>Runs on as many threads as are worth it.</summary>
    public void Run()
    {
        nint sums = _chunks > 1 ? _chunks * (nint)Length : 0;
        nint biases = _bias == null ? 0 : (nint)_blocks.Count * _sizes.Outputs;
        T* memory = Scratch.Shared<T>(sums + biases);
        _sums = _chunks > 1 ? memory : _dw;
        _biasSums = memory + sums;
        int parts = _chunks * _shares;
        if (_sizes.MultiplyAdds >= WorthSharing)
            Workers.Run(parts, this);
        else
            for (int part = 0; part < parts; part++)
                Run(part);
        if (_chunks > 1)
            ColumnSums<T>.Run(_sums, _chunks, Length, _dw, _accumulates);
        if (_bias != null)
            ColumnSums<T>.RunOnThis(_biasSums, _blocks.Count, _sizes.Outputs, _bias, _biasAccumulates);
    }

    /// <summary>Does some rows of dW for a chunk of blocks.</summary>
    public readonly void Run(int part)
    {
        int chunk = part / _shares, share = part % _shares, panel = PackedPanels<T, V, S>.Width;
        T* sums = _sums + (_chunks > 1 ? chunk * (nint)Length : 0);
        int from = _blocks.Count * chunk / _chunks, to = _blocks.Count * (chunk + 1) / _chunks;
        for (int i = from; i < to; i++)
        {
            SourceBlock block = _blocks[i];
            bool goesOn = i > from || (_accumulates && _chunks == 1);
            for (int group = 0; group < _sizes.Groups; group++)
                for (int j = 0; j < _columns; j += panel)
                    RunPanel(block, group * _inner, group * _columns + j, Math.Min(panel, _columns - j), share,
                        sums, goesOn);
            if (_bias != null && share == 0)
                ColumnSums<T>.RunOnThis(First(block), Pixels(block), _sizes.Outputs,
                    _biasSums + (nint)i * _sizes.Outputs);
        }
    }

    readonly T* First(SourceBlock block) => _dy
        + ((nint)block.Image * _sizes.Vertical.Output + block.From) * _sizes.Horizontal.Output * _sizes.Outputs;

    readonly int Pixels(SourceBlock block) => block.Images * (block.To - block.From) * _sizes.Horizontal.Output;

    readonly void RunPanel(
        SourceBlock block, int channel, int output, int columns, int share, T* sums, bool goesOn)
    {
        OuterTile<T> tile = default;
        (tile.Images, tile.Columns, tile.CRow, tile.GoesOn) = (block.Images, columns, _sizes.Outputs, goesOn);
        tile.B = First(block) + output;
        tile.BPixel = _sizes.Outputs;
        int lines = _sizes.Vertical.Output;
        if (_sizes.Outputs >= FarColumns && _inner > 2 * Rows)
        {
            tile.BPixel = PackedPanels<T, V, S>.Stride(0, columns);
            T* panel = Scratch.Own<T>(Pixels(block) * tile.BPixel);
            PackedPanels<T, V, S>.Pack(new(tile.B, _sizes.Outputs, 1), Pixels(block), columns, panel, tile.BPixel);
            tile.B = panel;
            lines = block.To - block.From;
        }
        tile.BLine = _sizes.Horizontal.Output * tile.BPixel;
        tile.BImage = lines * tile.BLine;
        tile.APixel = _sizes.Horizontal.Stride * (nint)_sizes.Channels;
        nint line = _sizes.Horizontal.Input * (nint)_sizes.Channels;
        tile.ALine = _sizes.Vertical.Stride * line;
        tile.AImage = _sizes.Vertical.Input * line;
        int units = _inner / _rows, end = (int)((long)_units * (share + 1) / _shares), next;
        for (int unit = (int)((long)_units * share / _shares); unit < end; unit = next)
        {
            int place = unit / units, first = unit % units;
            next = Math.Min(end, unit + units - first);
            nint row = (nint)unit * _rows;
            RunPlace(tile, block, place, channel + first * _rows, (next - unit) * _rows,
                sums + (row * _sizes.Outputs + output));
        }
    }

    readonly void RunPlace(OuterTile<T> tile, SourceBlock block, int place, int channel, int count, T* c)
    {
        int y = place / _sizes.Horizontal.Kernel, x = place % _sizes.Horizontal.Kernel;
        var (top, bottom) = _sizes.Vertical.Inside(y);
        var (left, right) = _sizes.Horizontal.Inside(x);
        (top, bottom) = (Math.Max(top, block.From), Math.Min(bottom, block.To));
        (tile.Lines, tile.Pixels) = (Math.Max(0, bottom - top), Math.Max(0, right - left));
        tile.B += (top - block.From) * tile.BLine + left * tile.BPixel;
        tile.A = _x + block.Image * tile.AImage + channel
            + (_sizes.Vertical.Source(top, y) * (nint)_sizes.Horizontal.Input + _sizes.Horizontal.Source(left, x))
            * _sizes.Channels;
        if (tile.Columns == 2 * S.Width)
            RunRows<WideRow<T, V, S>>(tile, S.TileRows, count, c);
        else if (tile.Columns > S.Width)
            RunRows<WideEdgeRow<T, V, S>>(tile, S.TileRows, count, c);
        else if (tile.Columns == S.Width)
            RunRows<WholeRow<T, V, S>>(tile, 2 * S.TileRows, count, c);
        else
            RunRows<NarrowRow<T, V, S>>(tile, 2 * S.TileRows, count, c);
    }

    readonly void RunRows<R>(OuterTile<T> tile, int rows, int count, T* c) where R : struct, ITileRow<R, T, V>
    {
        rows = Math.Min(rows, _rows);
        for (int i = 0; i < count; i += rows, tile.A += rows)
        {
            tile.C = c + i * tile.CRow;
            OuterTileKernel<T, V, S, R>.Run(tile, rows);
        }
    }
}
