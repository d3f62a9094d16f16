using Hondo.Initializers;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// Logistic function   y = 1 / (1 + e⁻ˣ). Its derivative is at most ¼: in hidden layers prefer <see cref="Relu"/>.
/// </summary>
public sealed class Sigmoid : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.Sigmoid();
}

/// <summary>y = x/6 + ½ held within 0 and 1: a sigmoid of three straight lines</summary>
public sealed class HardSigmoid : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.HardSigmoid();
}

/// <summary>y = ln σ(x) = −ln(1 + e⁻ˣ), without overflow</summary>
public sealed class LogSigmoid : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.LogSigmoid();
}

/// <summary>Hyperbolic tangent   y = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ), centred on zero; its derivative is at most 1.</summary>
public sealed class Tanh : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.Tanh();
}

/// <summary>y = x / (1 + |x|): like tanh, with slower tails</summary>
public sealed class Softsign : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.Softsign();
}

/// <summary>
/// Shares   yᵢ = e^xᵢ / Σ e^xⱼ along an axis: positive, summing to 1. Not before cross-entropy, which holds it already.
/// </summary>
/// <param name="axis">The axis; −1 is the last.</param>
public sealed class Softmax(int axis = -1) : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.Softmax(axis);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Softmax").Add("axis", axis, -1).ToString();
}

/// <summary>Logarithms of shares   yᵢ = xᵢ − ln Σ e^xⱼ along an axis, without overflow.</summary>
/// <param name="axis">The axis; −1 is the last.</param>
public sealed class LogSoftmax(int axis = -1) : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.LogSoftmax(axis);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("LogSoftmax").Add("axis", axis, -1).ToString();
}

/// <summary>
/// Leaky ReLU whose slope is learned   y = x for x &gt; 0, else a · x   (He et al. 2015, arXiv:1502.01852). One slope
/// for all, or one for each channel (the last axis).
/// </summary>
public sealed class PRelu : Layer
{
    readonly int _channels;
    readonly double _slope;

    /// <summary>A learned slope.</summary>
    /// <param name="channels">How many slopes: 1, or the length of the input's last axis.</param>
    /// <param name="slope">Where they start.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 1 channels.</exception>
    public PRelu(int channels = 1, double slope = 0.25)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        (_channels, _slope) = (channels, slope);
        Slope = new([channels], new Constant(slope));
    }

    /// <summary>a, [channels].</summary>
    public Parameter Slope { get; }

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => _channels == 1 || (x.Shape.Rank > 0 && x.Shape[^1] == _channels)
        ? x.PRelu(Slope)
        : throw new ShapeException($"{this} needs {_channels} channels on the last axis, but got "
            + $"{AxisNames.Describe(x.Shape)}. Make it PRelu() to learn one slope for all.");

    /// <inheritdoc/>
    protected internal override void Parts(Parts parts) => parts.Add(Slope, "weight");

    /// <inheritdoc/>
    public override string ToString() =>
        new CallWriter("PRelu").Add("channels", _channels, 1).Add("slope", _slope, 0.25).ToString();
}
