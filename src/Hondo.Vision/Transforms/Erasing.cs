using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>
/// Hides a square with the picture's mean; its middle may lie anywhere, so that part of it may lie outside (DeVries,
/// Taylor 2017, arXiv:1708.04552).
/// </summary>
public sealed class Cutout : ISampleTransform
{
    readonly int _size;

    /// <summary>A hidden square.</summary>
    /// <param name="size">Its side in pixels, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public Cutout(int size)
    {
        if (size < 1)
            throw new ArgumentOutOfRangeException(nameof(size), size, "A square has a side of 1 pixel or more.");
        _size = size;
    }

    /// <inheritdoc/>
    public void Apply(Span<float> sample, Shape shape, ulong key)
    {
        int height = shape[0], width = shape[1], channels = shape[2];
        var draws = new Draws(key);
        int top = draws.Whole(0, height - 1) - _size / 2, left = draws.Whole(0, width - 1) - _size / 2;
        for (int c = 0; c < channels; c++)
        {
            float mean = Pixels.Mean(sample, c, channels);
            for (int y = Math.Max(0, top); y < Math.Min(height, top + _size); y++)
                for (int x = Math.Max(0, left); x < Math.Min(width, left + _size); x++)
                    sample[(y * width + x) * channels + c] = mean;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"Cutout({_size})";
}

/// <summary>Fills a rectangle of random size, shape and place with noise (Zhong et al. 2017, arXiv:1708.04896).
/// </summary>
public sealed class Erase : ISampleTransform
{
    const double MostAspect = 3;

    readonly double _probability, _mostArea;

    /// <summary>Random erasing.</summary>
    /// <param name="probability">How often, above 0 to 1.</param>
    /// <param name="mostArea">The largest share of the area, above 0 to 1; the least is a tenth of it.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public Erase(double probability = 0.5, double mostArea = 0.25)
    {
        Probability.Check(probability);
        Probability.Check(mostArea);
        (_probability, _mostArea) = (probability, mostArea);
    }

    /// <inheritdoc/>
    public void Apply(Span<float> sample, Shape shape, ulong key)
    {
        var draws = new Draws(key);
        if (!draws.Chance(_probability))
            return;
        int height = shape[0], width = shape[1], channels = shape[2];
        double side = Math.Sqrt(draws.Between(0.1, 1) * _mostArea), stretch = Math.Sqrt(draws.Factor(MostAspect));
        int high = Math.Clamp((int)(side * stretch * height + 0.5), 1, height);
        int wide = Math.Clamp((int)(side / stretch * width + 0.5), 1, width);
        int top = draws.Whole(0, height - high), left = draws.Whole(0, width - wide);
        Philox noise = draws.Rest;
        for (int y = top; y < top + high; y++)
            for (int i = (y * width + left) * channels; i < (y * width + left + wide) * channels; i++)
                sample[i] = (float)noise.Uniform(i);
    }

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Erase").Add("probability", _probability, 0.5)
        .Add("mostArea", _mostArea, 0.25).ToString();
}
