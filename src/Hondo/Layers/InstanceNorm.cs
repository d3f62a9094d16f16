using Hondo.Initializers;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// y = γ·(x − μ) / √(σ² + ε) + β, each sample and channel by its own mean and variance
/// [batch, .., channels] → the same      (Ulyanov et al. 2016, arXiv:1607.08022)
/// </summary>
public sealed class InstanceNorm : Layer
{
    readonly int _channels;
    readonly double _epsilon;

    /// <summary>A norm layer.</summary>
    /// <param name="channels">Length of the last axis, from 1.</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public InstanceNorm(int channels, double epsilon = 1e-5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        (_channels, _epsilon) = (channels, Norms.Positive(epsilon));
        Scale = new([channels], new Constant(1));
        Shift = new([channels], Initial.Zeros);
    }

    /// <summary>γ, [channels].</summary>
    public Parameter Scale { get; }

    /// <summary>β, [channels].</summary>
    public Parameter Shift { get; }

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) =>
        Norms.Checked(this, x, _channels).GroupNorm(_channels, Scale, Shift, _epsilon);

    /// <inheritdoc/>
    protected internal override void Parts(Parts parts) => parts.Add(Scale).Add(Shift);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("InstanceNorm").Add(_channels)
        .Add("epsilon", _epsilon, 1e-5).ToString();
}
