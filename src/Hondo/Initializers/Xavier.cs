using System.Numerics;
using Hondo.Tensors;

namespace Hondo.Initializers;

/// <summary>
/// Xavier: normal with σ = gain · √(2 / (fan-in + fan-out)), a balance of activations and gradients for sigmoid and
/// tanh (Glorot and Bengio 2010).
/// </summary>
public sealed class XavierNormal : IInitializer
{
    readonly double _gain;

    /// <summary>Xavier's rule.</summary>
    /// <param name="gain">The activation's gain (see <see cref="Gain"/>), above 0.</param>
    public XavierNormal(double gain = Gain.Linear)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(gain);
        _gain = gain;
    }

    /// <inheritdoc/>
    public void Fill<T>(Span<T> values, Shape shape, ulong seed, ulong stream)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Drawing.Normal(values, 0, Deviation(shape), seed, stream);
    }

    double Deviation(Shape shape)
    {
        (int fanIn, int fanOut) = FanOf.Axes(shape);
        return _gain * Math.Sqrt(2.0 / (fanIn + fanOut));
    }

    /// <inheritdoc/>
    public override string ToString() =>
        new CallWriter("XavierNormal").Add("gain", _gain, Gain.Linear).ToString();
}

/// <summary>
/// Xavier: evenly from ±gain · √(6 / (fan-in + fan-out)), a balance of activations and gradients for sigmoid and tanh
/// (Glorot and Bengio 2010).
/// </summary>
public sealed class XavierUniform : IInitializer
{
    readonly double _gain;

    /// <summary>Xavier's rule.</summary>
    /// <param name="gain">The activation's gain (see <see cref="Gain"/>), above 0.</param>
    public XavierUniform(double gain = Gain.Linear)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(gain);
        _gain = gain;
    }

    /// <inheritdoc/>
    public void Fill<T>(Span<T> values, Shape shape, ulong seed, ulong stream)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double bound = Deviation(shape) * Math.Sqrt(3);
        Drawing.Uniform(values, -bound, bound, seed, stream);
    }

    double Deviation(Shape shape)
    {
        (int fanIn, int fanOut) = FanOf.Axes(shape);
        return _gain * Math.Sqrt(2.0 / (fanIn + fanOut));
    }

    /// <inheritdoc/>
    public override string ToString() =>
        new CallWriter("XavierUniform").Add("gain", _gain, Gain.Linear).ToString();
}
