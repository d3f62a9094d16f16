using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>Turns a picture around its middle.</summary>
public sealed class Rotate : ISampleTransform, IWarp
{
    readonly double _degrees;

    /// <summary>A rotation.</summary>
    /// <param name="degrees">The largest angle either way, above 0 to 180.</param>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 180.</exception>
    public Rotate(double degrees)
    {
        if (!(degrees is > 0 and <= 180))
            throw new ArgumentOutOfRangeException(nameof(degrees), degrees, "An angle is above 0 to 180 degrees.");
        _degrees = degrees;
    }

    /// <inheritdoc/>
    public void Apply(Span<float> sample, Shape shape, ulong key) => Warp.Apply(this, sample, shape, key);

    Affine IWarp.Draw(ref Draws draws, int height, int width)
    {
        double angle = draws.Signed() * _degrees * (Math.PI / 180);
        double sin = PortableMath.Sin(angle), cos = PortableMath.Cos(angle);
        return new(cos, -sin, 0, sin, cos, 0);
    }

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Rotate").Add(_degrees).ToString();
}

/// <summary>
/// Makes a picture larger or smaller around its middle, by a factor between 1 / (1 + share) and 1 + share.
/// </summary>
public sealed class Scale : ISampleTransform, IWarp
{
    readonly double _share;

    /// <summary>A change of size.</summary>
    /// <param name="share">The largest change, above 0 to 4: 0.1 is 10 % larger.</param>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 4.</exception>
    public Scale(double share)
    {
        if (!(share is > 0 and <= 4))
            throw new ArgumentOutOfRangeException(nameof(share), share, "A change of size is above 0 to 4.");
        _share = share;
    }

    /// <inheritdoc/>
    public void Apply(Span<float> sample, Shape shape, ulong key) => Warp.Apply(this, sample, shape, key);

    Affine IWarp.Draw(ref Draws draws, int height, int width)
    {
        double factor = draws.Factor(1 + _share);
        return new(factor, 0, 0, 0, factor, 0);
    }

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Scale").Add(_share).ToString();
}

/// <summary>Slants a picture to either side, as handwriting is.</summary>
public sealed class Shear : ISampleTransform, IWarp
{
    readonly double _degrees;

    /// <summary>A slant.</summary>
    /// <param name="degrees">The largest angle either way, above 0 to 60.</param>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 60.</exception>
    public Shear(double degrees)
    {
        if (!(degrees is > 0 and <= 60))
            throw new ArgumentOutOfRangeException(nameof(degrees), degrees, "A slant is above 0 to 60 degrees.");
        _degrees = degrees;
    }

    /// <inheritdoc/>
    public void Apply(Span<float> sample, Shape shape, ulong key) => Warp.Apply(this, sample, shape, key);

    Affine IWarp.Draw(ref Draws draws, int height, int width)
    {
        double angle = draws.Signed() * _degrees * (Math.PI / 180);
        return Affine.Identity with { B = PortableMath.Sin(angle) / PortableMath.Cos(angle) };
    }

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Shear").Add(_degrees).ToString();
}

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
