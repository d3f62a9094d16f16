using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hondo.Kernels;

/// <summary>Average pooling of channels-last images, with windows of one length or adaptive ones.</summary>
static unsafe class AveragePooling
{
    const int MostInOneSum = 1 << 16;

    /// <summary>y = the mean of each window.</summary>
    /// <param name="sizes">The pooling.</param>
    /// <param name="countsPadding">True divides by the window's size where it reaches over the border.</param>
    /// <param name="x">[batch, height, width, channels].</param>
    /// <param name="y">The same with the output's height and width.</param>
    /// <exception cref="ArgumentException">An array has another length than the sizes say.</exception>
    public static void Forward<T>(in PoolSizes sizes, bool countsPadding, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        sizes.Require(x.Length, y.Length, y.Length);
        (PoolTable rows, PoolTable columns) = PoolTable.Both(sizes, countsPadding);
        fixed (T* px = x, py = y)
            ChannelJob<ForwardBody<T>, T>.Run(new(sizes, rows, columns, px, py),
                PoolSizes.Parts(sizes.OutputRows, sizes.RowsOfPart), sizes.Channels, x.Length);
    }

    /// <summary>dx = Σ over the windows that hold x of dy / count, or dx += that.</summary>
    /// <param name="sizes">The pooling.</param>
    /// <param name="countsPadding">As in Forward.</param>
    /// <param name="dy">The gradient of y.</param>
    /// <param name="dx">The gradient of x.</param>
    /// <param name="accumulate">True adds to dx.</param>
    /// <exception cref="ArgumentException">An array has another length than the sizes say.</exception>
    public static void Backward<T>(in PoolSizes sizes, bool countsPadding, ReadOnlySpan<T> dy, Span<T> dx,
        bool accumulate) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        sizes.Require(dx.Length, dy.Length, dy.Length);
        (PoolTable rows, PoolTable columns) = PoolTable.Both(sizes, countsPadding);
        fixed (T* pg = dy, px = dx)
            ChannelJob<BackwardBody<T>, T>.Run(new(sizes, rows, columns, pg, px, accumulate),
                PoolSizes.Parts(sizes.InputRows, sizes.RowsOfPart), sizes.Channels, dx.Length, accumulate);
    }

    readonly struct ForwardBody<T>(PoolSizes sizes, PoolTable rows, PoolTable columns, T* x, T* y) : IChannelBody<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run<V>(int part) where V : struct, ILanes<V, T>
        {
            int outputs = sizes.Vertical.Output, count = sizes.RowsOfPart;
            int end = Math.Min(sizes.OutputRows, (part + 1) * count);
            for (int row = part * count; row < end; row++)
                Row<V>(row / outputs, row % outputs, y + (nint)row * sizes.Horizontal.Output * sizes.Channels);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void Row<V>(int image, int oh, T* to) where V : struct, ILanes<V, T>
        {
            int channels = sizes.Channels;
            for (int ow = 0; ow < sizes.Horizontal.Output; ow++, to += channels)
            {
                double share = rows.Share[oh] * columns.Share[ow];
                for (int c = 0; c < channels; c += V.Width)
                {
                    int at = Math.Min(c, channels - V.Width);
                    V.Store(V.Create(share) * Sum<V>(image, oh, ow, at), ref *to, at);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V Sum<V>(int image, int oh, int ow, int channel) where V : struct, ILanes<V, T>
        {
            if ((long)sizes.Vertical.Span * sizes.Horizontal.Span > MostInOneSum)
                return WideSum<V>(image, oh, ow, channel);
            V sum = V.Zero;
            for (int h = rows.From[oh]; h < rows.To[oh]; h++)
            {
                T* row = x + ((nint)image * sizes.Vertical.Input + h) * sizes.Horizontal.Input * sizes.Channels;
                for (int w = columns.From[ow]; w < columns.To[ow]; w++)
                    sum += V.Load(ref *row, (nint)w * sizes.Channels + channel);
            }
            return sum;
        }

        // One float32 sum of more than 2²⁴ ones stays there: rows are added by themselves, then 64 rows, then all.
        [MethodImpl(MethodImplOptions.NoInlining)]
        V WideSum<V>(int image, int oh, int ow, int channel) where V : struct, ILanes<V, T>
        {
            V all = V.Zero, some = V.Zero;
            for (int h = rows.From[oh]; h < rows.To[oh]; h++)
            {
                T* row = x + ((nint)image * sizes.Vertical.Input + h) * sizes.Horizontal.Input * sizes.Channels;
                V sum = V.Zero;
                for (int w = columns.From[ow]; w < columns.To[ow]; w++)
                    sum += V.Load(ref *row, (nint)w * sizes.Channels + channel);
                some += sum;
                if (h % 64 == 63)
                    (all, some) = (all + some, V.Zero);
            }
            return all + some;
        }
    }

    readonly struct BackwardBody<T>(PoolSizes sizes, PoolTable rows, PoolTable columns, T* dy, T* dx,
        bool accumulate) : IChannelBody<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run<V>(int part) where V : struct, ILanes<V, T>
        {
            int inputs = sizes.Vertical.Input, count = sizes.RowsOfPart;
            int end = Math.Min(sizes.InputRows, (part + 1) * count);
            for (int row = part * count; row < end; row++)
                Row<V>(row / inputs, row % inputs, dx + (nint)row * sizes.Horizontal.Input * sizes.Channels);
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
            V sum = V.Zero;
            for (int oh = rows.First[h]; oh <= rows.Last[h]; oh++)
            {
                nint row = ((nint)image * sizes.Vertical.Output + oh) * sizes.Horizontal.Output;
                for (int ow = columns.First[w]; ow <= columns.Last[w]; ow++)
                    sum += V.Create(rows.Share[oh] * columns.Share[ow])
                        * V.Load(ref *dy, (row + ow) * sizes.Channels + channel);
            }
            return sum;
        }
    }
}
