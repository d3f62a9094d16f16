namespace Hondo.Kernels;

/// <summary>The tables of a pair of phases: an image as a matrix of pixels and the kernel's places.</summary>
/// <typeparam name="T">float or double.</typeparam>
unsafe struct ConvolutionTables<T> where T : unmanaged
{
    /// <summary>Where each target's sources begin, and where the target lies, both from the block's first.</summary>
    public int* Rows, Into;

    /// <summary>Where a target's sources lie, from the first of them.</summary>
    public int* Steps;

    /// <summary>The weights in the order of the steps.</summary>
    public T* Weights;

    public AxisPhase Vertical, Horizontal;

    /// <summary>Rows of the weights: the phase's places, each with some channels.</summary>
    public int Length;

    /// <summary>The first target of a span within its vertical phase.</summary>
    public int From;

    /// <summary>The row of the weights that a target sees first, and from one line of the kernel to the next.</summary>
    public int First, Line;

    public readonly int Taps => Vertical.Taps * Horizontal.Taps;

    /// <summary>The targets of a span, which share the phase's weights.</summary>
    public readonly ConvolutionTables<T> Part(AxisSpan vertical, AxisSpan horizontal, int inner) => this with
    {
        Vertical = Vertical.Part(vertical),
        Horizontal = Horizontal.Part(horizontal),
        From = vertical.From,
        Line = Horizontal.Taps * inner,
        First = (vertical.Skipped * Horizontal.Taps + horizontal.Skipped) * inner,
    };

    /// <summary>How many numbers the tables take for blocks with so many images and rows.</summary>
    public static long TableLength(AxisPhase vertical, AxisPhase horizontal, int images, int rows, int inner) =>
        2L * images * rows * horizontal.Count + (long)vertical.Taps * horizontal.Taps * inner;

    /// <summary>The first of the block's lines of targets, and how many targets the block has.</summary>
    public readonly int Targets(SourceBlock block, out int line)
    {
        line = Math.Max(block.From, From);
        return Math.Max(0, Math.Min(block.To, From + Vertical.Count) - line) * Horizontal.Count * block.Images;
    }

    /// <summary>Writes the tables.</summary>
    /// <param name="sources">The sources' blocks.</param>
    /// <param name="vertical">All vertical phases.</param>
    /// <param name="horizontal">All horizontal phases.</param>
    /// <param name="sourceChannels">Channels of the sources.</param>
    /// <param name="targetChannels">Channels of the targets.</param>
    /// <param name="inner">How many channels each place has in the chain.</param>
    /// <param name="isInThrees">The order of a row's steps.</param>
    public readonly void Fill(in SourceBlocks<T> sources, AxisPhases vertical, AxisPhases horizontal,
        int sourceChannels, int targetChannels, int inner, bool isInThrees = false)
    {
        int* row = Rows, into = Into, step = Steps;
        int rowLength = horizontal.AllTargets * targetChannels, imageLength = vertical.AllTargets * rowLength;
        for (int image = 0; image < sources.Images; image++)
            for (int j = 0; j < Math.Min(sources.Rows, Vertical.Count); j++)
            {
                int from = image * sources.ImageStride
                    + (Vertical.Begin - vertical.Low + j * Vertical.Advance) * sources.RowStride
                    + (Horizontal.Begin - horizontal.Low) * sourceChannels;
                int to = image * imageLength + (Vertical.First + j * Vertical.Step) * rowLength
                    + Horizontal.First * targetChannels;
                for (int i = 0; i < Horizontal.Count; i++)
                {
                    *row++ = from + i * Horizontal.Advance * sourceChannels;
                    *into++ = to + i * Horizontal.Step * targetChannels;
                }
            }
        for (int y = 0; y < Vertical.Taps; y++)
            for (int i = 0; i < Horizontal.Taps * inner; i++)
            {
                var (x, c) = Step(i, inner, isInThrees);
                *step++ = (Vertical.Shift + y * Vertical.ShiftStep) * sources.RowStride
                    + (Horizontal.Shift + x * Horizontal.ShiftStep) * sourceChannels + c;
            }
    }

    /// <summary>
    /// Step i of a row of the kernel: place after place, or channel after channel with its places from left to right.
    /// </summary>
    public readonly (int Place, int Channel) Step(int i, int inner, bool isInThrees)
    {
        if (!isInThrees)
            return (i / inner, i % inner);
        int place = i % Horizontal.Taps;
        return (Horizontal.ShiftStep < 0 ? Horizontal.Taps - 1 - place : place, i / Horizontal.Taps);
    }
}

/// <summary>Some images, or some rows of one.</summary>
/// <param name="Image">The first image.</param>
/// <param name="Images">How many images.</param>
/// <param name="From">The first target of each vertical phase.</param>
/// <param name="To">The end of the targets.</param>
readonly record struct SourceBlock(int Image, int Images, int From, int To);

/// <summary>
/// The sources of a convolution in blocks that fit into a second-level cache. They are read as they lie, or each block
/// is copied with a border of zeros just before it is used.
/// </summary>
readonly unsafe struct SourceBlocks<T> where T : unmanaged
{
    const int MostNumbers = 1 << 16;

    readonly T* _source;
    readonly AxisPhases _vertical, _horizontal;
    readonly int _batch, _channels, _images, _rows, _rowBlocks;
    readonly bool _isCopied;

    /// <summary>Cuts the sources.</summary>
    /// <param name="source">[batch, height, width, channels].</param>
    /// <param name="batch">How many images.</param>
    /// <param name="channels">Channels of the sources.</param>
    /// <param name="vertical">Who sees which rows.</param>
    /// <param name="horizontal">Who sees which columns.</param>
    /// <param name="targets">How many targets of a phase a block should have.</param>
    /// <param name="isCopied">True where windows that leave the images must find zeros there.</param>
    public SourceBlocks(T* source, int batch, int channels, AxisPhases vertical, AxisPhases horizontal, int targets,
        bool isCopied)
    {
        _source = source;
        (_batch, _channels, _vertical, _horizontal) = (batch, channels, vertical, horizontal);
        _isCopied = isCopied;
        int columns = Math.Max(1, horizontal.Targets), rows = Math.Max(1, vertical.Targets);
        RowStride = channels * (_isCopied ? horizontal.Window(columns) : horizontal.Sources);
        int blocks = (int)Math.Min(rows, ((long)rows * columns + targets - 1) / targets);
        _rows = (rows + blocks - 1) / blocks;
        _rowBlocks = (rows + _rows - 1) / _rows;
        long image = (long)RowStride * vertical.Window(rows);
        long most = Math.Min(targets / ((long)rows * columns), MostNumbers / Math.Max(1, image));
        _images = (int)Math.Clamp(Math.Min(most, batch / 8), 1, int.MaxValue);
        ImageStride = _isCopied ? vertical.Window(_rows) * RowStride : vertical.Sources * RowStride;
        Count = (batch + _images - 1) / _images * _rowBlocks;
    }

    /// <summary>How many blocks.</summary>
    public int Count { get; }

    /// <summary>The most images of a block.</summary>
    public int Images => _images;

    /// <summary>The most vertical targets of a block.</summary>
    public int Rows => _rows;

    /// <summary>Blocks of one image, or 1 when a block has whole images.</summary>
    public int RowBlocks => _rowBlocks;

    public int RowStride { get; }

    public int ImageStride { get; }

    public SourceBlock this[int index]
    {
        get
        {
            int image = index / _rowBlocks * _images, from = index % _rowBlocks * _rows;
            return new(image, Math.Min(_images, _batch - image), from, Math.Min(from + _rows, _vertical.Targets));
        }
    }

    /// <summary>Numbers that <see cref="Place"/> needs.</summary>
    public nint ScratchLength => _isCopied ? (nint)_images * ImageStride : 0;

    /// <summary>Where the sources of the block's target (0, 0) begin.</summary>
    public T* Place(SourceBlock block, T* scratch)
    {
        int top = _vertical.Low + block.From * _vertical.Advance;
        nint image = (nint)_vertical.Sources * _horizontal.Sources * _channels;
        T* first = _source + block.Image * image;
        if (!_isCopied)
            return first + (nint)top * RowStride + (nint)_horizontal.Low * _channels;
        int rows = _vertical.Window(block.To - block.From);
        for (int i = 0; i < block.Images; i++, first += image)
            for (int row = 0; row < rows; row++)
                CopyRow(first, top + row, scratch + (nint)i * ImageStride + (nint)row * RowStride);
        return scratch;
    }

    void CopyRow(T* image, int row, T* target)
    {
        var all = new Span<T>(target, RowStride);
        if (row < 0 || row >= _vertical.Sources)
        {
            all.Clear();
            return;
        }
        int low = _horizontal.Low * _channels, length = _horizontal.Sources * _channels;
        int before = Math.Clamp(-low, 0, RowStride), skipped = Math.Clamp(low, 0, length);
        int count = Math.Min(length - skipped, RowStride - before);
        all[..before].Clear();
        new Span<T>(image + (nint)row * length + skipped, count).CopyTo(all[before..]);
        all[(before + count)..].Clear();
    }
}
