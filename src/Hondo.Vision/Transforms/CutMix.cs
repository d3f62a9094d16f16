using Hondo.Tensors;

namespace Hondo.Data;

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
