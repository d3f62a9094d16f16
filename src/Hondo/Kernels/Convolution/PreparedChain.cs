namespace Hondo.Kernels;

/// <summary>A step that can make some rows of its outputs by themselves.</summary>
abstract class PreparedRows : PreparedParts
{
    /// <summary>Makes rows of the images of a slot.</summary>
    public abstract void Rows(int slot, int images, int from, int to);
}

/// <summary>
/// Convolutions one after the other, strip by strip of rows: what one leaves for the next stays in the second-level
/// cache, which a whole image would not. Rows that two strips read are kept; those that two threads read are made
/// twice. Each number is the chain that it is without.
/// </summary>
sealed unsafe class PreparedChain : PreparedParts
{
    // Half of a megabyte for what lies between the steps, and rows of a thread that make its double ones few.
    const int WindowNumbers = 1 << 17, FewestRows = 8;

    readonly PreparedConvolution[] _steps;
    readonly PreparedRows[] _rows;
    readonly ImageBuffer _x, _y;
    readonly ImageBuffer? _added;
    readonly ImageBuffer[] _windows;
    readonly int _strip;

    /// <param name="steps">The steps; each but the last has its outputs for the next one alone, and adds nothing. They
    /// read and write views: <see cref="ImageBuffer.View"/>, of as many slots as there are workers.</param>
    /// <param name="x">What the first one reads.</param>
    /// <param name="y">What the last one writes.</param>
    /// <param name="added">What the last one adds, or null.</param>
    /// <param name="parts">Parts of an image.</param>
    public PreparedChain(PreparedConvolution[] steps, ImageBuffer x, ImageBuffer y, ImageBuffer? added, int parts)
    {
        (_steps, _x, _y, _added, Parts) = (steps, x, y, added, parts);
        _rows = [.. steps.Select(step => (PreparedRows)step.Prepare())];
        for (_strip = 1; _strip < Height; _strip++)
            if (Numbers(_strip + 1) > WindowNumbers)
                break;
        _windows = [.. Enumerable.Range(1, steps.Length - 1).Select(value => new ImageBuffer(
            new(RowsOf(value, _strip), 1, steps[value].X.Images.RowStride, 0), 1, x.Slots * parts))];
    }

    protected override int Parts { get; }

    int Height => _steps[^1].Sizes.Vertical.Output;

    /// <summary>True for a convolution that can be one of a chain.</summary>
    public static bool Suits(in ConvolutionSizes sizes) =>
        ConvolutionChoice.Forward<float>(sizes) != ConvolutionKernel.Winograd;

    /// <summary>Into how many parts threads cut so many rows; 0 where that would leave some idle.</summary>
    public static int PartsOf(int rows, int threads) => threads == 1 || rows >= threads * FewestRows ? threads : 0;

    // Value i is what step i reads. How many rows of it a strip of the last value needs.
    int RowsOf(int value, int strip)
    {
        for (int i = _steps.Length - 1; i >= value; i--)
            strip = End(i, strip) - First(i, 0);
        return strip;
    }

    long Numbers(int strip) => Enumerable.Range(1, _steps.Length - 1).Sum(value =>
        (long)RowsOf(value, strip) * _steps[value].X.Images.RowStride);

    // The first row that a row of step i reads, and the end of those that rows before an end read.
    int First(int i, int row) => row * _steps[i].Sizes.Vertical.Stride - _steps[i].Sizes.Vertical.Before;

    int End(int i, int end) => First(i, end - 1)
        + (_steps[i].Sizes.Vertical.Kernel - 1) * _steps[i].Sizes.Vertical.Dilation + 1;

    protected override void Run(int slot, int images, int first, int end)
    {
        for (int image = 0; image < images; image++)
            for (int part = first; part < end; part++)
                RunPart(slot, image, part);
    }

    void RunPart(int slot, int image, int part)
    {
        int count = _steps.Length, worker = slot * Parts + part, to = Height * (part + 1) / Parts;
        _steps[0].X.Borrow(worker, _x, slot, image);
        _steps[^1].Y.Borrow(worker, _y, slot, image);
        if (_added is not null)
            _steps[^1].Added!.Borrow(worker, _added, slot, image);
        // Of each value the rows from first to end are there; those before wanted come next.
        Span<int> first = stackalloc int[count + 1], end = stackalloc int[count + 1];
        Span<int> wanted = stackalloc int[count + 1];
        first[count] = Height * part / Parts;
        for (int i = count - 1; i > 0; i--)
            first[i] = First(i, first[i + 1]);
        first.CopyTo(end);
        while (end[count] < to)
        {
            wanted[count] = Math.Min(to, end[count] + _strip);
            for (int i = count - 1; i > 0; i--)
                wanted[i] = End(i, wanted[i + 1]);
            for (int i = 1; i < count; i++)
            {
                Slide(i, worker, ref first[i], ref end[i], First(i, end[i + 1]));
                Make(i, worker, end[i], wanted[i]);
                end[i] = wanted[i];
            }
            _rows[^1].Rows(worker, 1, end[count], wanted[count]);
            end[count] = wanted[count];
        }
    }

    // Drops the rows before one; the others move to the begin of the window.
    void Slide(int value, int worker, ref int first, ref int end, int keep)
    {
        BorderedImages images = _steps[value].X.Images;
        float* window = _windows[value - 1].Slot(worker);
        nint line = images.RowStride;
        if (keep > first && end > keep)
            Buffer.MemoryCopy(window + (keep - first) * line, window, (end - keep) * line * sizeof(float),
                (end - keep) * line * sizeof(float));
        (first, end) = (keep, Math.Max(keep, end));
        _steps[value].X.Borrow(worker, window - (first + images.Border) * line);
    }

    // Rows outside the image are zeros.
    void Make(int value, int worker, int from, int to)
    {
        ImageBuffer window = _steps[value].X;
        BorderedImages images = window.Images;
        for (int row = from; row < to; row++)
            if ((uint)row >= (uint)images.Height)
                new Span<float>(window.Slot(worker) + images.Pixel(row, -images.Border), images.RowStride).Clear();
        (from, to) = (Math.Max(from, 0), Math.Min(to, images.Height));
        if (from < to)
            _rows[value - 1].Rows(worker, 1, from, to);
    }
}
