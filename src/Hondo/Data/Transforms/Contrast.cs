using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>Makes light and dark differ more or less: y = mean + (x − mean) · factor, within 0 to 1.</summary>
public sealed class Contrast : ISampleTransform
{
    readonly double _share;

    /// <summary>A change of contrast.</summary>
    /// <param name="share">The largest change, above 0 to 1: 0.2 draws a factor from 0.8 to 1.2.</param>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 1.</exception>
    public Contrast(double share = 0.2)
    {
        Probability.Check(share);
        _share = share;
    }

    /// <inheritdoc/>
    public void Apply(Span<float> sample, Shape shape, ulong key) =>
        Pixels.Stretch(sample, Pixels.Mean(sample), (float)(1 + _share * new Draws(key).Signed()));

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Contrast").Add("share", _share, 0.2).ToString();
}
