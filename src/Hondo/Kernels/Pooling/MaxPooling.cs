using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hondo.Kernels;

/// <summary>
/// Max pooling of channels-last images. Beside y goes the code of the input that was taken, its place within the
/// window; Backward asks every input which of its windows took it, so that each number is written once, whatever
/// windows overlap.
/// </summary>
static unsafe class MaxPooling
{
    // Places of a window that are listed: a list is quicker than to compute them anew.
    const int MostListed = 1 << 12;

    /// <summary>y = the largest number of each window, the first of equal ones; NaN when there is one.</summary>
    /// <param name="sizes">The pooling.</param>
    /// <param name="x">[batch, height, width, channels].</param>
    /// <param name="y">The same with the output's height and width.</param>
    /// <param name="taken">As large as y: the codes, for Backward; −1 where rectified y is 0.</param>
    /// <param name="rectifies">True makes negative results 0: the pooling of a ReLU, without its pass.</param>
    /// <exception cref="ArgumentException">An array has another length than the sizes say.</exception>
    public static void Forward<T>(in PoolSizes sizes, ReadOnlySpan<T> x, Span<T> y, Span<T> taken, bool rectifies)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        sizes.Require(x.Length, y.Length, taken.Length);
        if (sizes.ProblemOfMax is { } problem)
            throw new ArgumentException($"A pooling cannot have {sizes}: {problem}.");
        (PoolTable rows, PoolTable columns) = PoolTable.Both(sizes);
        fixed (T* px = x, py = y, pt = taken)
            ChannelJob<ForwardBody<T>, T>.Run(new(sizes, rows, columns, px, py, pt, rectifies),
                PoolSizes.Parts(sizes.OutputRows, sizes.RowsOfPart), sizes.Channels, x.Length);
    }

    /// <summary>dx = dy where x was taken, else 0; or dx += that.</summary>
    /// <param name="sizes">The pooling.</param>
    /// <param name="taken">What Forward left.</param>
    /// <param name="dy">The gradient of y.</param>
    /// <param name="dx">The gradient of x.</param>
    /// <param name="accumulate">True adds to dx.</param>
    /// <exception cref="ArgumentException">An array has another length than the sizes say.</exception>
    public static void Backward<T>(in PoolSizes sizes, ReadOnlySpan<T> taken, ReadOnlySpan<T> dy, Span<T> dx,
        bool accumulate) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        sizes.Require(dx.Length, dy.Length, taken.Length);
        (PoolTable rows, PoolTable columns) = PoolTable.Both(sizes);
        fixed (T* pt = taken, pg = dy, px = dx)
            ChannelJob<BackwardBody<T>, T>.Run(new(sizes, rows, columns, pt, pg, px, accumulate),
                PoolSizes.Parts(sizes.InputRows, sizes.RowsOfPart), sizes.Channels, dx.Length, accumulate);
    }

    readonly struct ForwardBody<T>(PoolSizes sizes, PoolTable rows, PoolTable columns, T* x, T* y, T* taken,
        bool rectifies) : IChannelBody<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run<V>(int part) where V : struct, ILanes<V, T>
        {
            int outputs = sizes.Vertical.Output, count = sizes.RowsOfPart;
            bool isWide = (long)sizes.Vertical.Taps * sizes.Horizontal.Taps > MostListed;
            PoolTaps<T> taps = PoolTaps<T>.Rent(isWide ? 0 : (nint)sizes.Vertical.Taps * sizes.Horizontal.Taps);
            int end = Math.Min(sizes.OutputRows, (part + 1) * count);
            for (int row = part * count; row < end; row++)
            {
                taps.Forget();
                if (sizes.IsDisjoint && sizes.Horizontal.Kernel == 2 && sizes.Vertical.Kernel == 2)
                    FourRow<V>(row, (nint)row * sizes.Horizontal.Output * sizes.Channels);
                else if (isWide)
                    WideRow<V>(row / outputs, row % outputs, (nint)row * sizes.Horizontal.Output * sizes.Channels);
                else
                    Row<V>(ref taps, row / outputs, row % outputs,
                        (nint)row * sizes.Horizontal.Output * sizes.Channels);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void Row<V>(ref PoolTaps<T> taps, int image, int oh, nint to) where V : struct, ILanes<V, T>
        {
            int channels = sizes.Channels, width = sizes.Horizontal.Input;
            T* start = x + ((nint)image * sizes.Vertical.Input + rows.Start[oh]) * width * channels;
            for (int ow = 0; ow < sizes.Horizontal.Output; ow++, to += channels)
            {
                taps.Find(sizes, rows, columns, oh, ow);
                T* window = start + (nint)columns.Start[ow] * channels;
                for (int c = 0; c < channels; c += V.Width)
                {
                    int at = Math.Min(c, channels - V.Width);
                    Any<V>(taps, window + at, to + at);
                }
            }
        }

        // A list of all places would take more memory than the image.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void WideRow<V>(int image, int oh, nint to) where V : struct, ILanes<V, T>
        {
            int channels = sizes.Channels, width = sizes.Horizontal.Input;
            T* start = x + (nint)image * sizes.Vertical.Input * width * channels;
            for (int ow = 0; ow < sizes.Horizontal.Output; ow++, to += channels)
                for (int c = 0; c < channels; c += V.Width)
                {
                    int at = Math.Min(c, channels - V.Width);
                    Wide<V>(start + at, oh, ow, to + at);
                }
        }

        void Wide<V>(T* image, int oh, int ow, nint to) where V : struct, ILanes<V, T>
        {
            int top = rows.Start[oh], left = columns.Start[ow], span = sizes.Horizontal.Span;
            nint pixel = sizes.Channels, line = sizes.Horizontal.Input * pixel;
            V best = V.Load(ref *image, rows.From[oh] * line + columns.From[ow] * pixel);
            V code = V.Create((double)(rows.From[oh] - top) * span + columns.From[ow] - left);
            for (int h = rows.From[oh]; h < rows.To[oh]; h += sizes.Vertical.Dilation)
                for (int w = columns.From[ow]; w < columns.To[ow]; w += sizes.Horizontal.Dilation)
                    best = Larger(best, V.Load(ref *image, h * line + w * pixel), code,
                        V.Create((double)(h - top) * span + w - left), out code);
            Store(best, code, to);
        }

        // The windows of nearly every network: where they lie is known without a table.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void FourRow<V>(int row, nint to) where V : struct, ILanes<V, T>
        {
            int channels = sizes.Channels, outputs = sizes.Vertical.Output;
            nint length = (nint)sizes.Horizontal.Input * channels, last = channels - V.Width;
            T* above = x + ((nint)(row / outputs) * sizes.Vertical.Input + 2 * (row % outputs)) * length;
            V one = V.One, two = V.Create(2), three = V.Create(3);
            for (int ow = 0; ow < sizes.Horizontal.Output; ow++, to += channels, above += 2 * (nint)channels)
                for (nint c = 0; c < channels; c += V.Width)
                {
                    nint at = Math.Min(c, last);
                    T* below = above + length;
                    V upper = Larger(V.Load(ref *above, at), V.Load(ref *above, at + channels), V.Zero, one,
                        out V upperCode);
                    V lower = Larger(V.Load(ref *below, at), V.Load(ref *below, at + channels), two, three,
                        out V lowerCode);
                    V best = Larger(upper, lower, upperCode, lowerCode, out V code);
                    Store(best, code, to + at);
                }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        void Any<V>(in PoolTaps<T> taps, T* window, nint to) where V : struct, ILanes<V, T>
        {
            V best = V.Load(ref *window, taps.Offsets[0]), code = V.Load(ref *taps.Codes, 0);
            for (int tap = 1; tap < taps.Count; tap++)
                best = Larger(best, V.Load(ref *window, taps.Offsets[tap]), code,
                    V.Load(ref *taps.Codes, (nint)tap * PoolTaps<T>.Lanes), out code);
            Store(best, code, to);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V Larger<V>(V a, V b, V codeOfA, V codeOfB, out V code) where V : struct, ILanes<V, T>
        {
            code = V.Select(V.GreaterThan(b, a), codeOfB, codeOfA);
            return V.Max(a, b);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        void Store<V>(V best, V code, nint to) where V : struct, ILanes<V, T>
        {
            if (rectifies)
            {
                code = V.Select(V.GreaterThan(best, V.Zero), code, V.Create(-1));
                best = V.Max(best, V.Zero);
            }
            V.Store(best, ref *y, to);
            V.Store(code, ref *taken, to);
        }
    }

    readonly struct BackwardBody<T>(PoolSizes sizes, PoolTable rows, PoolTable columns, T* taken, T* dy, T* dx,
        bool accumulate) : IChannelBody<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run<V>(int part) where V : struct, ILanes<V, T>
        {
            int inputs = sizes.Vertical.Input, count = sizes.RowsOfPart;
            int end = Math.Min(sizes.InputRows, (part + 1) * count);
            nint length = (nint)sizes.Horizontal.Input * sizes.Channels;
            for (int row = part * count; row < end; row++)
            {
                (int image, int h) = (row / inputs, row % inputs);
                if (sizes.IsDisjoint && !accumulate)
                    DisjointRow<V>(image, h, dx + row * length);
                else
                    Row<V>(image, h, dx + row * length);
            }
        }

        // Each output is read once and sent to all inputs of its window in this row.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void DisjointRow<V>(int image, int h, T* to) where V : struct, ILanes<V, T>
        {
            int channels = sizes.Channels, kernel = sizes.Horizontal.Kernel, outputs = sizes.Horizontal.Output;
            T* end = to + (nint)sizes.Horizontal.Input * channels;
            int oh = h / sizes.Vertical.Kernel;
            double code = h % sizes.Vertical.Kernel * kernel;
            nint from = ((nint)image * sizes.Vertical.Output + oh) * outputs * channels;
            if (oh < sizes.Vertical.Output)
                for (int ow = 0; ow < outputs; ow++, from += channels, to += (nint)kernel * channels)
                    for (int c = 0; c < channels; c += V.Width)
                    {
                        int at = Math.Min(c, channels - V.Width);
                        V place = V.Load(ref *taken, from + at), gradient = V.Load(ref *dy, from + at);
                        V wanted = V.Create(code);
                        for (int k = 0; k < kernel; k++, wanted += V.One)
                            V.Store(V.Select(V.Equals(place, wanted), gradient, V.Zero), ref *to,
                                (nint)k * channels + at);
                    }
            new Span<T>(to, (int)(end - to)).Clear();
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void Row<V>(int image, int h, T* to) where V : struct, ILanes<V, T>
        {
            int channels = sizes.Channels;
            for (int w = 0; w < sizes.Horizontal.Input; w++, to += channels)
                for (int c = 0; c < channels; c += V.Width)
                {
                    int at = Math.Min(c, channels - V.Width);
                    V sum = Sum<V>(image, h, w, at);
                    V.Store(accumulate ? V.Load(ref *to, at) + sum : sum, ref *to, at);
                }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V Sum<V>(int image, int h, int w, int channel) where V : struct, ILanes<V, T>
        {
            int span = sizes.Horizontal.Span;
            V sum = V.Zero;
            for (int oh = rows.First[h]; oh <= rows.Last[h]; oh++)
            {
                nint row = ((nint)image * sizes.Vertical.Output + oh) * sizes.Horizontal.Output;
                int code = (h - rows.Start[oh]) * span + w;
                for (int ow = columns.First[w]; ow <= columns.Last[w]; ow++)
                {
                    nint at = (row + ow) * sizes.Channels + channel;
                    V isTaken = V.Equals(V.Load(ref *taken, at), V.Create(code - columns.Start[ow]));
                    sum += V.Select(isTaken, V.Load(ref *dy, at), V.Zero);
                }
            }
            return sum;
        }
    }
}
