using Hondo.Initializers;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// Leaky ReLU whose slope is learned   y = x for x &gt; 0, else a · x   (He et al. 2015, arXiv:1502.01852). One slope
/// for
/// all, or one for each channel (the last axis).
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
    protected internal override void Parts(Parts parts) => parts.Add(Slope);

    /// <inheritdoc/>
    public override string ToString() =>
        new CallWriter("PRelu").Add("channels", _channels, 1).Add("slope", _slope, 0.25).ToString();
}
