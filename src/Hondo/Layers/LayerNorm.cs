using Hondo.Initializers;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// y = γ·(x − μ) / √(σ² + ε) + β, each row by its own mean and variance      [.., features] → the same
/// The same in training and inference. (Ba et al. 2016, arXiv:1607.06450)
/// </summary>
public sealed class LayerNorm : Layer
{
    readonly int _features;
    readonly double _epsilon;

    /// <summary>A norm layer.</summary>
    /// <param name="features">Length of the last axis, from 1.</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <param name="affine">False leaves γ and β out.</param>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public LayerNorm(int features, double epsilon = 1e-5, bool affine = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        (_features, _epsilon) = (features, Norms.Positive(epsilon));
        Scale = affine ? new([features], new Constant(1)) : null;
        Shift = affine ? new([features], Initial.Zeros) : null;
    }

    /// <summary>γ, [features], or null.</summary>
    public Parameter? Scale { get; }

    /// <summary>β, [features], or null.</summary>
    public Parameter? Shift { get; }

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) =>
        Norms.Checked(this, x, _features).LayerNorm(Scale?.Value, Shift?.Value, 1, _epsilon);

    /// <inheritdoc/>
    protected internal override void Parts(Parts parts) => parts.Add(Scale).Add(Shift);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("LayerNorm").Add(_features)
        .Add("epsilon", _epsilon, 1e-5).Add("affine", Scale is not null, true).ToString();
}
