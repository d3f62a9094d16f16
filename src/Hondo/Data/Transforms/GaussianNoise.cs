using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>Adds a number of a normal distribution to every number of a sample; it need not be a picture.</summary>
public sealed class GaussianNoise : ISampleTransform
{
    readonly double _deviation;

    /// <summary>Noise.</summary>
    /// <param name="deviation">Its deviation, above 0, where pixels are 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0, or not finite.</exception>
    public GaussianNoise(double deviation = 0.05)
    {
        if (!(deviation > 0 && double.IsFinite(deviation)))
            throw new ArgumentOutOfRangeException(nameof(deviation), deviation, "A deviation is above 0.");
        _deviation = deviation;
    }

    /// <inheritdoc/>
    public void Apply(Span<float> sample, Shape shape, ulong key)
    {
        Philox random = new Draws(key).Rest;
        for (int i = 0; i < sample.Length; i++)
            sample[i] += (float)(_deviation * random.Normal(i));
    }

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("GaussianNoise").Add("deviation", _deviation, 0.05).ToString();
}
