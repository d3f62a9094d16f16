using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Hondo.Kernels;

/// <summary>
/// A depthwise convolution of a network that is only used: the tiles of <see cref="DepthwisePass{T,V,S}"/>, none of
/// them at an edge, because the images have borders. Limits and what is added follow while the outputs are near.
/// </summary>
sealed unsafe class PreparedDepthwise<V, S, L> : PreparedRows
    where V : struct where S : struct, IRegister<float, V> where L : struct, ILanes<L, float>
{
    const int FewTargets = 4, MostTargets = DepthwiseTile<float>.MostTargets;

    // Work and pixels of a thread that are worth a fork.
    const int WorthSharing = 1 << 16, FewestPixels = 64;

    readonly PreparedConvolution _step;
    readonly Finish<L> _finish;
    readonly DepthwiseTile<float> _tile, _last;
    readonly float* _weights;
    readonly int _channels, _whole;

    public PreparedDepthwise(PreparedConvolution step)
    {
        _step = step;
        _finish = new(step);
        ConvolutionSizes sizes = step.Sizes;
        _channels = sizes.Channels;
        nint numbers = (nint)sizes.Taps * _channels;
        _weights = (float*)NativeMemory.AlignedAlloc((nuint)((numbers + _channels) * sizeof(float)), 64);
        step.Weights.CopyTo(new Span<float>(_weights, (int)numbers));
        step.Bias.CopyTo(new Span<float>(_weights + numbers, _channels));
        _whole = sizes.Horizontal.Output / MostTargets;
        _tile = Tile(sizes, _weights + numbers);
        _last = Last(_tile, sizes.Horizontal.Output - _whole * MostTargets);
        Parts = (int)Math.Clamp(sizes.MultiplyAdds / WorthSharing, 1, step.Threads);
    }

    /// <summary>Frees the weights.</summary>
    ~PreparedDepthwise() => NativeMemory.AlignedFree(_weights);

    protected override int Parts { get; }

    static int Panel => PackedPanels<float, V, S>.Width;

    DepthwiseTile<float> Tile(in ConvolutionSizes sizes, float* bias)
    {
        (ConvolutionAxis vertical, ConvolutionAxis horizontal) = (sizes.Vertical, sizes.Horizontal);
        (BorderedImages x, BorderedImages y) = (_step.X.Images, _step.Y.Images);
        return new()
        {
            W = _weights, Start = bias, Rows = vertical.Kernel, Taps = horizontal.Kernel, Targets = MostTargets,
            Repeats = _whole, Count = MostTargets, IsInner = true, RowStep = vertical.Dilation * x.RowStride,
            TapStep = horizontal.Dilation * _channels, Next = horizontal.Stride * _channels, Into = y.Channels,
            WeightTap = _channels, WeightRow = horizontal.Kernel * _channels,
            Ahead = ((vertical.Kernel - 1) * vertical.Dilation + vertical.Stride) * x.RowStride,
            AheadRow = -x.RowStride, AheadRows = vertical.Stride, AheadStep = _channels, AheadInto = y.RowStride,
            IsLimited = _step.Added is null && _step.Limits.Matter, Least = _step.Limits.Least,
            Most = _step.Limits.Most,
        };
    }

    // What a line has beyond its whole tiles: four targets, or a tile of which only the first exist.
    static DepthwiseTile<float> Last(DepthwiseTile<float> tile, int count)
    {
        tile.Repeats = 1;
        tile.Targets = count > FewTargets ? MostTargets : FewTargets;
        tile.Count = count;
        tile.IsInner = count == tile.Targets;
        (tile.Column, tile.ColumnStep, tile.TapColumns, tile.Columns) = (0, 1, 0, count);
        ulong targets = (1ul << count) - 1;
        if (tile.Next == tile.TapStep)
            tile.Exists = (1ul << Math.Min(63, count + tile.Taps - 1)) - 1;
        else
            for (int tap = 0; tap < Math.Min(tile.Taps, MostTargets); tap++)
                tile.Exists |= targets << (MostTargets * tap);
        return tile;
    }

    // As the steps before and behind it: rows, or channels where pixels are few.
    protected override void Run(int slot, int images, int first, int end)
    {
        ConvolutionSizes sizes = _step.Sizes;
        (int rows, int panels) = (sizes.Vertical.Output, (_channels + Panel - 1) / Panel);
        if (rows * sizes.Horizontal.Output >= FewestPixels * Parts)
            Rows(slot, images, rows * first / Parts, rows * end / Parts);
        else
            Rows(slot, images, 0, rows, panels * first / Parts * Panel,
                Math.Min(_channels, panels * end / Parts * Panel));
    }

    public override void Rows(int slot, int images, int from, int to) => Rows(slot, images, from, to, 0, _channels);

    void Rows(int slot, int images, int from, int to, int channel, int end)
    {
        for (int image = 0; image < images; image++)
            for (int row = from; row < to; row++)
                Row(slot, image, row, channel, end - channel);
        GC.KeepAlive(this);
    }

    void Row(int slot, int image, int row, int channel, int channels)
    {
        (ConvolutionAxis vertical, ConvolutionAxis horizontal) = (_step.Sizes.Vertical, _step.Sizes.Horizontal);
        (BorderedImages from, BorderedImages into) = (_step.X.Images, _step.Y.Images);
        float* x = _step.X.Slot(slot) + (nint)image * from.Length + channel
            + from.Pixel(row * vertical.Stride - vertical.Before, -horizontal.Before);
        float* y = _step.Y.Slot(slot) + (nint)image * into.Length + into.Pixel(row, 0) + _step.Channel + channel;
        float* added = _finish.Added(slot, image, row, channel);
        if (_whole > 0)
            Run(_tile, x, y, added, 0, _whole * MostTargets, channel, channels);
        if (_last.Count > 0)
            Run(_last, x, y, added, _whole * MostTargets, _last.Count, channel, channels);
    }

    void Run(DepthwiseTile<float> tile, float* x, float* y, float* added, int column, int count, int channel,
        int channels)
    {
        tile.A = x + column * tile.Next;
        tile.C = y + column * tile.Into;
        tile.W += channel;
        tile.Start += channel;
        DepthwisePass<float, V, S>.RunTile(tile, channels);
        if (added != null)
            _finish.Run(tile.C, tile.Into, added + column * _channels, count, channels);
    }
}

/// <summary>What follows a convolution: an addition, limits.</summary>
readonly unsafe struct Finish<L>(PreparedConvolution step) where L : struct, ILanes<L, float>
{
    readonly ImageBuffer? _added = step.Added;

    /// <summary>What the results are kept within.</summary>
    public Limits Limits { get; } = step.Limits;

    /// <summary>True where there is anything to do.</summary>
    public bool IsWanted => _added is not null || Limits.Matter;

    /// <summary>What is added to a row from a channel on, or null.</summary>
    public float* Added(int slot, int image, int row, int channel) => _added is null ? null
        : _added.Slot(slot) + (nint)image * _added.Images.Length + _added.Images.Pixel(row, 0) + channel;

    /// <summary>Finishes pixels side by side.</summary>
    /// <param name="y">The first output.</param>
    /// <param name="step">From pixel to pixel.</param>
    /// <param name="added">What is added, or null.</param>
    /// <param name="pixels">How many pixels.</param>
    /// <param name="channels">How many channels of each.</param>
    public void Run(float* y, nint step, float* added, int pixels, int channels)
    {
        nint more = _added?.Images.Channels ?? 0;
        for (; pixels > 0; pixels--, y += step, added += more)
            Run(y, added, channels);
    }

    /// <summary>Finishes some channels of a pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(float* y, float* added, int channels)
    {
        (L least, L most) = (L.Create(Limits.Least), L.Create(Limits.Most));
        int j = 0;
        for (; j <= channels - L.Width; j += L.Width)
            Run(y, added, j, least, most);
        for (; j < channels; j++)
            Run(y, added, j, new Scalar<float>(Limits.Least), new Scalar<float>(Limits.Most));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Run<W>(float* y, float* added, int j, W least, W most) where W : struct, ILanes<W, float>
    {
        W sum = W.Load(ref *y, j);
        if (added != null)
            sum += W.Load(ref *added, j);
        W.Store(W.Clamp(sum, least, most), ref *y, j);
    }
}
