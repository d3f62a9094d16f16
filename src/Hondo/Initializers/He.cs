using System.Numerics;
using Hondo.Tensors;

namespace Hondo.Initializers;

/// <summary>
/// He: normal with σ = gain / √fan, so that activations keep their variance through layers with ReLU (He et al. 2015,
/// arXiv:1502.01852). Gain 1 is LeCun's rule (1998), for SELU.
/// </summary>
/// <param name="gain">The activation's gain (see <see cref="Gain"/>), above 0; √2 for ReLU.</param>
/// <param name="fan">Whether activations or gradients are kept in balance.</param>
public sealed class HeNormal(double gain = Gain.Relu, Fan fan = Fan.In) : He(gain, fan, isNormal: true);

/// <summary>
/// He: evenly from ±gain · √(3 / fan), so that activations keep their variance through layers with ReLU (He et al.
/// 2015, arXiv:1502.01852). Gain 1 is LeCun's rule (1998), for SELU.
/// </summary>
/// <param name="gain">The activation's gain (see <see cref="Gain"/>), above 0; √2 for ReLU.</param>
/// <param name="fan">Whether activations or gradients are kept in balance.</param>
public sealed class HeUniform(double gain = Gain.Relu, Fan fan = Fan.In) : He(gain, fan, isNormal: false);

/// <summary>What both of He's rules have in common: σ = gain / √fan.</summary>
public abstract class He : IInitializer
{
    readonly double _gain;
    readonly Fan _fan;
    readonly bool _isNormal;

    private protected He(double gain, Fan fan, bool isNormal)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(gain);
        (_gain, _fan, _isNormal) = (gain, fan, isNormal);
    }

    /// <inheritdoc/>
    public void Fill<T>(Span<T> values, Shape shape, ulong seed, ulong stream)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Drawing.Spread(values, _isNormal, _gain / Math.Sqrt(FanOf.Axes(shape, _fan)), seed, stream);

    /// <inheritdoc/>
    public override string ToString() =>
        new CallWriter(GetType().Name).Add("gain", _gain, Gain.Relu).Add("fan", _fan, Fan.In).ToString();
}
