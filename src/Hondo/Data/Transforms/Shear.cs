using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Data;

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
