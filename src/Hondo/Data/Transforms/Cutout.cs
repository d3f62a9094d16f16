using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>
/// Hides a square with the picture's mean; its middle may lie anywhere, so that part of it may lie outside (DeVries,
/// Taylor 2017, arXiv:1708.04552).
/// </summary>
public sealed class Cutout : ISampleTransform
{
    readonly int _size;

    /// <summary>A hidden square.</summary>
    /// <param name="size">Its side in pixels, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public Cutout(int size)
    {
        if (size < 1)
            throw new ArgumentOutOfRangeException(nameof(size), size, "A square has a side of 1 pixel or more.");
        _size = size;
    }

    /// <inheritdoc/>
    public void Apply(Span<float> sample, Shape shape, ulong key)
    {
        int height = shape[0], width = shape[1], channels = shape[2];
        var draws = new Draws(key);
        int top = draws.Whole(0, height - 1) - _size / 2, left = draws.Whole(0, width - 1) - _size / 2;
        for (int c = 0; c < channels; c++)
        {
            float mean = Pixels.Mean(sample, c, channels);
            for (int y = Math.Max(0, top); y < Math.Min(height, top + _size); y++)
                for (int x = Math.Max(0, left); x < Math.Min(width, left + _size); x++)
                    sample[(y * width + x) * channels + c] = mean;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"Cutout({_size})";
}
