using System.Buffers;
using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>
/// A transform that moves pixels along straight lines. Neighbouring ones in an <see cref="Augmentation"/> are done in
/// one pass, so that a picture is interpolated once.
/// </summary>
interface IWarp
{
    /// <summary>Draws where pixels come from.</summary>
    Affine Draw(ref Draws draws, int height, int width);
}

/// <summary>Moves the pixels of a picture; what comes from outside it is 0.</summary>
static class Warp
{
    /// <summary>Does one warp alone.</summary>
    public static void Apply(IWarp warp, Span<float> sample, Shape shape, ulong key)
    {
        var draws = new Draws(key);
        Apply(warp.Draw(ref draws, shape[0], shape[1]), sample, shape);
    }

    /// <summary>Moves the pixels of a picture [height, width, channels] in place.</summary>
    public static void Apply(Affine map, Span<float> sample, Shape shape)
    {
        if (map == Affine.Identity)
            return;
        int height = shape[0], width = shape[1], channels = shape[2];
        map = map.FromCorner(height, width);
        float[] rented = ArrayPool<float>.Shared.Rent(sample.Length);
        Span<float> from = rented.AsSpan(0, sample.Length);
        sample.CopyTo(from);
        if (map.MovesWholePixels)
            Move(map, from, sample, height, width, channels);
        else
            Interpolate(map, from, sample, height, width, channels);
        ArrayPool<float>.Shared.Return(rented);
    }

    static void Move(Affine map, ReadOnlySpan<float> from, Span<float> to, int height, int width, int channels)
    {
        int stepX = (int)map.A, startX = (int)map.C, stepY = (int)map.E, startY = (int)map.F;
        for (int y = 0; y < height; y++)
        {
            Span<float> row = to.Slice(y * width * channels, width * channels);
            int fromY = stepY * y + startY;
            if ((uint)fromY >= (uint)height)
            {
                row.Clear();
                continue;
            }
            ReadOnlySpan<float> source = from.Slice(fromY * width * channels, width * channels);
            for (int x = 0; x < width; x++)
            {
                int fromX = stepX * x + startX;
                Span<float> pixel = row.Slice(x * channels, channels);
                if ((uint)fromX < (uint)width)
                    source.Slice(fromX * channels, channels).CopyTo(pixel);
                else
                    pixel.Clear();
            }
        }
    }

    static void Interpolate(Affine map, ReadOnlySpan<float> from, Span<float> to, int height, int width, int channels)
    {
        int at = 0, rowLength = width * channels;
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++, at += channels)
            {
                float fromX = (float)(map.A * x + map.B * y + map.C), fromY = (float)(map.D * x + map.E * y + map.F);
                // Beyond a pixel outside nothing shows, and the cast of a huge number would not be portable.
                if (!(fromX > -1 && fromX < width && fromY > -1 && fromY < height))
                {
                    to.Slice(at, channels).Clear();
                    continue;
                }
                int left = (int)(fromX + 1) - 1, top = (int)(fromY + 1) - 1;
                float right = fromX - left, down = fromY - top;
                int corner = top * rowLength + left * channels;
                if (left >= 0 && top >= 0 && left < width - 1 && top < height - 1)
                    for (int c = 0; c < channels; c++, corner++)
                    {
                        float above = from[corner] + right * (from[corner + channels] - from[corner]);
                        float below = from[corner + rowLength]
                            + right * (from[corner + rowLength + channels] - from[corner + rowLength]);
                        to[at + c] = above + down * (below - above);
                    }
                else
                    for (int c = 0; c < channels; c++)
                        to[at + c] = Edge(from, (left, top, right, down), height, width, channels, c);
            }
    }

    static float Edge(ReadOnlySpan<float> from, (int Left, int Top, float Right, float Down) place, int height,
        int width, int channels, int channel)
    {
        float above = Pixel(from, place.Left, place.Top), below = Pixel(from, place.Left, place.Top + 1);
        above += place.Right * (Pixel(from, place.Left + 1, place.Top) - above);
        below += place.Right * (Pixel(from, place.Left + 1, place.Top + 1) - below);
        return above + place.Down * (below - above);

        float Pixel(ReadOnlySpan<float> all, int x, int y) =>
            (uint)x < (uint)width && (uint)y < (uint)height ? all[(y * width + x) * channels + channel] : 0;
    }
}

/// <summary>
/// Where each pixel of a new picture comes from: x' = A·x + B·y + C, y' = D·x + E·y + F, in pixels from the middle.
/// </summary>
readonly record struct Affine(double A, double B, double C, double D, double E, double F)
{
    /// <summary>Every pixel stays.</summary>
    public static Affine Identity { get; } = new(1, 0, 0, 0, 1, 0);

    /// <summary>This change, and then another one: both in one pass over the pixels.</summary>
    public Affine Then(Affine next) => new(
        A * next.A + B * next.D, A * next.B + B * next.E, A * next.C + B * next.F + C,
        D * next.A + E * next.D, D * next.B + E * next.E, D * next.C + E * next.F + F);

    /// <summary>The same with the first pixel at (0, 0) in place of the middle.</summary>
    public Affine FromCorner(int height, int width)
    {
        double middleX = (width - 1) * 0.5, middleY = (height - 1) * 0.5;
        return this with
        {
            C = C + middleX - A * middleX - B * middleY,
            F = F + middleY - D * middleX - E * middleY,
        };
    }

    /// <summary>True when pixels only change places: nothing is interpolated.</summary>
    public bool MovesWholePixels => B == 0 && D == 0 && Math.Abs(A) == 1 && Math.Abs(E) == 1
        && C == Math.Floor(C) && F == Math.Floor(F);
}
