using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Hondo.Kernels;

/// <summary>What a prepared convolution does.</summary>
/// <param name="Sizes">Of one image.</param>
/// <param name="Weights">[kernel height, kernel width, channels / groups, outputs].</param>
/// <param name="Bias">[outputs].</param>
/// <param name="X">What it reads, with a border as wide as its windows want.</param>
/// <param name="Y">What it writes.</param>
/// <param name="Channel">Its first channel in Y: several may lay their outputs side by side.</param>
/// <param name="Added">What is added to its outputs, or null.</param>
/// <param name="Limits">What the results are kept within.</param>
/// <param name="Threads">How many threads may share an image.</param>
sealed record PreparedConvolution(ConvolutionSizes Sizes, float[] Weights, float[] Bias, ImageBuffer X, ImageBuffer Y,
    int Channel, ImageBuffer? Added, Limits Limits, int Threads)
{
    /// <summary>The step.</summary>
    public PreparedStep Prepare()
    {
        if (Vector512.IsHardwareAccelerated)
            return Prepare<Vector512<float>, Register512<float>, Lanes512<float>>();
        if (Vector256.IsHardwareAccelerated)
            return Prepare<Vector256<float>, Register256<float>, Lanes256<float>>();
        if (Vector128.IsHardwareAccelerated)
            return Prepare<Vector128<float>, Register128<float>, Lanes128<float>>();
        return Prepare<float, RegisterScalar<float>, Scalar<float>>();
    }

    PreparedStep Prepare<V, S, L>()
        where V : struct where S : struct, IRegister<float, V> where L : struct, ILanes<L, float> =>
        ConvolutionChoice.Forward<float>(Sizes) switch
        {
            ConvolutionKernel.Winograd => new PreparedWinograd<V, S, L>(this),
            ConvolutionKernel.Depthwise => new PreparedDepthwise<V, S, L>(this),
            _ => new PreparedTiles<V, S, L>(this),
        };
}

/// <summary>A step that can be done in parts.</summary>
abstract class PreparedParts : PreparedStep
{
    /// <summary>Parts that threads may do at the same time.</summary>
    protected abstract int Parts { get; }

    /// <inheritdoc/>
    public sealed override void Run(int slot, int images)
    {
        if (images == 1)
            Workers.Run(Parts, new Part(this, slot));
        else
            Run(slot, images, 0, Parts);
    }

    /// <summary>Does some of the parts.</summary>
    protected abstract void Run(int slot, int images, int first, int end);

    readonly struct Part(PreparedParts step, int slot) : IJob
    {
        public void Run(int part) => step.Run(slot, 1, part, part + 1);
    }
}

/// <summary>
/// A convolution with its weights in panels and its tables filled: the tiles of <see cref="ConvolutionPass{T,V,S}"/>
/// and nothing else. What follows (an addition, ReLU) is done while the outputs are in the first-level cache.
/// </summary>
sealed unsafe class PreparedTiles<V, S, L> : PreparedRows
    where V : struct where S : struct, IRegister<float, V> where L : struct, ILanes<L, float>
{
    const int MostK = 576, MostPixels = 256, FewestPixels = 64, NoOffsets = 16;

    const long WorthSharing = 1 << 17;

    readonly ImageBuffer _x, _y;
    readonly ImageBuffer? _added;
    readonly Finish<L> _finish;
    readonly bool _isInThrees, _sharesRows;
    readonly int _inner, _columns, _length, _channel, _panels, _pieces, _height, _line, _distance;
    readonly int* _rows, _into, _from, _steps, _none;
    readonly float* _weights, _bias;
    readonly nint _group;

    public PreparedTiles(PreparedConvolution step)
    {
        (_x, _y, _added, _channel, _finish) = (step.X, step.Y, step.Added, step.Channel, new(step));
        ConvolutionSizes sizes = step.Sizes;
        bool isPair = ConvolutionPairs<float>.IsBetter(sizes) && _y.Images.Channels == sizes.Outputs;
        sizes = isPair ? ConvolutionPairs<float>.Paired(sizes) : sizes;
        _isInThrees = ConvolutionPass<float, V, S>.IsInThrees(sizes, isBackward: false);
        int groups = sizes.Groups;
        _inner = sizes.Channels / groups;
        _columns = sizes.Outputs / groups;
        _length = sizes.Taps * _inner;
        _height = sizes.Vertical.Output;
        _line = sizes.Horizontal.Output;
        _distance = sizes.Horizontal.Stride * sizes.Channels;
        _panels = groups * PanelsOfGroup;
        _group = PackedPanels<float, V, S>.Length(_length, _columns);
        nint weights = Math.Max(_group * groups, (nint)_length * _columns), pixels = (nint)_height * _line;
        Parts = (int)Math.Clamp(sizes.MultiplyAdds / WorthSharing, 1, step.Threads);
        _sharesRows = Parts == 1
            || (pixels >= FewestPixels * Parts && weights < pixels * (_columns * groups + sizes.Channels));
        _pieces = Math.Min(_height, (2 * Parts + _panels - 1) / _panels * 2);
        nint all = weights + sizes.Outputs + 3 * pixels + _length + NoOffsets + 64;
        _weights = (float*)NativeMemory.AlignedAlloc((nuint)(all * sizeof(float)), 64);
        NativeMemory.Clear(_weights, (nuint)(all * sizeof(float)));
        _rows = (int*)(_weights + weights);
        _into = _rows + pixels;
        _from = _into + pixels;
        _steps = _from + pixels;
        _none = _steps + _length;
        _bias = (float*)(_none + NoOffsets);
        FillTables(sizes, isPair ? 2 : 1);
        Place(step, sizes, isPair, groups);
    }

    /// <summary>Frees weights and tables.</summary>
    ~PreparedTiles() => NativeMemory.AlignedFree(_weights);

    protected override int Parts { get; }

    static int Panel => PackedPanels<float, V, S>.Width;

    int PanelsOfGroup => (_columns + Panel - 1) / Panel;

    void FillTables(in ConvolutionSizes sizes, int pixelsOfOne)
    {
        (ConvolutionAxis vertical, ConvolutionAxis horizontal) = (sizes.Vertical, sizes.Horizontal);
        for (int y = 0, i = 0; y < _height; y++)
            for (int x = 0; x < _line; x++, i++)
            {
                _rows[i] = _x.Images.Pixel(
                    y * vertical.Stride - vertical.Before, x * horizontal.Stride - horizontal.Before);
                _into[i] = _y.Images.Pixel(y, x * pixelsOfOne) + _channel;
                _from[i] = _added?.Images.Pixel(y, x * pixelsOfOne) ?? 0;
            }
        for (int k = 0; k < _length; k++)
        {
            (int y, int x, int c) = Step(sizes, k);
            _steps[k] = y * vertical.Dilation * _x.Images.RowStride
                + x * horizontal.Dilation * _x.Images.Channels + c;
        }
    }

    // Place after place, or in a row of the kernel channel after channel.
    (int Row, int Column, int Channel) Step(in ConvolutionSizes sizes, int k)
    {
        int kernel = sizes.Horizontal.Kernel, i = k % (kernel * _inner), row = k / (kernel * _inner);
        return _isInThrees ? (row, i % kernel, i / kernel) : (row, i / _inner, i % _inner);
    }

    void Place(PreparedConvolution step, in ConvolutionSizes sizes, bool isPair, int groups)
    {
        fixed (float* w = step.Weights, b = step.Bias)
        {
            float* weights = w, bias = b;
            if (isPair)
                ConvolutionPairs<float>.Spread(step.Sizes, w, b, out weights, out bias);
            new ReadOnlySpan<float>(bias, sizes.Outputs).CopyTo(new(_bias, sizes.Outputs));
            float[] ordered = new float[_length * _columns];
            fixed (float* rows = ordered)
                for (int group = 0; group < groups; group++)
                {
                    for (int k = 0; k < _length; k++)
                    {
                        (int y, int x, int c) = Step(sizes, k);
                        nint place = ((nint)y * sizes.Horizontal.Kernel + x) * _inner + c;
                        new ReadOnlySpan<float>(weights + place * sizes.Outputs + group * _columns, _columns)
                            .CopyTo(new(rows + k * _columns, _columns));
                    }
                    Packing<float, V, S>.PackB(new(rows, _columns, 1), _length, _columns, _weights + group * _group);
                }
        }
    }

    // A thread takes the rows that it takes of the steps before and behind, which lie in its cache, or outputs when
    // there are more weights than numbers.
    protected override void Run(int slot, int images, int first, int end)
    {
        if (_sharesRows)
            Rows(slot, images, _height * first / Parts, _height * end / Parts);
        else
            RunPieces(slot, images, _panels * _pieces * first / Parts, _panels * _pieces * end / Parts);
    }

    // Pieces are some rows of a panel's outputs: panels alone would not fall into equal shares.
    void RunPieces(int slot, int images, int piece, int end)
    {
        while (piece < end)
        {
            int panel = piece / _pieces, next = Math.Min(end, (panel + 1) * _pieces), before = panel * _pieces;
            int from = _height * (piece - before) / _pieces, to = _height * (next - before) / _pieces;
            RunPanel(slot, images, panel, from * _line, (to - from) * _line);
            piece = next;
        }
    }

    // All outputs of a block, then the next: it is read from memory once.
    public override void Rows(int slot, int images, int from, int to)
    {
        for (int lines = Math.Max(1, MostPixels / _line); from < to; from += lines)
            for (int panel = 0; panel < _panels; panel++)
                RunPanel(slot, images, panel, from * _line, Math.Min(lines, to - from) * _line);
    }

    void RunPanel(int slot, int images, int panel, int first, int count)
    {
        int group = panel / PanelsOfGroup, j = panel % PanelsOfGroup * Panel;
        OffsetTile<float> tile = default;
        tile.Columns = Math.Min(Panel, _columns - j);
        nint stride = PackedPanels<float, V, S>.Stride(j, _columns);
        float* b = _weights + group * _group + (nint)j * _length;
        float* x = _x.Slot(slot) + group * _inner, y = _y.Slot(slot) + group * _columns + j;
        tile.BRowStride = stride;
        // The first outputs of a block bring near what all of them read.
        (tile.Reach, tile.ReachLength) = (_steps[_length - _inner], j == 0 && !_isInThrees ? _inner : 0);
        int most = tile.Columns > S.Width ? MostK : 2 * MostK;
        int blocks = (_length + most - 1) / most, step = (_length + blocks - 1) / blocks;
        step = _isInThrees ? (step + 2) / 3 * 3 : step;
        int tiles = images * ((count + S.TileRows - 1) / S.TileRows);
        for (int k = 0; k < _length; k += step)
        {
            tile.K = Math.Min(step, _length - k);
            tile.B = b + k * stride;
            tile.Steps = _steps + k;
            bool isFinished = k + tile.K == _length;
            // Weights come from afar, and few pixels share them: the next ones are under way meanwhile.
            tile.Ahead = tile.B + tile.K * stride;
            tile.AheadStep = (stride + tiles - 1) / tiles;
            for (int image = 0; image < images; image++)
            {
                tile.A = x + (nint)image * _x.Images.Length;
                tile.C = y + (nint)image * _y.Images.Length;
                tile.Start = k > 0 ? tile.C : _bias + group * _columns + j;
                if (_isInThrees)
                    OffsetRows<float, V, S>.RunThrees(ref tile, _rows + first, _into + first, k > 0 ? null : _none,
                        count, _line, _distance);
                else if (isFinished)
                    FinishRows(ref tile, AddedTo(slot, image, group * _columns + j), k, first, count);
                else
                    OffsetRows<float, V, S>.Run<UnfinishedAhead>(ref tile, _rows + first, _into + first,
                        k > 0 ? null : _none, null, count);
                if (isFinished && _isInThrees && _finish.IsWanted)
                    Finish(tile.C, AddedTo(slot, image, group * _columns + j), first, count, tile.Columns);
            }
        }
    }

    void FinishRows(ref OffsetTile<float> tile, float* added, int k, int first, int count)
    {
        tile.Added = added;
        (tile.Least, tile.Most) = (_finish.Limits.Least, _finish.Limits.Most);
        OffsetRows<float, V, S>.Run<Finished>(ref tile, _rows + first, _into + first, k > 0 ? null : _none,
            _from + first, count);
    }

    float* AddedTo(int slot, int image, int channel) =>
        _added is null ? null : _added.Slot(slot) + (nint)image * _added.Images.Length + channel;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Finish(float* y, float* added, int first, int count, int columns)
    {
        for (int i = first; i < first + count; i++)
            _finish.Run(y + _into[i], added == null ? null : added + _from[i], columns);
    }
}
