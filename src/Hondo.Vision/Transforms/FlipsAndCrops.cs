using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>Shows a picture as in a mirror, left for right.</summary>
public sealed class Flip : ISampleTransform, IWarp
{
    readonly double _probability;

    /// <summary>A flip.</summary>
    /// <param name="probability">How often, above 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 1.</exception>
    public Flip(double probability = 0.5)
    {
        Probability.Check(probability);
        _probability = probability;
    }

    /// <inheritdoc/>
    public void Apply(Span<float> sample, Shape shape, ulong key) => Warp.Apply(this, sample, shape, key);

    Affine IWarp.Draw(ref Draws draws, int height, int width) =>
        draws.Chance(_probability) ? Affine.Identity with { A = -1 } : Affine.Identity;

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Flip").Add("probability", _probability, 0.5).ToString();
}

/// <summary>Turns a picture upside down, as in water.</summary>
public sealed class VerticalFlip : ISampleTransform, IWarp
{
    readonly double _probability;

    /// <summary>A flip.</summary>
    /// <param name="probability">How often, above 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 1.</exception>
    public VerticalFlip(double probability = 0.5)
    {
        Probability.Check(probability);
        _probability = probability;
    }

    /// <inheritdoc/>
    public void Apply(Span<float> sample, Shape shape, ulong key) => Warp.Apply(this, sample, shape, key);

    Affine IWarp.Draw(ref Draws draws, int height, int width) =>
        draws.Chance(_probability) ? Affine.Identity with { E = -1 } : Affine.Identity;

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("VerticalFlip")
        .Add("probability", _probability, 0.5).ToString();
}

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

/// <summary>
/// Cuts out a part of random size and shape and stretches it to the whole, as networks are trained with on ImageNet
/// (Szegedy et al. 2015, arXiv:1409.4842, §6).
/// </summary>
public sealed class RandomResizedCrop : ISampleTransform, IWarp
{
    readonly double _leastArea, _mostAspect;

    /// <summary>A crop of random size.</summary>
    /// <param name="leastArea">The least share of the picture's area, above 0 to 1.</param>
    /// <param name="mostAspect">How much wider or higher than the whole the part is at most, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public RandomResizedCrop(double leastArea = 0.08, double mostAspect = 1.5)
    {
        if (!(leastArea is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(leastArea), leastArea, "A share of the area is above 0 to 1.");
        if (!(mostAspect is >= 1 and <= 10))
            throw new ArgumentOutOfRangeException(nameof(mostAspect), mostAspect, "The aspect is 1 to 10.");
        (_leastArea, _mostAspect) = (leastArea, mostAspect);
    }

    /// <inheritdoc/>
    public void Apply(Span<float> sample, Shape shape, ulong key) => Warp.Apply(this, sample, shape, key);

    Affine IWarp.Draw(ref Draws draws, int height, int width)
    {
        double side = Math.Sqrt(draws.Between(_leastArea, 1)), stretch = Math.Sqrt(draws.Factor(_mostAspect));
        double x = Math.Min(1, side * stretch), y = Math.Min(1, side / stretch);
        return new(x, 0, 0.5 * (1 - x) * width * draws.Signed(), 0, y, 0.5 * (1 - y) * height * draws.Signed());
    }

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("RandomResizedCrop")
        .Add("leastArea", _leastArea, 0.08).Add("mostAspect", _mostAspect, 1.5).ToString();
}
