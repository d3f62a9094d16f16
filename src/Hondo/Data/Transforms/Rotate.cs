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
