using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hondo.Kernels;

/// <summary>Max pooling of bordered images, the results kept within limits.</summary>
sealed unsafe class PreparedMaxPool : PreparedParts
{
    const int PartNumbers = 1 << 14;

    readonly PoolAxis _vertical, _horizontal;
    readonly ImageBuffer _x, _y;
    readonly Limits _limits;
    readonly int[] _from, _to;

    /// <param name="vertical">The axis of height, without dilation.</param>
    /// <param name="horizontal">The axis of width, without dilation.</param>
    /// <param name="x">What it reads.</param>
    /// <param name="y">What it writes.</param>
    /// <param name="limits">What the results are kept within.</param>
    /// <param name="threads">How many threads may share an image.</param>
    public PreparedMaxPool(PoolAxis vertical, PoolAxis horizontal, ImageBuffer x, ImageBuffer y, Limits limits,
        int threads)
    {
        (_vertical, _horizontal, _x, _y, _limits) = (vertical, horizontal, x, y, limits);
        _from = [.. Enumerable.Range(0, horizontal.Output).Select(horizontal.From)];
        _to = [.. Enumerable.Range(0, horizontal.Output).Select(horizontal.To)];
        Parts = Math.Clamp(x.Images.Size / PartNumbers, 1, Math.Min(threads, vertical.Output));
    }

    protected override int Parts { get; }

    protected override void Run(int slot, int images, int first, int end)
    {
        int from = _vertical.Output * first / Parts, to = _vertical.Output * end / Parts;
        for (int image = 0; image < images; image++)
        {
            float* x = _x.Slot(slot) + (nint)image * _x.Images.Length;
            float* y = _y.Slot(slot) + (nint)image * _y.Images.Length;
            for (int row = from; row < to; row++)
                Row(x, y, row);
        }
    }

    void Row(float* x, float* y, int row)
    {
        int channels = _x.Images.Channels;
        if (Vector512.IsHardwareAccelerated && channels >= 16)
            Row<Lanes512<float>>(x, y, row);
        else if (Vector256.IsHardwareAccelerated && channels >= 8)
            Row<Lanes256<float>>(x, y, row);
        else if (Vector128.IsHardwareAccelerated && channels >= 4)
            Row<Lanes128<float>>(x, y, row);
        else
            Row<Scalar<float>>(x, y, row);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Row<L>(float* x, float* y, int row) where L : struct, ILanes<L, float>
    {
        int top = _vertical.From(row), height = _vertical.To(row) - top, channels = _x.Images.Channels;
        nint line = _x.Images.RowStride, last = channels - L.Width;
        (L least, L most) = (L.Create(_limits.Least), L.Create(_limits.Most));
        for (int column = 0; column < _from.Length; column++)
        {
            int left = _from[column], width = _to[column] - left;
            float* window = x + _x.Images.Pixel(top, left), to = y + _y.Images.Pixel(row, column);
            for (nint c = 0; c < channels; c += L.Width)
            {
                nint at = Math.Min(c, last);
                L best = (height, width) switch
                {
                    (2, 2) => L.Max(Two<L>(window + at, channels), Two<L>(window + at + line, channels)),
                    (3, 3) => L.Max(Three<L>(window + at, channels), L.Max(Three<L>(window + at + line, channels),
                        Three<L>(window + at + 2 * line, channels))),
                    _ => Largest<L>(window + at, height, width, line, channels),
                };
                L.Store(L.Clamp(best, least, most), ref *to, at);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static L Two<L>(float* x, nint channels) where L : struct, ILanes<L, float> =>
        L.Max(L.Load(ref *x, 0), L.Load(ref *x, channels));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static L Three<L>(float* x, nint channels) where L : struct, ILanes<L, float> =>
        L.Max(Two<L>(x, channels), L.Load(ref *x, 2 * channels));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static L Largest<L>(float* window, int height, int width, nint line, nint channels)
        where L : struct, ILanes<L, float>
    {
        L best = L.Load(ref *window, 0);
        for (int h = 0; h < height; h++, window += line)
            for (int w = 0; w < width; w++)
                best = L.Max(best, L.Load(ref *window, w * channels));
        return best;
    }
}

/// <summary>The mean of each window of bordered images.</summary>
sealed unsafe class PreparedAveragePool(PoolAxis vertical, PoolAxis horizontal, bool countsPadding, ImageBuffer x,
    ImageBuffer y) : PreparedParts
{
    protected override int Parts => vertical.Output;

    protected override void Run(int slot, int images, int first, int end)
    {
        for (int image = 0; image < images; image++)
            for (int row = first; row < end; row++)
                for (int column = 0; column < horizontal.Output; column++)
                    Window(x.Slot(slot) + (nint)image * x.Images.Length, vertical.From(row), vertical.To(row),
                        horizontal.From(column), horizontal.To(column), 1f / Count(row, column),
                        new(y.Slot(slot) + (nint)image * y.Images.Length + y.Images.Pixel(row, column),
                            y.Images.Channels));
    }

    int Count(int row, int column) => countsPadding ? vertical.Padded(row) * horizontal.Padded(column)
        : (vertical.To(row) - vertical.From(row)) * (horizontal.To(column) - horizontal.From(column));

    void Window(float* from, int top, int bottom, int left, int right, float share, Span<float> sums)
    {
        sums.Clear();
        for (int row = top; row < bottom; row++)
            for (int column = left; column < right; column++)
                Loops.Map(default(Sum), sums, new ReadOnlySpan<float>(from + x.Images.Pixel(row, column), sums.Length),
                    sums);
        foreach (ref float sum in sums)
            sum *= share;
    }

    readonly struct Sum : IBinary
    {
        public V Apply<V>(V a, V b) where V : struct, ILanes<V> => a + b;
    }
}
