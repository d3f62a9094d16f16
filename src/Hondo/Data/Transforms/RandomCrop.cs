using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>
/// Puts a black frame around a picture and cuts one of the old size out of it, as residual networks are trained with on
/// CIFAR-10 (He et al. 2016, arXiv:1512.03385, §4.2).
/// </summary>
public sealed class RandomCrop : ISampleTransform, IWarp
{
    readonly int _padding;

    /// <summary>A random crop.</summary>
    /// <param name="padding">The width of the frame in pixels, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public RandomCrop(int padding)
    {
        if (padding < 1)
            throw new ArgumentOutOfRangeException(nameof(padding), padding, "A frame is 1 pixel wide or more.");
        _padding = padding;
    }

    /// <inheritdoc/>
    public void Apply(Span<float> sample, Shape shape, ulong key) => Warp.Apply(this, sample, shape, key);

    // The part that is cut out shows the picture moved: there is no need to make the frame.
    Affine IWarp.Draw(ref Draws draws, int height, int width) =>
        Affine.Identity with { C = draws.Whole(-_padding, _padding), F = draws.Whole(-_padding, _padding) };

    /// <inheritdoc/>
    public override string ToString() => $"RandomCrop({_padding})";
}
