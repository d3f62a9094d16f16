using Hondo.Kernels;
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

/// <summary>
/// Changes brightness, contrast, saturation and hue. Hue turns the two colour axes of YIQ, and saturation stretches
/// them; pictures in grey change in brightness and contrast only.
/// </summary>
public sealed class ColorJitter : ISampleTransform
{
    readonly double _brightness, _contrast, _saturation, _hue;

    /// <summary>A change of colours.</summary>
    /// <param name="brightness">The largest change of the factor, 0 to 1.</param>
    /// <param name="contrast">The largest change of the factor, 0 to 1.</param>
    /// <param name="saturation">The largest change of the factor, 0 to 1.</param>
    /// <param name="hue">The largest turn either way, in turns, 0 to 0.5.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public ColorJitter(double brightness = 0.2, double contrast = 0.2, double saturation = 0.2, double hue = 0.02)
    {
        Check(brightness, 1, nameof(brightness));
        Check(contrast, 1, nameof(contrast));
        Check(saturation, 1, nameof(saturation));
        Check(hue, 0.5, nameof(hue));
        (_brightness, _contrast, _saturation, _hue) = (brightness, contrast, saturation, hue);
    }

    static void Check(double value, double most, string name)
    {
        if (!(value >= 0 && value <= most))
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant(
                $"The {name} of ColorJitter is 0 to {most}."));
    }

    /// <inheritdoc/>
    public void Apply(Span<float> sample, Shape shape, ulong key)
    {
        var draws = new Draws(key);
        Pixels.Stretch(sample, 0, (float)(1 + _brightness * draws.Signed()));
        Pixels.Stretch(sample, Pixels.Mean(sample), (float)(1 + _contrast * draws.Signed()));
        if (shape[2] == 3)
            Turn(sample, 1 + _saturation * draws.Signed(), _hue * draws.Signed() * 2 * Math.PI);
    }

    static void Turn(Span<float> sample, double saturation, double angle)
    {
        float cos = (float)(saturation * PortableMath.Cos(angle)), sin = (float)(saturation * PortableMath.Sin(angle));
        for (int at = 0; at < sample.Length; at += 3)
        {
            float red = sample[at], green = sample[at + 1], blue = sample[at + 2];
            float y = 0.299f * red + 0.587f * green + 0.114f * blue;
            float i = 0.596f * red - 0.274f * green - 0.322f * blue, q = 0.211f * red - 0.523f * green + 0.312f * blue;
            (i, q) = (cos * i - sin * q, sin * i + cos * q);
            sample[at] = Math.Clamp(y + 0.956f * i + 0.621f * q, 0, 1);
            sample[at + 1] = Math.Clamp(y - 0.272f * i - 0.647f * q, 0, 1);
            sample[at + 2] = Math.Clamp(y - 1.106f * i + 1.703f * q, 0, 1);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("ColorJitter").Add("brightness", _brightness, 0.2)
        .Add("contrast", _contrast, 0.2).Add("saturation", _saturation, 0.2).Add("hue", _hue, 0.02).ToString();
}

/// <summary>
/// Makes a picture's light as different as ImageNet's pictures differ most: adds to each pixel the principal components
/// of ImageNet's colours, each times its deviation and a number of a normal distribution, the same for all pixels
/// (Krizhevsky et al. 2012, §4.1). Pictures in grey stay as they are.
/// </summary>
public sealed class PcaColor : ISampleTransform
{
    // Components of ImageNet's pixels from 0 to 1: a column each, and their deviations.
    static readonly double[][] Components =
        [[-0.5675, 0.7192, 0.4009], [-0.5808, -0.0045, -0.8140], [-0.5836, -0.6948, 0.4203]];

    static readonly double[] Deviations = [0.2175, 0.0188, 0.0045];

    readonly double _deviation;

    /// <summary>A change of light.</summary>
    /// <param name="deviation">The deviation of the numbers drawn, above 0; 0.1 as published.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0, or not finite.</exception>
    public PcaColor(double deviation = 0.1)
    {
        if (!(deviation > 0 && double.IsFinite(deviation)))
            throw new ArgumentOutOfRangeException(nameof(deviation), deviation, "A deviation is above 0.");
        _deviation = deviation;
    }

    /// <inheritdoc/>
    public void Apply(Span<float> sample, Shape shape, ulong key)
    {
        if (shape[2] != 3)
            return;
        Philox random = new Draws(key).Rest;
        Span<float> added = stackalloc float[3];
        for (int c = 0; c < 3; c++)
            for (int k = 0; k < 3; k++)
                added[c] += (float)(Components[c][k] * Deviations[k] * _deviation * random.Normal(k));
        for (int at = 0; at < sample.Length; at++)
            sample[at] += added[at % 3];
    }

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("PcaColor").Add("deviation", _deviation, 0.1).ToString();
}
