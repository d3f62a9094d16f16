using System.Numerics;
using Hondo.Tensors;

namespace Hondo.Initializers;

/// <summary>
/// Xavier: normal with σ = gain · √(2 / (fan-in + fan-out)), a balance of activations and gradients for sigmoid and
/// tanh (Glorot and Bengio 2010).
/// </summary>
/// <param name="gain">The activation's gain (see <see cref="Gain"/>), above 0.</param>
public sealed class XavierNormal(double gain = Gain.Linear) : Xavier(gain, isNormal: true);

/// <summary>
/// Xavier: evenly from ±gain · √(6 / (fan-in + fan-out)), a balance of activations and gradients for sigmoid and tanh
/// (Glorot and Bengio 2010).
/// </summary>
/// <param name="gain">The activation's gain (see <see cref="Gain"/>), above 0.</param>
public sealed class XavierUniform(double gain = Gain.Linear) : Xavier(gain, isNormal: false);

/// <summary>What both of Xavier's rules have in common: σ = gain · √(2 / (fan-in + fan-out)).</summary>
public abstract class Xavier : IInitializer
{
    readonly double _gain;
    readonly bool _isNormal;

    private protected Xavier(double gain, bool isNormal)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(gain);
        (_gain, _isNormal) = (gain, isNormal);
    }

    /// <inheritdoc/>
    public void Fill<T>(Span<T> values, Shape shape, ulong seed, ulong stream)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int fanIn, int fanOut) = FanOf.Axes(shape);
        Drawing.Spread(values, _isNormal, _gain * Math.Sqrt(2.0 / (fanIn + fanOut)), seed, stream);
    }

    /// <inheritdoc/>
    public override string ToString() => new CallWriter(GetType().Name).Add("gain", _gain, Gain.Linear).ToString();
}
