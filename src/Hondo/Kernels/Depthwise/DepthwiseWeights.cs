using System.Numerics;

namespace Hondo.Kernels;

/// <summary>
/// The weights' gradient where every channel is by itself. Each chunk of lines of dy, of a size that depends on the
/// shape only, has sums of its own, which are then added in order.
/// </summary>
readonly unsafe struct DepthwiseWeights<T, V, S> : IJob
    where T : unmanaged, IBinaryFloatingPointIeee754<T> where V : struct where S : struct, IRegister<T, V>
{
    const int ChunkPixels = 1024, MostChunks = 16, FewestParts = 8, MostSums = 1 << 22, PartChannels = 64;

    // Sums are read and written once for so many outputs; more lines at a time would leave the first-level cache.
    const int FewestOutputs = 32;

    const int MostRows = 3, MostPlaces = 5;

    const long WorthSharing = 1 << 17;

    readonly ConvolutionSizes _sizes;
    readonly T* _x, _dy, _sums;
    readonly bool _accumulates;
    readonly int _chunks, _channelParts;

    DepthwiseWeights(in ConvolutionSizes sizes, T* x, T* dy, T* dw, bool accumulates)
    {
        _sizes = sizes;
        _x = x;
        _dy = dy;
        long lines = (long)sizes.Batch * sizes.Vertical.Output, pixels = lines * sizes.Horizontal.Output;
        long most = Math.Min(lines, MostSums / Math.Max(1, sizes.WeightLength));
        _chunks = (int)Math.Clamp(Math.Min(pixels / ChunkPixels, most), 1, MostChunks);
        _channelParts = Math.Clamp(FewestParts / _chunks, 1, (sizes.Channels + PartChannels - 1) / PartChannels);
        _accumulates = accumulates && _chunks == 1;
        _sums = _chunks > 1 ? Scratch.Shared<T>((nint)_chunks * sizes.WeightLength) : dw;
    }

    /// <summary>Runs on as many threads as are worth it.</summary>
    /// <param name="sizes">The convolution.</param>
    /// <param name="x">[batch, height, width, channels].</param>
    /// <param name="dy">[batch, height', width', channels].</param>
    /// <param name="dw">The gradient.</param>
    /// <param name="accumulates">True adds to dw.</param>
    public static void Run(in ConvolutionSizes sizes, T* x, T* dy, T* dw, bool accumulates)
    {
        var job = new DepthwiseWeights<T, V, S>(sizes, x, dy, dw, accumulates);
        int parts = job._chunks * job._channelParts;
        if (sizes.MultiplyAdds >= WorthSharing)
            Workers.Run(parts, job);
        else
            for (int part = 0; part < parts; part++)
                job.Run(part);
        if (job._chunks > 1)
            ColumnSums<T>.Run(job._sums, job._chunks, sizes.WeightLength, dw, accumulates);
    }

    /// <summary>Does some channels of a chunk.</summary>
    public void Run(int part)
    {
        int chunk = part / _channelParts, share = part % _channelParts;
        int blocks = (_sizes.Channels + PartChannels - 1) / PartChannels;
        int from = blocks * share / _channelParts * PartChannels;
        int to = Math.Min(_sizes.Channels, blocks * (share + 1) / _channelParts * PartChannels);
        T* sums = _sums + (nint)chunk * (_chunks > 1 ? _sizes.WeightLength : 0);
        if (!_accumulates)
            for (int place = 0; place < _sizes.Taps; place++)
                new Span<T>(sums + (nint)place * _sizes.Channels + from, to - from).Clear();
        ConvolutionAxis vertical = _sizes.Vertical;
        long lines = (long)_sizes.Batch * vertical.Output;
        int line = (int)(lines * chunk / _chunks), end = (int)(lines * (chunk + 1) / _chunks);
        while (line < end)
        {
            int image = line / vertical.Output, row = line % vertical.Output;
            int count = Lines(row, Math.Min(end - line, vertical.Output - row), out int top, out int bottom);
            RunLines(image, row, count, top, bottom, sums, from, to);
            line += count;
        }
    }

    // Lines that see the same rows of the kernel inside the image.
    int Lines(int row, int most, out int top, out int bottom)
    {
        (top, bottom) = Inside(_sizes.Vertical, row);
        int count = 1, wanted = Math.Min(most, (FewestOutputs - 1) / Math.Max(1, _sizes.Horizontal.Output) + 1);
        while (count < wanted && Inside(_sizes.Vertical, row + count) == (top, bottom))
            count++;
        return count;
    }

    static (int From, int To) Inside(ConvolutionAxis axis, int output)
    {
        int at = output * axis.Stride - axis.Before, from = 0, to = axis.Kernel;
        while (from < to && at + from * axis.Dilation < 0)
            from++;
        while (to > from && at + (to - 1) * axis.Dilation >= axis.Input)
            to--;
        return (from, to);
    }

    void RunLines(int image, int row, int count, int top, int bottom, T* sums, int from, int to)
    {
        var (vertical, horizontal) = (_sizes.Vertical, _sizes.Horizontal);
        nint channels = _sizes.Channels, line = horizontal.Input * channels;
        DepthwiseSweep<T> sweep = default;
        (sweep.RowStep, sweep.TapStep) = (vertical.Dilation * line, horizontal.Dilation * channels);
        (sweep.Next, sweep.Line) = (horizontal.Stride * channels, vertical.Stride * line);
        (sweep.DyNext, sweep.DyLine) = (channels, horizontal.Output * channels);
        (sweep.SumRow, sweep.SumTap) = (horizontal.Kernel * channels, channels);
        (sweep.Lines, sweep.Outputs) = (count, horizontal.Output);
        (sweep.ColumnStep, sweep.TapColumns, sweep.Columns) =
            (horizontal.Stride, horizontal.Dilation, horizontal.Input);
        sweep.Dy = _dy + ((nint)image * vertical.Output + row) * sweep.DyLine;
        int rows = Pieces(bottom - top, MostRows), places = Pieces(horizontal.Kernel, MostPlaces);
        for (int i = 0; i < rows * places; i++)
        {
            int first = top + (bottom - top) * (i / places) / rows;
            int last = top + (bottom - top) * (i / places + 1) / rows;
            int tap = horizontal.Kernel * (i % places) / places, end = horizontal.Kernel * (i % places + 1) / places;
            int at = row * vertical.Stride + first * vertical.Dilation - vertical.Before;
            sweep.Column = tap * horizontal.Dilation - horizontal.Before;
            sweep.X = _x + ((nint)image * vertical.Input + at) * line + sweep.Column * channels;
            sweep.Ahead = (last - 1 - first) * sweep.RowStep + count * sweep.Line - sweep.Column * channels;
            sweep.Sums = sums + first * sweep.SumRow + tap * sweep.SumTap;
            (sweep.First, sweep.End) = Whole(horizontal, tap, end - 1);
            RunPlaces(sweep, last - first, end - tap, from, to);
        }
    }

    static int Pieces(int count, int most) => (count + most - 1) / most;

    // The outputs that find inputs at all places from one to another.
    static (int First, int End) Whole(ConvolutionAxis axis, int first, int last)
    {
        int left = axis.Before - first * axis.Dilation, right = axis.Input - 1 + axis.Before - last * axis.Dilation;
        int from = left <= 0 ? 0 : (left + axis.Stride - 1) / axis.Stride;
        return (from, right < 0 ? 0 : Math.Min(axis.Output, right / axis.Stride + 1));
    }

    static void RunPlaces(in DepthwiseSweep<T> sweep, int rows, int places, int from, int to)
    {
        if (rows == 1)
            RunPlaces<OnePlace>(sweep, places, from, to);
        else if (rows == 2)
            RunPlaces<TwoPlaces>(sweep, places, from, to);
        else
            RunPlaces<ThreePlaces>(sweep, places, from, to);
    }

    static void RunPlaces<R>(in DepthwiseSweep<T> sweep, int places, int from, int to) where R : struct, IPlaces
    {
        switch (places)
        {
            case 1: Run<R, OnePlace>(sweep, from, to); break;
            case 2: Run<R, TwoPlaces>(sweep, from, to); break;
            case 3: Run<R, ThreePlaces>(sweep, from, to); break;
            case 4: Run<R, FourPlaces>(sweep, from, to); break;
            default: Run<R, FivePlaces>(sweep, from, to); break;
        }
    }

    static void Run<R, P>(in DepthwiseSweep<T> sweep, nint from, nint to)
        where R : struct, IPlaces where P : struct, IPlaces
    {
        nint whole = from + (to - from) / S.Width * S.Width;
        DepthwiseSums<T, V, S, WholeColumns<T, V, S>, R, P>.Run(sweep, from, whole);
        if (whole < to)
            DepthwiseSums<T, V, S, FirstColumns<T, V, S>, R, P>.Run(sweep, whole, to);
    }
}
