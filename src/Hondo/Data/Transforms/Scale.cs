using Hondo.Tensors;

namespace Hondo.Data;

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
