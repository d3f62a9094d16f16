using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>Moves a picture by whole pixels, in both directions; what comes in is 0.</summary>
public sealed class Shift : ISampleTransform, IWarp
{
    readonly int _pixels;

    /// <summary>A shift.</summary>
    /// <param name="pixels">The most pixels in each direction, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public Shift(int pixels)
    {
        if (pixels < 1)
            throw new ArgumentOutOfRangeException(nameof(pixels), pixels, "A shift moves by 1 pixel or more.");
        _pixels = pixels;
    }

    /// <inheritdoc/>
    public void Apply(Span<float> sample, Shape shape, ulong key) => Warp.Apply(this, sample, shape, key);

    Affine IWarp.Draw(ref Draws draws, int height, int width) =>
        Affine.Identity with { C = draws.Whole(-_pixels, _pixels), F = draws.Whole(-_pixels, _pixels) };

    /// <inheritdoc/>
    public override string ToString() => $"Shift({_pixels})";
}
