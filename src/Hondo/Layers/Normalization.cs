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
    protected internal override void Parts(Parts parts) => parts.Add(Scale, "weight").Add(Shift, "bias");

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("LayerNorm").Add(_features)
        .Add("epsilon", _epsilon, 1e-5).Add("affine", Scale is not null, true).ToString();
}

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
    protected internal override void Parts(Parts parts) => parts.Add(Scale, "weight");

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("RmsNorm").Add(_features)
        .Add("epsilon", _epsilon, 1e-6).ToString();
}

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
    protected internal override void Parts(Parts parts) => parts.Add(Scale, "weight").Add(Shift, "bias");

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("GroupNorm").Add(_groups).Add(_channels)
        .Add("epsilon", _epsilon, 1e-5).ToString();
}

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
    protected internal override void Parts(Parts parts) => parts.Add(Scale, "weight").Add(Shift, "bias");

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("InstanceNorm").Add(_channels)
        .Add("epsilon", _epsilon, 1e-5).ToString();
}

/// <summary>What norm layers ask of their arguments and inputs.</summary>
static class Norms
{
    public static double Positive(double epsilon) => epsilon > 0 && double.IsFinite(epsilon) ? epsilon
        : throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon,
            "A norm's epsilon keeps numbers that never change from being divided by 0: give it a little more "
            + "than 0, e.g. 0.00001.");

    /// <summary>The input, when its last axis has the layer's length.</summary>
    public static Tensor Checked(Layer layer, Tensor x, int channels) =>
        x.Shape.Rank > 1 && x.Shape[^1] == channels ? x
        : throw new ShapeException($"{layer} needs {channels} channels along the last axis, but got "
            + $"{AxisNames.Describe(x.Shape)}. {Mend(layer, x.Shape)}");

    static string Mend(Layer layer, Shape shape) => shape.Rank > 1
        ? $"Make it {layer.GetType().Name}({shape[^1]}), or change the layer before it."
        : "Give it a batch axis and a last axis of channels.";
}
