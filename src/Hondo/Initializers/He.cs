using System.Numerics;
using Hondo.Tensors;

namespace Hondo.Initializers;

/// <summary>
/// He: normal with σ = gain / √fan, so that activations keep their variance through layers with ReLU (He et al. 2015,
/// arXiv:1502.01852). Gain 1 is LeCun's rule (1998), for SELU.
/// </summary>
public sealed class HeNormal : IInitializer
{
    readonly double _gain;
    readonly Fan _fan;

    /// <summary>He's rule.</summary>
    /// <param name="gain">The activation's gain (see <see cref="Gain"/>), above 0; √2 for ReLU.</param>
    /// <param name="fan">Whether activations or gradients are kept in balance.</param>
    public HeNormal(double gain = Gain.Relu, Fan fan = Fan.In)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(gain);
        (_gain, _fan) = (gain, fan);
    }

    /// <inheritdoc/>
    public void Fill<T>(Span<T> values, Shape shape, ulong seed, ulong stream)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Drawing.Normal(values, 0, Deviation(shape), seed, stream);
    }

    double Deviation(Shape shape) => _gain / Math.Sqrt(FanOf.Axes(shape, _fan));

    /// <inheritdoc/>
    public override string ToString() =>
        new CallWriter("HeNormal").Add("gain", _gain, Gain.Relu).Add("fan", _fan, Fan.In).ToString();
}

/// <summary>
/// He: evenly from ±gain · √(3 / fan), so that activations keep their variance through layers with ReLU (He et al.
/// 2015, arXiv:1502.01852). Gain 1 is LeCun's rule (1998), for SELU.
/// </summary>
public sealed class HeUniform : IInitializer
{
    readonly double _gain;
    readonly Fan _fan;

    /// <summary>He's rule.</summary>
    /// <param name="gain">The activation's gain (see <see cref="Gain"/>), above 0; √2 for ReLU.</param>
    /// <param name="fan">Whether activations or gradients are kept in balance.</param>
    public HeUniform(double gain = Gain.Relu, Fan fan = Fan.In)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(gain);
        (_gain, _fan) = (gain, fan);
    }

    /// <inheritdoc/>
    public void Fill<T>(Span<T> values, Shape shape, ulong seed, ulong stream)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double bound = Deviation(shape) * Math.Sqrt(3);
        Drawing.Uniform(values, -bound, bound, seed, stream);
    }

    double Deviation(Shape shape) => _gain / Math.Sqrt(FanOf.Axes(shape, _fan));

    /// <inheritdoc/>
    public override string ToString() =>
        new CallWriter("HeUniform").Add("gain", _gain, Gain.Relu).Add("fan", _fan, Fan.In).ToString();
}
