using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>Turns a picture upside down, as in water.</summary>
public sealed class VerticalFlip : ISampleTransform, IWarp
{
    readonly double _probability;

    /// <summary>A flip.</summary>
    /// <param name="probability">How often, above 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 1.</exception>
    public VerticalFlip(double probability = 0.5)
    {
        Probability.Check(probability);
        _probability = probability;
    }

    /// <inheritdoc/>
    public void Apply(Span<float> sample, Shape shape, ulong key) => Warp.Apply(this, sample, shape, key);

    Affine IWarp.Draw(ref Draws draws, int height, int width) =>
        draws.Chance(_probability) ? Affine.Identity with { E = -1 } : Affine.Identity;

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("VerticalFlip")
        .Add("probability", _probability, 0.5).ToString();
}
