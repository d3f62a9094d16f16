using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Hondo.Kernels;

/// <summary>
/// Batch normalization of rows      [rows, channels]: every channel by its own mean and variance. Rows are taken in
/// chunks that stay in the cache while their mean and squared differences are found; the chunks are joined in float64,
/// in their order. So a mean far from 0 costs no digits, and neither threads nor SIMD width change a bit.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="rows">How many rows.</param>
/// <param name="channels">Length of a row.</param>
readonly unsafe struct BatchNormalization<T>(int rows, int channels)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int Part = 1 << 13;
    const int LeastRows = 32;

    int RowsOfPart => Math.Max(LeastRows, Part / Math.Max(1, channels));

    int Parts => (rows + RowsOfPart - 1) / RowsOfPart;

    long Numbers => (long)rows * channels;

    /// <summary>Mean and biased variance of each channel.</summary>
    /// <param name="x">[rows, channels].</param>
    /// <param name="mean">[channels].</param>
    /// <param name="variance">[channels].</param>
    public void Statistics(ReadOnlySpan<T> x, Span<T> mean, Span<T> variance)
    {
        T* partial = Scratch.Shared<T>((nint)Parts * 2 * channels);
        fixed (T* px = x)
            ChannelJob<StatisticsBody, T>.Run(new(rows, channels, RowsOfPart, px, partial), Parts, channels, Numbers);
        // Part by part, so that the chains of all channels run side by side: the other threads wait for this.
        double* centers = Scratch.Own<double>(2 * (nint)channels), squares = centers + channels;
        new Span<double>(centers, 2 * channels).Clear();
        for (int part = 0; part < Parts; part++)
            for (int c = 0; c < channels; c++)
                centers[c] += Count(part) * Partial(partial, part, 0, c);
        for (int c = 0; c < channels; c++)
            centers[c] /= rows;
        for (int part = 0; part < Parts; part++)
        {
            double count = Count(part);
            for (int c = 0; c < channels; c++)
            {
                double apart = Partial(partial, part, 0, c) - centers[c];
                squares[c] += Partial(partial, part, 1, c) + count * (apart * apart);
            }
        }
        for (int c = 0; c < channels; c++)
            (mean[c], variance[c]) = (T.CreateTruncating(centers[c]), T.CreateTruncating(squares[c] / rows));
    }

    /// <summary>y = (x − mean) · scale + shift, and 0 where that is negative if it is rectified.</summary>
    /// <param name="x">[rows, channels].</param>
    /// <param name="channel">What each channel is normalized by.</param>
    /// <param name="y">[rows, channels]; may be x.</param>
    public void Forward(ReadOnlySpan<T> x, ChannelNumbers<T> channel, Span<T> y)
    {
        fixed (T* px = x, py = y, mean = channel.Mean, scale = channel.Scale, shift = channel.Shift)
            ChannelJob<ForwardBody, T>.Run(
                new(rows, channels, RowsOfPart, px, null, py, new(mean, scale, shift, channel.Rectifies)), Parts,
                channels, Numbers);
    }

    /// <summary>y = max(0, (x − mean) · scale + shift + around).</summary>
    /// <param name="x">[rows, channels].</param>
    /// <param name="around">[rows, channels]: what is added.</param>
    /// <param name="channel">What each channel is normalized by.</param>
    /// <param name="y">[rows, channels]; may be x.</param>
    public void Forward(ReadOnlySpan<T> x, ReadOnlySpan<T> around, ChannelNumbers<T> channel, Span<T> y)
    {
        fixed (T* px = x, added = around, py = y)
        fixed (T* mean = channel.Mean, scale = channel.Scale, shift = channel.Shift)
            ChannelJob<ForwardBody, T>.Run(
                new(rows, channels, RowsOfPart, px, added, py, new(mean, scale, shift, true)), Parts, channels,
                Numbers);
    }

    /// <summary>Σ dy and Σ dy·(x − mean) of each channel, over the rows whose y was not rectified away.</summary>
    /// <param name="x">[rows, channels].</param>
    /// <param name="dy">[rows, channels].</param>
    /// <param name="channel">What Forward got.</param>
    /// <param name="sum">[channels]: Σ dy.</param>
    /// <param name="product">[channels]: Σ dy·(x − mean).</param>
    public void Sums(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, ChannelNumbers<T> channel, Span<T> sum,
        Span<T> product) => Sums(x, default, dy, default, channel, sum, product);

    /// <summary>dz = dy where y &gt; 0, else 0, and its sums: Σ dz and Σ dz·(x − mean) of each channel.</summary>
    /// <param name="x">[rows, channels].</param>
    /// <param name="y">[rows, channels]: what Forward gave.</param>
    /// <param name="dy">[rows, channels].</param>
    /// <param name="dz">[rows, channels].</param>
    /// <param name="channel">What Forward got, not rectifying.</param>
    /// <param name="sum">[channels]: Σ dz.</param>
    /// <param name="product">[channels]: Σ dz·(x − mean).</param>
    public void Sums(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dz,
        ChannelNumbers<T> channel, Span<T> sum, Span<T> product)
    {
        T* partial = Scratch.Shared<T>((nint)Parts * 2 * channels);
        fixed (T* px = x, py = y, pg = dy, pz = dz)
        fixed (T* mean = channel.Mean, scale = channel.Scale, shift = channel.Shift)
            ChannelJob<SumsBody, T>.Run(new(rows, channels, RowsOfPart, px, py, pg, pz, partial,
                new(mean, scale, shift, channel.Rectifies)), Parts, channels, Numbers);
        double* totals = Scratch.Own<double>(2 * (nint)channels), weighted = totals + channels;
        new Span<double>(totals, 2 * channels).Clear();
        for (int part = 0; part < Parts; part++)
            for (int c = 0; c < channels; c++)
            {
                totals[c] += Partial(partial, part, 0, c);
                weighted[c] += Partial(partial, part, 1, c);
            }
        for (int c = 0; c < channels; c++)
            (sum[c], product[c]) = (T.CreateTruncating(totals[c]), T.CreateTruncating(weighted[c]));
    }

    /// <summary>dx = scale · dy − center − (x − mean) · slope, or dx += that; dy counts where y was not 0.</summary>
    /// <param name="x">[rows, channels].</param>
    /// <param name="dy">[rows, channels].</param>
    /// <param name="channel">What Forward got.</param>
    /// <param name="center">[channels]: scale · Σ dy / rows, or 0.</param>
    /// <param name="slope">[channels]: scale · Σ dy·(x − mean) / rows / (variance + ε), or 0.</param>
    /// <param name="dx">[rows, channels].</param>
    /// <param name="accumulate">True adds to dx.</param>
    public void Backward(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, ChannelNumbers<T> channel, ReadOnlySpan<T> center,
        ReadOnlySpan<T> slope, Span<T> dx, bool accumulate)
    {
        fixed (T* px = x, pg = dy, to = dx, a = center, b = slope)
        fixed (T* mean = channel.Mean, scale = channel.Scale, shift = channel.Shift)
            ChannelJob<BackwardBody, T>.Run(new(rows, channels, RowsOfPart, px, pg, to, a, b,
                new(mean, scale, shift, channel.Rectifies), accumulate), Parts, channels, Numbers, accumulate);
    }

    int Count(int part) => Math.Min(RowsOfPart, rows - part * RowsOfPart);

    double Partial(T* partial, int part, int which, int c) =>
        double.CreateTruncating(partial[((nint)part * 2 + which) * channels + c]);

    // A register goes down its channels row after row. Where a row is longer than a cache line it would skip lines,
    // which no processor foresees: all lines of the part are asked for first, in their order.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Fetch(T* numbers, int first, int taken, int channels)
    {
        int line = 64 / sizeof(T);
        if (!Sse.IsSupported || channels <= line || numbers == null)
            return;
        T* from = numbers + (nint)first * channels, end = from + (nint)taken * channels;
        for (; from < end; from += line)
            Sse.Prefetch0(from);
    }

    /// <summary>The numbers of <see cref="ChannelNumbers{T}"/>, pinned.</summary>
    readonly struct Pinned(T* mean, T* scale, T* shift, bool rectifies)
    {
        public bool Rectifies => rectifies;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Mean<V>(int at) where V : struct, ILanes<V, T> => V.Load(ref *mean, at);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Scale<V>(int at) where V : struct, ILanes<V, T> => V.Load(ref *scale, at);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Shift<V>(int at) where V : struct, ILanes<V, T> => V.Load(ref *shift, at);
    }

    readonly struct StatisticsBody(int rows, int channels, int count, T* x, T* partial) : IChannelBody<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>(int part) where V : struct, ILanes<V, T>
        {
            int first = part * count, taken = Math.Min(count, rows - first);
            T* to = partial + (nint)part * 2 * channels;
            Fetch(x, first, taken, channels);
            for (int c = 0; c < channels; c += V.Width)
            {
                int at = Math.Min(c, channels - V.Width);
                T* from = x + (nint)first * channels + at;
                V mean = Sum<V>(from, taken) * V.Create(1.0 / taken);
                V.Store(mean, ref *to, at);
                V.Store(Squares(from, taken, mean), ref *to, channels + at);
            }
        }

        // Four chains: an addition takes three cycles, but two can start in each.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V Sum<V>(T* from, int taken) where V : struct, ILanes<V, T>
        {
            V a = V.Zero, b = V.Zero, c = V.Zero, d = V.Zero;
            int row = 0;
            for (; row <= taken - 4; row += 4, from += 4 * (nint)channels)
            {
                a += V.Load(ref *from, 0);
                b += V.Load(ref *from, channels);
                c += V.Load(ref *from, 2 * (nint)channels);
                d += V.Load(ref *from, 3 * (nint)channels);
            }
            for (; row < taken; row++, from += channels)
                a += V.Load(ref *from, 0);
            return (a + b) + (c + d);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V Squares<V>(T* from, int taken, V mean) where V : struct, ILanes<V, T>
        {
            V a = V.Zero, b = V.Zero, c = V.Zero, d = V.Zero;
            int row = 0;
            for (; row <= taken - 4; row += 4, from += 4 * (nint)channels)
            {
                a = Add(a, V.Load(ref *from, 0) - mean);
                b = Add(b, V.Load(ref *from, channels) - mean);
                c = Add(c, V.Load(ref *from, 2 * (nint)channels) - mean);
                d = Add(d, V.Load(ref *from, 3 * (nint)channels) - mean);
            }
            for (; row < taken; row++, from += channels)
                a = Add(a, V.Load(ref *from, 0) - mean);
            return (a + b) + (c + d);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V Add<V>(V sum, V apart) where V : struct, ILanes<V, T> => V.FusedMultiplyAdd(apart, apart, sum);
    }

    readonly struct ForwardBody(int rows, int channels, int count, T* x, T* around, T* y, Pinned channel)
        : IChannelBody<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>(int part) where V : struct, ILanes<V, T>
        {
            int first = part * count, taken = Math.Min(count, rows - first);
            Fetch(x, first, taken, channels);
            Fetch(around, first, taken, channels);
            Fetch(y, first, taken, channels);
            for (int c = 0; c < channels; c += V.Width)
            {
                int at = Math.Min(c, channels - V.Width);
                V mean = channel.Mean<V>(at), scale = channel.Scale<V>(at), shift = channel.Shift<V>(at);
                T* from = x + (nint)first * channels + at, to = y + (nint)first * channels + at;
                T* added = around + (nint)first * channels + at;
                if (around != null)
                    for (int row = 0; row < taken; row++, from += channels, to += channels, added += channels)
                        V.Store(V.Max(V.Load(ref *added, 0)
                            + V.FusedMultiplyAdd(V.Load(ref *from, 0) - mean, scale, shift), V.Zero), ref *to, 0);
                else if (channel.Rectifies)
                    for (int row = 0; row < taken; row++, from += channels, to += channels)
                        V.Store(V.Max(V.FusedMultiplyAdd(V.Load(ref *from, 0) - mean, scale, shift), V.Zero),
                            ref *to, 0);
                else
                    for (int row = 0; row < taken; row++, from += channels, to += channels)
                        V.Store(V.FusedMultiplyAdd(V.Load(ref *from, 0) - mean, scale, shift), ref *to, 0);
            }
        }
    }

    readonly struct SumsBody(int rows, int channels, int count, T* x, T* y, T* dy, T* dz, T* partial, Pinned channel)
        : IChannelBody<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>(int part) where V : struct, ILanes<V, T>
        {
            int first = part * count, taken = Math.Min(count, rows - first);
            T* to = partial + (nint)part * 2 * channels;
            Fetch(x, first, taken, channels);
            Fetch(dy, first, taken, channels);
            Fetch(y, first, taken, channels);
            Fetch(dz, first, taken, channels);
            for (int c = 0; c < channels; c += V.Width)
            {
                int at = Math.Min(c, channels - V.Width);
                V mean = channel.Mean<V>(at), scale = channel.Scale<V>(at), shift = channel.Shift<V>(at);
                nint offset = (nint)first * channels + at;
                V sum = V.Zero, product = V.Zero, otherSum = V.Zero, otherProduct = V.Zero;
                int row = 0;
                for (; row <= taken - 2; row += 2, offset += 2 * (nint)channels)
                {
                    Add(offset, mean, scale, shift, ref sum, ref product);
                    Add(offset + channels, mean, scale, shift, ref otherSum, ref otherProduct);
                }
                if (row < taken)
                    Add(offset, mean, scale, shift, ref sum, ref product);
                V.Store(sum + otherSum, ref *to, at);
                V.Store(product + otherProduct, ref *to, channels + at);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        void Add<V>(nint at, V mean, V scale, V shift, ref V sum, ref V product)
            where V : struct, ILanes<V, T>
        {
            V apart = V.Load(ref *x, at) - mean, g = V.Load(ref *dy, at);
            if (y != null)
            {
                g = V.Select(V.GreaterThan(V.Load(ref *y, at), V.Zero), g, V.Zero);
                V.Store(g, ref *dz, at);
            }
            else if (channel.Rectifies)
                g = V.Select(V.GreaterThan(V.FusedMultiplyAdd(apart, scale, shift), V.Zero), g, V.Zero);
            sum += g;
            product = V.FusedMultiplyAdd(g, apart, product);
        }
    }

    readonly struct BackwardBody(int rows, int channels, int count, T* x, T* dy, T* dx, T* center, T* slope,
        Pinned channel, bool accumulate) : IChannelBody<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>(int part) where V : struct, ILanes<V, T>
        {
            int first = part * count, taken = Math.Min(count, rows - first);
            Fetch(x, first, taken, channels);
            Fetch(dy, first, taken, channels);
            Fetch(dx, first, taken, channels);
            for (int c = 0; c < channels; c += V.Width)
            {
                int at = Math.Min(c, channels - V.Width);
                V mean = channel.Mean<V>(at), scale = channel.Scale<V>(at), shift = channel.Shift<V>(at);
                V a = V.Load(ref *center, at), b = V.Load(ref *slope, at);
                nint offset = (nint)first * channels + at;
                for (int row = 0; row < taken; row++, offset += channels)
                {
                    V apart = V.Load(ref *x, offset) - mean, g = V.Load(ref *dy, offset);
                    if (channel.Rectifies)
                        g = V.Select(V.GreaterThan(V.FusedMultiplyAdd(apart, scale, shift), V.Zero), g, V.Zero);
                    V result = V.FusedMultiplyAdd(scale, g, -V.FusedMultiplyAdd(apart, b, a));
                    V.Store(accumulate ? V.Load(ref *dx, offset) + result : result, ref *dx, offset);
                }
            }
        }
    }
}

/// <summary>What each channel of a batch normalization is computed with: y = (x − mean) · scale + shift.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="mean">[channels].</param>
/// <param name="scale">[channels]: γ / √(variance + ε).</param>
/// <param name="shift">[channels]: β.</param>
/// <param name="rectifies">True makes negative results 0.</param>
readonly ref struct ChannelNumbers<T>(
    ReadOnlySpan<T> mean, ReadOnlySpan<T> scale, ReadOnlySpan<T> shift, bool rectifies) where T : unmanaged
{
    /// <summary>[channels].</summary>
    public ReadOnlySpan<T> Mean { get; } = mean;

    /// <summary>[channels]: γ / √(variance + ε).</summary>
    public ReadOnlySpan<T> Scale { get; } = scale;

    /// <summary>[channels]: β.</summary>
    public ReadOnlySpan<T> Shift { get; } = shift;

    /// <summary>True makes negative results 0.</summary>
    public bool Rectifies => rectifies;
}
