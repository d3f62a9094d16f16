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
/// Puts a rectangle of another picture of the batch into each picture; the classes share by area. The area kept is of
/// Beta(α, α) (Yun et al. 2019, arXiv:1905.04899).
/// </summary>
public sealed class CutMix : IBatchMix
{
    readonly double _alpha;

    /// <summary>A mix of rectangles.</summary>
    /// <param name="alpha">α, above 0: near 0 hardly mixes, 1 takes any area.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0, or above 100.</exception>
    public CutMix(double alpha = 1)
    {
        if (!(alpha is > 0 and <= 100))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "The alpha of CutMix is above 0 to 100.");
        _alpha = alpha;
    }

    /// <inheritdoc/>
    public void Apply(Span<float> inputs, Span<float> targets, Shape sample, ulong key)
    {
        var draws = new Draws(key);
        int height = sample[0], width = sample[1], channels = sample[2], count = inputs.Length / sample.Size;
        double side = Math.Sqrt(1 - draws.Beta(_alpha));
        int high = (int)(side * height), wide = (int)(side * width);
        int middleY = draws.Whole(0, height - 1), middleX = draws.Whole(0, width - 1);
        int top = Math.Max(0, middleY - high / 2), bottom = Math.Min(height, middleY - high / 2 + high);
        int left = Math.Max(0, middleX - wide / 2), right = Math.Min(width, middleX - wide / 2 + wide);
        float kept = 1 - (float)((bottom - top) * (right - left)) / (height * width);
        for (int i = 0; i < count / 2; i++)
        {
            Span<float> first = inputs.Slice(i * sample.Size, sample.Size);
            Span<float> second = inputs.Slice((count - 1 - i) * sample.Size, sample.Size);
            for (int y = top; y < bottom; y++)
                for (int at = (y * width + left) * channels; at < (y * width + right) * channels; at++)
                    (first[at], second[at]) = (second[at], first[at]);
            Mixup.Blend(targets, i, count - 1 - i, targets.Length / count, kept);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("CutMix").Add("alpha", _alpha, 1).ToString();
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
