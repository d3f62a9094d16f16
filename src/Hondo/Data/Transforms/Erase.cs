using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Data;

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
