using Hondo.Initializers;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// Adds a learned row to each step, so that attention knows the order      y = x + W[0 .. steps]
/// [batch, steps, features] → the same, W [length, features]   (Gehring et al. 2017, arXiv:1705.03122)
/// </summary>
public sealed class LearnedPositions : Layer, IKeyValueCached
{
    readonly int _length, _features;

    /// <summary>Learned positions.</summary>
    /// <param name="length">The most steps of a sequence.</param>
    /// <param name="features">Features of a step.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public LearnedPositions(int length, int features)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        (_length, _features) = (length, features);
        Weight = new([length, features], new Normal(deviation: 0.02));
    }

    /// <summary>The table, [length, features].</summary>
    public Parameter Weight { get; }

    /// <inheritdoc/>
    public KeyValueCache? Past { get; set; }

    /// <inheritdoc/>
    public KeyValueCache NewPast(int length) => new(Math.Min(length, _length), 0);

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x)
    {
        int steps = Positions.StepsOf(this, x, _features);
        if (steps > _length)
            throw new ShapeException($"{this} knows {_length} positions, but got {steps} steps, "
                + $"{AxisNames.Describe(x.Shape)}. Cut sequences to {_length} steps, make it LearnedPositions({steps}, "
                + $"{_features}) and train it, or take SinusoidalPositions({_features}), which have no end.");
        return Positions.Add(x, Weight, Past);
    }

    /// <inheritdoc/>
    protected internal override void Parts(Parts parts) => parts.Add(Weight);

    /// <inheritdoc/>
    public override string ToString() =>
        new CallWriter("LearnedPositions").Add(_length).Add(_features).ToString();
}
