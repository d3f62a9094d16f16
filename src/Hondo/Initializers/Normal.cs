using System.Numerics;
using Hondo.Tensors;

namespace Hondo.Initializers;

/// <summary>The normal distribution.</summary>
public sealed class Normal : IInitializer
{
    readonly double _mean, _deviation;

    /// <summary>A normal distribution.</summary>
    /// <param name="mean">μ.</param>
    /// <param name="deviation">σ, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">σ is negative.</exception>
    public Normal(double mean = 0, double deviation = 0.01)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(deviation);
        (_mean, _deviation) = (mean, deviation);
    }

    /// <inheritdoc/>
    public void Fill<T>(Span<T> values, Shape shape, ulong seed, ulong stream)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Drawing.Normal(values, _mean, _deviation, seed, stream);

    /// <inheritdoc/>
    public override string ToString() =>
        new CallWriter("Normal").Add("mean", _mean, 0).Add("deviation", _deviation, 0.01).ToString();
}
