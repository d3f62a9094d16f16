using System.Numerics;
using Hondo.Tensors;

namespace Hondo.Initializers;

/// <summary>The even distribution over [low, high).</summary>
public sealed class Uniform : IInitializer
{
    readonly double _low, _high;

    /// <summary>An even distribution.</summary>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end, above the lower one.</param>
    /// <exception cref="ArgumentOutOfRangeException">The upper end is not above the lower one.</exception>
    public Uniform(double low = -0.05, double high = 0.05)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(high, low);
        (_low, _high) = (low, high);
    }

    /// <inheritdoc/>
    public void Fill<T>(Span<T> values, Shape shape, ulong seed, ulong stream)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Drawing.Uniform(values, _low, _high, seed, stream);

    /// <inheritdoc/>
    public override string ToString() =>
        new CallWriter("Uniform").Add("low", _low, -0.05).Add("high", _high, 0.05).ToString();
}
