using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>Makes a picture brighter or darker: y = x · factor, within 0 to 1.</summary>
public sealed class Brightness : ISampleTransform
{
    readonly double _share;

    /// <summary>A change of brightness.</summary>
    /// <param name="share">The largest change, above 0 to 1: 0.2 draws a factor from 0.8 to 1.2.</param>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 1.</exception>
    public Brightness(double share = 0.2)
    {
        Probability.Check(share);
        _share = share;
    }

    /// <inheritdoc/>
    public void Apply(Span<float> sample, Shape shape, ulong key) =>
        Pixels.Stretch(sample, 0, (float)(1 + _share * new Draws(key).Signed()));

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Brightness").Add("share", _share, 0.2).ToString();
}
