using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Hondo.Data;

/// <summary>
/// Makes pictures larger and smaller. When it shrinks, the window of the filter grows with the step between pixels, so
/// that every pixel counts and fine lines do not flicker.
/// </summary>
public static class ImageResize
{
    /// <summary>The picture in another size.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="height">New rows, 1 or more.</param>
    /// <param name="width">New columns, 1 or more.</param>
    /// <param name="interpolation">How pixels are mixed.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public static Image To(Image image, int height, int width, Interpolation interpolation = Interpolation.Bilinear)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        return height == image.Height && width == image.Width
            ? image
            : Part(image, (0, 0, image.Height, image.Width), height, width, interpolation);
    }

    /// <summary>
    /// The middle of the picture in another size and shape: it is shrunk until its shorter side fits, and what stands
    /// out on the longer side is cut off.
    /// </summary>
    /// <param name="image">The picture.</param>
    /// <param name="height">New rows, 1 or more.</param>
    /// <param name="width">New columns, 1 or more.</param>
    /// <param name="interpolation">How pixels are mixed.</param>
    /// <param name="crop">The share of the middle that is shown, above 0 to 1: with 0.875 a picture is shrunk until its
    /// shorter side has 256 pixels for 224 new ones, and a frame of 16 is cut off. A picture that has the new size
    /// already is the middle of another one: it stays as it is.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or the share not above 0 to 1.</exception>
    public static Image Cover(Image image, int height, int width, Interpolation interpolation = Interpolation.Bilinear,
        double crop = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (!(crop is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(crop), crop, "The share that is shown is above 0 to 1.");
        return height == image.Height && width == image.Width
            ? image
            : Part(image, Shown((image.Height, image.Width), height, width, crop), height, width, interpolation);
    }

    /// <summary>The part of a picture that covers a new size.</summary>
    internal static (double Top, double Left, double Height, double Width) Shown((int Height, int Width) of, int height,
        int width, double crop)
    {
        double scale = crop * Math.Min((double)of.Height / height, (double)of.Width / width);
        double high = Math.Min(of.Height, scale * height), wide = Math.Min(of.Width, scale * width);
        return ((of.Height - high) / 2, (of.Width - wide) / 2, high, wide);
    }

    static Image Part(Image image, (double Top, double Left, double Height, double Width) part, int height, int width,
        Interpolation interpolation)
    {
        var size = new PixelRows(image.Height, image.Width, image.Channels, image.Channels);
        return image.Deep is null
            ? new(Resized<byte>(image.Pixels), height, width, image.Channels)
            : new(Resized<ushort>(image.Deep), height, width, image.Channels);

        T[] Resized<T>(T[] pixels) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
        {
            var result = new T[height * width * image.Channels];
            Part<T>(pixels, size, part, result, (height, width), interpolation, new float[result.Length]);
            return result;
        }
    }

    /// <summary>A part of a picture in another size.</summary>
    /// <param name="pixels">All its rows.</param>
    /// <param name="rows">How they lie.</param>
    /// <param name="part">What is shown.</param>
    /// <param name="result">The new pixels, without what lies between the old ones.</param>
    /// <param name="size">The new size.</param>
    /// <param name="interpolation">How pixels are mixed.</param>
    /// <param name="sums">As long as the result.</param>
    internal static void Part<T>(ReadOnlySpan<T> pixels, PixelRows rows,
        (double Top, double Left, double Height, double Width) part, Span<T> result, (int Height, int Width) size,
        Interpolation interpolation, Span<float> sums) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        ResizeWeights across = new(rows.Width, part.Left, part.Width, size.Width, interpolation);
        ResizeWeights down = new(rows.Height, part.Top, part.Height, size.Height, interpolation);
        int stride = rows.Width * rows.Step;
        var narrow = new float[across.Count * rows.Channels];
        sums.Clear();
        for (int y = 0; y < rows.Height; y++)
        {
            (int first, int end) = down.UsedBy(y);
            if (first == end)
                continue;
            ReadOnlySpan<T> line = pixels.Slice(y * stride, stride);
            if (typeof(T) == typeof(byte) && rows is { Step: 4, Channels: 3 })
                NarrowColours(MemoryMarshal.AsBytes(line), across, narrow);
            else
                Narrow(line, across, rows, narrow);
            for (int row = first; row < end; row++)
                Add(narrow, down.Of(row, y), sums.Slice(row * narrow.Length, narrow.Length));
        }
        float most = float.CreateTruncating(T.MaxValue);
        for (int i = 0; i < result.Length; i++)
            result[i] = T.CreateTruncating(Math.Clamp(sums[i] + 0.5f, 0, most));
    }

    static void Add(ReadOnlySpan<float> narrow, float weight, Span<float> sum)
    {
        int i = 0;
        for (; i <= narrow.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(sum[i..]) + weight * new Vector<float>(narrow[i..])).CopyTo(sum[i..]);
        for (; i < narrow.Length; i++)
            sum[i] += weight * narrow[i];
    }

    // Red, green, blue and what is left out in one register: three times as fast, the same sums.
    static void NarrowColours(ReadOnlySpan<byte> row, ResizeWeights across, Span<float> narrow)
    {
        for (int x = 0; x < across.Count; x++)
        {
            ReadOnlySpan<float> weights = across.At(x, out int start);
            ReadOnlySpan<int> colours = MemoryMarshal.Cast<byte, int>(row).Slice(start, weights.Length);
            Vector128<float> sum = Vector128<float>.Zero;
            for (int k = 0; k < weights.Length; k++)
                sum += weights[k] * Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.WidenLower(
                    Vector128.CreateScalarUnsafe(colours[k]).AsByte())).AsInt32());
            (narrow[x * 3], narrow[x * 3 + 1], narrow[x * 3 + 2]) = (sum[0], sum[1], sum[2]);
        }
    }

    static void Narrow<T>(ReadOnlySpan<T> row, ResizeWeights across, PixelRows rows, Span<float> narrow)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (int x = 0; x < across.Count; x++)
        {
            ReadOnlySpan<float> weights = across.At(x, out int start);
            for (int c = 0; c < rows.Channels; c++)
            {
                float sum = 0;
                for (int k = 0; k < weights.Length; k++)
                    sum += weights[k] * float.CreateTruncating(row[(start + k) * rows.Step + c]);
                narrow[x * rows.Channels + c] = sum;
            }
        }
    }
}

/// <summary>How a picture's pixels lie.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Channels">Numbers of a pixel.</param>
/// <param name="Step">Numbers from one pixel to the next: 4 where a fourth beside three is left out.</param>
readonly record struct PixelRows(int Height, int Width, int Channels, int Step)
{
    /// <summary>Leaves out what the pixels do not have.</summary>
    public void Pack(ReadOnlySpan<byte> pixels, Span<byte> packed)
    {
        if (Step == Channels)
        {
            pixels[..packed.Length].CopyTo(packed);
            return;
        }
        for (int from = 0, to = 0; to < packed.Length; from += Step, to += Channels)
        {
            packed[to] = pixels[from];
            if (Channels == 2)
                packed[to + 1] = pixels[from + 3];
            else
                (packed[to + 1], packed[to + 2]) = (pixels[from + 1], pixels[from + 2]);
        }
    }
}
