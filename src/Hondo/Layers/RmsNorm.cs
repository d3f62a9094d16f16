using Hondo.Initializers;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// y = γ·x / √(mean(x²) + ε), each row by itself      [.., features] → the same
/// (Zhang and Sennrich 2019, arXiv:1910.07467)
/// </summary>
public sealed class RmsNorm : Layer
{
    readonly int _features;
    readonly double _epsilon;

    /// <summary>A norm layer.</summary>
    /// <param name="features">Length of the last axis, from 1.</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public RmsNorm(int features, double epsilon = 1e-6)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        (_features, _epsilon) = (features, Norms.Positive(epsilon));
        Scale = new([features], new Constant(1));
    }

    /// <summary>γ, [features].</summary>
    public Parameter Scale { get; }

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => Norms.Checked(this, x, _features).RmsNorm(Scale, 1, _epsilon);

    /// <inheritdoc/>
    protected internal override void Parts(Parts parts) => parts.Add(Scale);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("RmsNorm").Add(_features)
        .Add("epsilon", _epsilon, 1e-6).ToString();
}
