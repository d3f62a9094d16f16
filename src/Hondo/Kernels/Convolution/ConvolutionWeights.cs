using System.Numerics;

namespace Hondo.Kernels;

/// <summary>
/// The weights' gradient of a convolution of few channels: dW = Xᵀ·dY, where rows of X are pixels as windows see them,
/// so that tiles reach over the places of the kernel. Each chunk of images, of a size that depends on the shape only,
/// has sums of its own, which are then added in order.
/// </summary>
unsafe struct ConvolutionWeights<T, V, S> : IJob
    where T : unmanaged, IBinaryFloatingPointIeee754<T> where V : struct where S : struct, IRegister<T, V>
{
    const int BlockPixels = 256, ChunkPixels = 1024, MostChunks = 16, FewestParts = 8, MostSums = 1 << 22;

    const long WorthSharing = 1 << 17;

    readonly ConvolutionSizes _sizes;
    readonly AxisPhases _vertical, _horizontal;
    readonly SourceBlocks<T> _blocks;
    readonly T* _dy, _dw, _bias;
    readonly bool _accumulates, _biasAccumulates;
    readonly int _groups, _inner, _columns, _rows, _chunks, _rowParts;
    ConvolutionTables<T> _tables;
    int* _into;
    T* _sums, _biasSums;

    /// <param name="sizes">The convolution.</param>
    /// <param name="x">[batch, height, width, channels].</param>
    /// <param name="dy">[batch, height', width', outputs].</param>
    /// <param name="dw">The gradient.</param>
    /// <param name="accumulates">True adds to dw.</param>
    /// <param name="bias">Σ dy of each output, or null: dy is at hand here.</param>
    /// <param name="biasAccumulates">True adds to the bias.</param>
    public ConvolutionWeights(in ConvolutionSizes sizes, T* x, T* dy, T* dw, bool accumulates, T* bias,
        bool biasAccumulates)
    {
        _bias = bias;
        _biasAccumulates = biasAccumulates;
        (_sizes, _accumulates) = (sizes, accumulates);
        _dy = dy;
        _dw = dw;
        (_vertical, _horizontal) = (AxisPhases.Forward(sizes.Vertical), AxisPhases.Forward(sizes.Horizontal));
        _groups = sizes.Groups;
        _inner = sizes.Channels / _groups;
        _columns = sizes.Outputs / _groups;
        _rows = sizes.Taps * _inner;
        _blocks = new(x, sizes.Batch, sizes.Channels, _vertical, _horizontal, BlockPixels,
            !_vertical.IsInside || !_horizontal.IsInside);
        long pixels = (long)sizes.Batch * sizes.Vertical.Output * sizes.Horizontal.Output;
        long most = Math.Min(_blocks.Count, MostSums / Math.Max(1, (long)_rows * sizes.Outputs));
        _chunks = (int)Math.Clamp(Math.Min(pixels / ChunkPixels, most), 1, MostChunks);
        _rowParts = Math.Clamp(FewestParts / _chunks, 1, Math.Max(1, _rows / 16));
    }

    static int Panel => PackedPanels<T, V, S>.Width;

    readonly nint Length => (nint)_rows * _sizes.Outputs;

    /// <summary>Runs on as many threads as are worth it.</summary>
    public void Run()
    {
        Prepare();
        int parts = _chunks * _rowParts;
        if (_sizes.MultiplyAdds >= WorthSharing)
            Workers.Run(parts, this);
        else
            for (int part = 0; part < parts; part++)
                Run(part);
        if (_chunks > 1)
            ColumnSums<T>.Run(_sums, _chunks, (int)Length, _dw, _accumulates);
        if (_bias != null)
            ColumnSums<T>.RunOnThis(_biasSums, _blocks.Count, _sizes.Outputs, _bias, _biasAccumulates);
    }

    void Prepare()
    {
        _tables = new() { Vertical = _vertical[0], Horizontal = _horizontal[0] };
        int pixels = _blocks.Images * _blocks.Rows * _tables.Horizontal.Count;
        nint sums = _chunks > 1 ? _chunks * Length : 0;
        long ints = ConvolutionTables<T>.TableLength(
            _tables.Vertical, _tables.Horizontal, _blocks.Images, _blocks.Rows, _inner) + _rows;
        nint biases = _bias == null ? 0 : (nint)_blocks.Count * _sizes.Outputs;
        T* memory = Scratch.Shared<T>(sums + biases + (nint)ints * sizeof(int) / sizeof(T) + 64);
        _sums = _chunks > 1 ? memory : _dw;
        _biasSums = memory + sums;
        _tables.Rows = (int*)(memory + sums + biases);
        _tables.Into = _tables.Rows + pixels;
        _tables.Steps = _tables.Into + pixels;
        _tables.Fill(_blocks, _vertical, _horizontal, _sizes.Channels, _sizes.Outputs, _inner);
        _into = _tables.Steps + _rows;
        for (int row = 0; row < _rows; row++)
            _into[row] = row * _sizes.Outputs;
    }

    /// <summary>Does some rows of dW for a chunk of blocks.</summary>
    public readonly void Run(int part)
    {
        int chunk = part / _rowParts, share = part % _rowParts;
        int first = Tiles(share) * S.TileRows, end = Math.Min(_rows, Tiles(share + 1) * S.TileRows);
        nint panel = (nint)_blocks.Images * _blocks.Rows * _tables.Horizontal.Count * Panel;
        T* scratch = Scratch.Own<T>(_blocks.ScratchLength + panel + 64);
        T* sums = _sums + chunk * (_chunks > 1 ? Length : 0);
        int from = _blocks.Count * chunk / _chunks, to = _blocks.Count * (chunk + 1) / _chunks;
        for (int i = from; i < to; i++)
        {
            SourceBlock block = _blocks[i];
            T* a = _blocks.Place(block, scratch + panel);
            bool goesOn = i > from || (_accumulates && _chunks == 1);
            for (int group = 0; group < _groups; group++)
                for (int j = 0; j < _columns; j += Panel)
                    RunPanel(block, a, First(block), sums, scratch, group, j, first, end, goesOn);
            if (_bias != null && share == 0)
                ColumnSums<T>.RunOnThis(First(block), _tables.Targets(block, out _), _sizes.Outputs,
                    _biasSums + (nint)i * _sizes.Outputs);
        }
    }

    readonly int Tiles(int share)
    {
        int tiles = (_rows + S.TileRows - 1) / S.TileRows;
        return (int)((long)tiles * share / _rowParts);
    }

    readonly T* First(SourceBlock block) => _dy + ((nint)block.Image * _sizes.Vertical.Output + block.From)
        * _sizes.Horizontal.Output * _sizes.Outputs;

    readonly void RunPanel(SourceBlock block, T* a, T* b, T* sums, T* panel, int group, int j, int first, int end,
        bool goesOn)
    {
        int channel = group * _columns + j;
        OffsetTile<T> tile = default;
        tile.Columns = Math.Min(Panel, _columns - j);
        tile.K = _tables.Targets(block, out _);
        tile.A = a + group * _inner;
        tile.C = sums + channel;
        tile.Steps = _tables.Rows;
        tile.B = b + channel;
        tile.BRowStride = _sizes.Outputs;
        if (end - first > 2 * S.TileRows && _sizes.Outputs > Panel)
        {
            nint stride = PackedPanels<T, V, S>.Stride(j, _columns);
            PackedPanels<T, V, S>.Pack(new(tile.B, _sizes.Outputs, 1), tile.K, tile.Columns, panel, stride);
            tile.B = panel;
            tile.BRowStride = stride;
        }
        tile.Start = goesOn ? tile.C : null;
        OffsetRows<T, V, S>.Run(ref tile, _tables.Steps + first, _into + first, null, end - first);
    }
}
