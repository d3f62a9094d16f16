using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hondo.Kernels;

/// <summary>Other heights and widths for channels-last images.</summary>
static unsafe class Resizing
{
    /// <summary>y = x at another size.</summary>
    /// <param name="batch">How many images.</param>
    /// <param name="vertical">The axis of height.</param>
    /// <param name="horizontal">The axis of width.</param>
    /// <param name="channels">How many channels.</param>
    /// <param name="x">[batch, height, width, channels].</param>
    /// <param name="y">The same with the output's height and width.</param>
    public static void Forward<T>(int batch, ResizeAxis vertical, ResizeAxis horizontal, int channels,
        ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require(batch, vertical, horizontal, channels, x.Length, y.Length);
        fixed (T* px = x, py = y)
            ChannelJob<Body<T>, T>.Run(new(vertical, horizontal, channels, px, py, false), batch, channels, y.Length,
                adds: true);
    }

    /// <summary>dx += what dy sends to each input.</summary>
    /// <param name="batch">How many images.</param>
    /// <param name="vertical">The axis of height.</param>
    /// <param name="horizontal">The axis of width.</param>
    /// <param name="channels">How many channels.</param>
    /// <param name="dy">The gradient of y.</param>
    /// <param name="dx">The gradient of x.</param>
    public static void Backward<T>(int batch, ResizeAxis vertical, ResizeAxis horizontal, int channels,
        ReadOnlySpan<T> dy, Span<T> dx) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require(batch, vertical, horizontal, channels, dx.Length, dy.Length);
        fixed (T* px = dx, py = dy)
            ChannelJob<Body<T>, T>.Run(new(vertical, horizontal, channels, px, py, true), batch, channels, dy.Length,
                adds: true);
    }

    static void Require(int batch, ResizeAxis vertical, ResizeAxis horizontal, int channels, int x, int y)
    {
        if (Extent.Product(batch, vertical.Input, horizontal.Input, channels) != x || vertical.Input < 1
            || Extent.Product(batch, vertical.Output, horizontal.Output, channels) != y || horizontal.Input < 1)
            throw new ArgumentException($"A resizing of {batch} images of {channels} channels by {vertical} and "
                + $"{horizontal} got {x} numbers for x and {y} for y.");
    }

    // An image a part: what is added to an input comes from one thread, in one order.
    readonly struct Body<T>(ResizeAxis vertical, ResizeAxis horizontal, int channels, T* x, T* y, bool isBackward)
        : IChannelBody<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>(int part) where V : struct, ILanes<V, T>
        {
            T* image = x + (nint)part * vertical.Input * horizontal.Input * channels;
            T* to = y + (nint)part * vertical.Output * horizontal.Output * channels;
            for (int oh = 0; oh < vertical.Output; oh++)
                for (int ow = 0; ow < horizontal.Output; ow++, to += channels)
                {
                    if (!isBackward)
                        new Span<T>(to, channels).Clear();
                    for (int i = 0; i < vertical.Taps; i++)
                        for (int j = 0; j < horizontal.Taps; j++)
                        {
                            (int h, double weight) = vertical.Tap(oh, i);
                            (int w, double share) = horizontal.Tap(ow, j);
                            T* from = image + ((nint)h * horizontal.Input + w) * channels;
                            if (isBackward)
                                Add<V>(to, weight * share, from);
                            else
                                Add<V>(from, weight * share, to);
                        }
                }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        void Add<V>(T* from, double weight, T* to) where V : struct, ILanes<V, T>
        {
            for (int c = 0; c < channels; c += V.Width)
                V.Store(V.FusedMultiplyAdd(V.Create(weight), V.Load(ref *from, c), V.Load(ref *to, c)), ref *to, c);
        }
    }
}

/// <summary>One axis of a resizing: which inputs each output is made of, and how much of each, as PyTorch's.</summary>
/// <param name="Input">Length of the input.</param>
/// <param name="Output">Length of the output.</param>
/// <param name="Interpolation">How.</param>
/// <param name="AlignCorners">True lays the first and last pixels of both on each other; not for nearest.</param>
readonly record struct ResizeAxis(int Input, int Output, Interpolation Interpolation, bool AlignCorners)
{
    const double Keys = -0.75;

    /// <summary>How many inputs make an output.</summary>
    internal int Taps => Interpolation switch
    {
        Interpolation.Nearest => 1,
        Interpolation.Bilinear => 2,
        _ => 4,
    };

    /// <summary>Input k of an output, and its weight.</summary>
    internal (int Input, double Weight) Tap(int o, int k)
    {
        if (Interpolation == Interpolation.Nearest)
            return ((int)Math.Min(Input - 1, (long)o * Input / Output), 1);
        double place = AlignCorners
            ? Output > 1 ? o * ((Input - 1.0) / (Output - 1)) : 0
            : ((o + 0.5) * ((double)Input / Output)) - 0.5;
        if (Interpolation == Interpolation.Bilinear)
            place = Math.Max(0, place);
        int first = (int)Math.Floor(place);
        double rest = place - first;
        return Interpolation == Interpolation.Bilinear
            ? (Math.Min(Input - 1, first + k), k == 0 ? 1 - rest : rest)
            : (Math.Clamp(first - 1 + k, 0, Input - 1), Cubic(Math.Abs(rest + 1 - k)));
    }

    static double Cubic(double distance) => distance <= 1
        ? (((Keys + 2) * distance) - (Keys + 3)) * distance * distance + 1
        : (((Keys * distance) - (5 * Keys)) * distance + 8 * Keys) * distance - 4 * Keys;
}

/// <summary>How an image gets another size.</summary>
public enum Interpolation
{
    /// <summary>The pixel at ⌊place⌋.</summary>
    Nearest,

    /// <summary>Between two pixels each way, by distance.</summary>
    Bilinear,

    /// <summary>Among four pixels each way, by Keys's cubic with a = −0.75 (Keys 1981).</summary>
    Bicubic,
}
