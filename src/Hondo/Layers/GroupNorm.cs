using Hondo.Initializers;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// y = γ·(x − μ) / √(σ² + ε) + β, each sample and group of channels by its own mean and variance
/// [batch, .., channels] → the same      (Wu and He 2018, arXiv:1803.08494)
/// </summary>
public sealed class GroupNorm : Layer
{
    readonly int _groups, _channels;
    readonly double _epsilon;

    /// <summary>A norm layer.</summary>
    /// <param name="groups">How many groups, a divisor of the channels.</param>
    /// <param name="channels">Length of the last axis, from 1.</param>
    /// <param name="epsilon">ε, above 0.</param>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public GroupNorm(int groups, int channels, double epsilon = 1e-5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        if (channels % groups != 0)
            throw new ArgumentException($"GroupNorm({groups}, {channels}): {groups} groups do not divide {channels} "
                + "channels.", nameof(groups));
        (_groups, _channels, _epsilon) = (groups, channels, Norms.Positive(epsilon));
        Scale = new([channels], new Constant(1));
        Shift = new([channels], Initial.Zeros);
    }

    /// <summary>γ, [channels].</summary>
    public Parameter Scale { get; }

    /// <summary>β, [channels].</summary>
    public Parameter Shift { get; }

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) =>
        Norms.Checked(this, x, _channels).GroupNorm(_groups, Scale, Shift, _epsilon);

    /// <inheritdoc/>
    protected internal override void Parts(Parts parts) => parts.Add(Scale).Add(Shift);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("GroupNorm").Add(_groups).Add(_channels)
        .Add("epsilon", _epsilon, 1e-5).ToString();
}
