namespace Hondo.Kernels;

/// <summary>
/// From the outputs' gradients to the inputs', the other way round: each output adds its row of the kernel, all places
/// and channels as one run of numbers, to the inputs that it saw. Where images grow (no border) this multiplies no
/// zeros, and where they have few channels it fills the registers: 1.3 to 5 times as fast as the gathering pass.
/// </summary>
readonly unsafe struct ConvolutionScatter<T, V, S> : IJob
    where T : unmanaged where V : struct where S : struct, IRegister<T, V>
{
    const int MostK = 384, MostNumbers = 1 << 16;

    const long WorthSharing = 1 << 17;

    readonly ConvolutionSizes _sizes;
    readonly T* _dy, _dx, _start, _weights;
    readonly bool _accumulates;
    readonly int* _rows, _into, _steps;
    readonly int _images, _height, _width, _run;

    ConvolutionScatter(in ConvolutionSizes sizes, T* dy, T* w, T* start, T* dx, bool accumulates)
    {
        (_sizes, _accumulates, _run) = (sizes, accumulates, sizes.Horizontal.Kernel * sizes.Channels);
        _dy = dy;
        _dx = dx;
        _start = start;
        _height = Extent(sizes.Vertical);
        _width = Extent(sizes.Horizontal);
        long image = (long)_height * _width * sizes.Channels;
        _images = (int)Math.Clamp(Math.Min(MostNumbers / image, sizes.Batch / 8), 1, 16);
        nint panels = PackedPanels<T, V, S>.Length(sizes.Outputs, _run) * sizes.Vertical.Kernel;
        int rows = _images * sizes.Vertical.Output;
        _weights = Scratch.Shared<T>(panels + (2 * rows + sizes.Outputs) * sizeof(int) / sizeof(T) + 64);
        _rows = (int*)(_weights + panels);
        _into = _rows + rows;
        _steps = _into + rows;
        Fill(w);
    }

    /// <summary>True where scattering beats gathering, by the shape alone.</summary>
    public static bool IsBetter(in ConvolutionSizes sizes)
    {
        var (vertical, horizontal, channels) = (sizes.Vertical, sizes.Horizontal, sizes.Channels);
        if (sizes.Groups > 1 || horizontal.Dilation > 1
            || (long)Extent(vertical) * Extent(horizontal) * channels > 4 * MostNumbers)
            return false;
        double gathered = (double)vertical.Input * horizontal.Input * sizes.Taps * Whole(channels)
            / (vertical.Stride * horizontal.Stride);
        double scattered = (double)vertical.Output * horizontal.Output * vertical.Kernel
            * Whole(horizontal.Kernel * channels);
        return scattered * (1.1 + 4.0 / sizes.Outputs) < gathered;
    }

    /// <summary>Runs on as many threads as are worth it.</summary>
    public static void Run(in ConvolutionSizes sizes, T* dy, T* w, T* start, T* dx, bool accumulates)
    {
        var job = new ConvolutionScatter<T, V, S>(sizes, dy, w, start, dx, accumulates);
        int parts = (sizes.Batch + job._images - 1) / job._images;
        if (sizes.MultiplyAdds >= WorthSharing)
            Workers.Run(parts, job);
        else
            for (int part = 0; part < parts; part++)
                job.Run(part);
    }

    // Every width takes as many registers as 16 lanes would: the choice may not depend on the width.
    static int Whole(int columns) => (columns + 15) / 16 * 16;

    // The inputs with their border, or what the windows cover of it if that is more.
    static int Extent(ConvolutionAxis axis) => Math.Max(
        axis.Before + axis.Input, (axis.Output - 1) * axis.Stride + (axis.Kernel - 1) * axis.Dilation + 1);

    void Fill(T* w)
    {
        var (vertical, outputs) = (_sizes.Vertical, _sizes.Outputs);
        for (int i = 0; i < _images * vertical.Output; i++)
        {
            _rows[i] = i * _sizes.Horizontal.Output * outputs;
            _into[i] = (i / vertical.Output * _height + i % vertical.Output * vertical.Stride) * _width
                * _sizes.Channels;
        }
        for (int i = 0; i < outputs; i++)
            _steps[i] = i;
        for (int y = 0; y < vertical.Kernel; y++)
            Packing<T, V, S>.PackB(new(w + (nint)y * _run * outputs, 1, outputs), outputs, _run,
                _weights + y * PackedPanels<T, V, S>.Length(outputs, _run));
    }

    /// <summary>Does some images.</summary>
    public void Run(int part)
    {
        int first = part * _images, images = Math.Min(_images, _sizes.Batch - first);
        var (vertical, horizontal, channels) = (_sizes.Vertical, _sizes.Horizontal, _sizes.Channels);
        T* scratch = Scratch.Own<T>((nint)_images * _height * _width * channels);
        Begin(first, images, scratch);
        nint outputs = (nint)vertical.Output * horizontal.Output * _sizes.Outputs;
        // Column by column, so that an input's terms come in the same order whatever the panels' width.
        for (int y = 0; y < vertical.Kernel; y++)
            for (int x = 0; x < horizontal.Output; x++)
                ScatterColumn(y, _dy + first * outputs + x * _sizes.Outputs,
                    scratch + ((nint)y * vertical.Dilation * _width + x * horizontal.Stride) * channels,
                    images * vertical.Output);
        for (int row = 0; row < images * vertical.Input; row++)
            Inside(scratch, row).CopyTo(Input(first, row));
    }

    void Begin(int first, int images, T* scratch)
    {
        int length = images * _height * _width * _sizes.Channels;
        if (!_accumulates && _start == null)
            new Span<T>(scratch, length).Clear();
        else if (!_accumulates)
            for (int i = 0; i < length; i += _sizes.Channels)
                new ReadOnlySpan<T>(_start, _sizes.Channels).CopyTo(new(scratch + i, _sizes.Channels));
        else
            for (int row = 0; row < images * _sizes.Vertical.Input; row++)
                Input(first, row).CopyTo(Inside(scratch, row));
    }

    Span<T> Input(int first, int row)
    {
        int length = _sizes.Horizontal.Input * _sizes.Channels;
        return new(_dx + ((nint)first * _sizes.Vertical.Input + row) * length, length);
    }

    Span<T> Inside(T* scratch, int row)
    {
        int height = _sizes.Vertical.Input, inside = row / height * _height + row % height + _sizes.Vertical.Before;
        return new(scratch + ((nint)inside * _width + _sizes.Horizontal.Before) * _sizes.Channels,
            _sizes.Horizontal.Input * _sizes.Channels);
    }

    void ScatterColumn(int y, T* a, T* c, int rows)
    {
        T* weights = _weights + y * PackedPanels<T, V, S>.Length(_sizes.Outputs, _run);
        OffsetTile<T> tile = default;
        tile.A = a;
        for (int j = 0; j < _run; j += PackedPanels<T, V, S>.Width)
        {
            tile.Columns = Math.Min(PackedPanels<T, V, S>.Width, _run - j);
            tile.C = c + j;
            tile.Start = tile.C;
            tile.BRowStride = PackedPanels<T, V, S>.Stride(j, _run);
            for (int k = 0; k < _sizes.Outputs; k += MostK)
            {
                tile.K = Math.Min(MostK, _sizes.Outputs - k);
                tile.Steps = _steps + k;
                tile.B = weights + (nint)j * _sizes.Outputs + k * tile.BRowStride;
                OffsetRows<T, V, S>.Run(ref tile, _rows, _into, null, rows);
            }
        }
    }
}
