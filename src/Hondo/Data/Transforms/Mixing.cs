using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>
/// Mixes the samples of a batch with each other, and the shares of their classes with them. It may keep no state, and
/// equal keys must give equal results.
/// </summary>
public interface IBatchMix
{
    /// <summary>Mixes a batch in place.</summary>
    /// <param name="inputs">The samples, one after the other.</param>
    /// <param name="targets">The share of each class in each sample, <c>[batch, classes]</c>.</param>
    /// <param name="sample">The shape of a sample.</param>
    /// <param name="key">Where the randomness comes from: another for each (seed, epoch, batch).</param>
    void Apply(Span<float> inputs, Span<float> targets, Shape sample, ulong key);
}

/// <summary>
/// Blends each sample with another one of the batch: x = λ·a + (1 − λ)·b, and so their classes; λ of Beta(α, α) (Zhang
/// et al. 2018, arXiv:1710.09412).
/// </summary>
public sealed class Mixup : IBatchMix
{
    readonly double _alpha;

    /// <summary>A blend.</summary>
    /// <param name="alpha">α, above 0: near 0 hardly blends, 1 blends by any share.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0, or above 100.</exception>
    public Mixup(double alpha = 0.2)
    {
        if (!(alpha is > 0 and <= 100))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "The alpha of mixup is above 0 to 100.");
        _alpha = alpha;
    }

    /// <inheritdoc/>
    public void Apply(Span<float> inputs, Span<float> targets, Shape sample, ulong key)
    {
        float share = (float)new Draws(key).Beta(_alpha);
        int count = inputs.Length / sample.Size;
        // A shuffled batch backwards is another shuffled batch: each sample and its partner are mixed in one go.
        for (int i = 0; i < count / 2; i++)
        {
            Blend(inputs, i, count - 1 - i, sample.Size, share);
            Blend(targets, i, count - 1 - i, targets.Length / count, share);
        }
    }

    /// <summary>Mixes the numbers of two rows.</summary>
    internal static void Blend(Span<float> rows, int i, int j, int size, float share)
    {
        Span<float> first = rows.Slice(i * size, size), second = rows.Slice(j * size, size);
        for (int k = 0; k < size; k++)
        {
            float a = first[k], b = second[k];
            (first[k], second[k]) = (share * a + (1 - share) * b, share * b + (1 - share) * a);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Mixup").Add("alpha", _alpha, 0.2).ToString();
}

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
