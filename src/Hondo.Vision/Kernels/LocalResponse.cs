using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hondo.Kernels;

/// <summary>
/// Local response normalization across neighbouring channels      [rows, channels]
/// s = k + α/n · Σ x² over the n channels around each,   y = x · s^−β
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="rows">How many rows.</param>
/// <param name="channels">Length of a row.</param>
/// <param name="size">n: from (n / 2) channels before to ((n − 1) / 2) after.</param>
/// <param name="alpha">α.</param>
/// <param name="beta">β.</param>
/// <param name="offset">k.</param>
readonly unsafe struct LocalResponse<T>(
    int rows, int channels, int size, double alpha, double beta, double offset)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int Part = 1 << 12;
    const int Widest = 16;

    // Windows reach over the whole row at most.
    readonly int _before = Math.Min(size / 2, channels), _after = Math.Min((size - 1) / 2, channels);

    int RowsOfPart => Math.Max(1, Part / Math.Max(1, channels));

    int Parts => (rows + RowsOfPart - 1) / RowsOfPart;

    // A row between borders of zeros, as far as windows and the last register reach.
    int Room => (channels + (Extent)Size + 2 * Widest).To("a row of local response normalization");

    /// <summary>y from x; leaves s for Backward.</summary>
    /// <param name="x">[rows, channels].</param>
    /// <param name="y">[rows, channels].</param>
    /// <param name="scales">[rows, channels]: s.</param>
    public void Forward(ReadOnlySpan<T> x, Span<T> y, Span<T> scales)
    {
        Require(x.Length, y.Length, scales.Length, y.Length);
        fixed (T* px = x, py = y, ps = scales)
            ChannelJob<ForwardBody, T>.Run(new(this, px, py, ps), Parts, int.MaxValue, (long)rows * channels);
    }

    /// <summary>dx = dy·s^−β − 2αβ/n · x · Σ dy·y/s over the windows that hold x, or dx += that.</summary>
    /// <param name="x">[rows, channels].</param>
    /// <param name="y">What Forward gave.</param>
    /// <param name="scales">What Forward left.</param>
    /// <param name="dy">[rows, channels].</param>
    /// <param name="dx">[rows, channels].</param>
    /// <param name="accumulate">True adds to dx.</param>
    public void Backward(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> scales, ReadOnlySpan<T> dy, Span<T> dx,
        bool accumulate)
    {
        Require(x.Length, y.Length, scales.Length, dy.Length);
        Require(dx.Length, y.Length, scales.Length, dy.Length);
        fixed (T* px = x, py = y, ps = scales, pg = dy, pd = dx)
            ChannelJob<BackwardBody, T>.Run(new(this, px, py, ps, pg, pd, accumulate), Parts, int.MaxValue,
                (long)rows * channels);
    }

    void Require(int x, int y, int scales, int dy)
    {
        Extent length = (Extent)rows * channels;
        if (size < 1 || channels < 0 || length != x || length != y || length != scales || length != dy)
            throw new ArgumentException($"A local response normalization of {rows} rows of {channels} channels in "
                + $"windows of {size} got {x}, {y}, {scales} and {dy} numbers.");
    }

    // Padded copies let every register be whole; what lies behind the row is never written back.
    static T* Padded(T* from, int count, T* room, int before, int length)
    {
        var all = new Span<T>(room, length);
        all[..before].Clear();
        new ReadOnlySpan<T>(from, count).CopyTo(all[before..]);
        all[(before + count)..].Clear();
        return room;
    }

    readonly struct ForwardBody(LocalResponse<T> kernel, T* x, T* y, T* scales) : IChannelBody<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>(int part) where V : struct, ILanes<V, T>
        {
            (int channels, int size, int room) = (kernel.Channels, kernel.Size, kernel.Room);
            T* memory = Scratch.Own<T>(3 * (nint)room), result = memory + room, scale = result + room;
            int end = Math.Min(kernel.Rows, (part + 1) * kernel.RowsOfPart);
            for (int row = part * kernel.RowsOfPart; row < end; row++)
            {
                nint at = (nint)row * channels;
                T* from = Padded(x + at, channels, memory, kernel._before, room);
                for (int c = 0; c < channels; c += V.Width)
                {
                    V squares = V.Zero;
                    for (int k = 0; k < size; k++)
                        squares = V.FusedMultiplyAdd(V.Load(ref *from, c + k), V.Load(ref *from, c + k), squares);
                    V s = V.FusedMultiplyAdd(V.Create(kernel.Share), squares, V.Create(kernel.Offset));
                    V.Store(s, ref *scale, c);
                    V.Store(V.Load(ref *from, c + kernel._before) * V.Exp(V.Create(-kernel.Beta) * V.Log(s)),
                        ref *result, c);
                }
                new ReadOnlySpan<T>(result, channels).CopyTo(new(y + at, channels));
                new ReadOnlySpan<T>(scale, channels).CopyTo(new(scales + at, channels));
            }
        }
    }

    readonly struct BackwardBody(LocalResponse<T> kernel, T* x, T* y, T* scales, T* dy, T* dx, bool accumulate)
        : IChannelBody<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>(int part) where V : struct, ILanes<V, T>
        {
            (int channels, int size, int room) = (kernel.Channels, kernel.Size, kernel.Room);
            T* memory = Scratch.Own<T>(5 * (nint)room), result = memory + 4 * room;
            int end = Math.Min(kernel.Rows, (part + 1) * kernel.RowsOfPart), before = kernel._after;
            for (int row = part * kernel.RowsOfPart; row < end; row++)
            {
                nint at = (nint)row * channels;
                T* from = Padded(x + at, channels, memory, 0, room), above = Padded(dy + at, channels, memory + room, 0,
                    room);
                T* s = Padded(scales + at, channels, memory + 2 * room, 0, room);
                T* ratio = Ratios(at, memory + 3 * room, before, room);
                for (int c = 0; c < channels; c += V.Width)
                {
                    V sum = V.Zero;
                    for (int k = 0; k < size; k++)
                        sum += V.Load(ref *ratio, c + k);
                    V power = V.Exp(V.Create(-kernel.Beta) * V.Log(V.Load(ref *s, c)));
                    V bend = V.Create(2 * kernel.Share * kernel.Beta) * V.Load(ref *from, c) * sum;
                    V.Store(V.Load(ref *above, c) * power - bend, ref *result, c);
                }
                for (int c = 0; c < channels; c++)
                    dx[at + c] = accumulate ? dx[at + c] + result[c] : result[c];
            }
        }

        T* Ratios(nint at, T* room, int before, int length)
        {
            new Span<T>(room, length).Clear();
            for (int c = 0; c < kernel.Channels; c++)
                room[before + c] = dy[at + c] * y[at + c] / scales[at + c];
            return room;
        }
    }

    int Rows => rows;

    int Channels => channels;

    int Size => _before + _after + 1;

    double Share => alpha / size;

    double Beta => beta;

    double Offset => offset;
}
