namespace Hondo.Kernels;

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
