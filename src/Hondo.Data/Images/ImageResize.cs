using System.Numerics;

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
        double scale = crop * Math.Min((double)image.Height / height, (double)image.Width / width);
        double high = Math.Min(image.Height, scale * height), wide = Math.Min(image.Width, scale * width);
        return height == image.Height && width == image.Width
            ? image
            : Part(image, ((image.Height - high) / 2, (image.Width - wide) / 2, high, wide), height, width,
                interpolation);
    }

    static Image Part(Image image, (double Top, double Left, double Height, double Width) part, int height, int width,
        Interpolation interpolation)
    {
        ResizeWeights across = new(image.Width, part.Left, part.Width, width, interpolation);
        ResizeWeights down = new(image.Height, part.Top, part.Height, height, interpolation);
        return image.Deep is null
            ? new(Resized(image.Pixels, image, across, down), height, width, image.Channels)
            : new(Resized(image.Deep, image, across, down), height, width, image.Channels);
    }

    static T[] Resized<T>(T[] pixels, Image image, ResizeWeights across, ResizeWeights down)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        int channels = image.Channels, stride = image.Width * channels;
        var narrow = new float[across.Count * channels];
        var sums = new float[down.Count * narrow.Length];
        for (int y = 0; y < image.Height; y++)
        {
            (int first, int end) = down.UsedBy(y);
            if (first == end)
                continue;
            Narrow<T>(pixels.AsSpan(y * stride, stride), across, channels, narrow);
            for (int row = first; row < end; row++)
            {
                float weight = down.Of(row, y);
                Span<float> sum = sums.AsSpan(row * narrow.Length, narrow.Length);
                for (int i = 0; i < narrow.Length; i++)
                    sum[i] += weight * narrow[i];
            }
        }
        var result = new T[sums.Length];
        float most = float.CreateTruncating(T.MaxValue);
        for (int i = 0; i < sums.Length; i++)
            result[i] = T.CreateTruncating(Math.Clamp(sums[i] + 0.5f, 0, most));
        return result;
    }

    static void Narrow<T>(ReadOnlySpan<T> row, ResizeWeights across, int channels, Span<float> narrow)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (int x = 0; x < across.Count; x++)
        {
            ReadOnlySpan<float> weights = across.At(x, out int start);
            for (int c = 0; c < channels; c++)
            {
                float sum = 0;
                for (int k = 0; k < weights.Length; k++)
                    sum += weights[k] * float.CreateTruncating(row[(start + k) * channels + c]);
                narrow[x * channels + c] = sum;
            }
        }
    }
}
