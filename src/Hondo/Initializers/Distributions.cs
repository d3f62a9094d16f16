using System.Numerics;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Initializers;

/// <summary>One number everywhere.</summary>
/// <param name="value">The number.</param>
public sealed class Constant(double value) : IInitializer
{
    /// <inheritdoc/>
    public void Fill<T>(Span<T> values, Shape shape, ulong seed, ulong stream)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => values.Fill(T.CreateTruncating(value));

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Constant").Add(value).ToString();
}

/// <summary>0 everywhere. Right for biases; weights that start equal stay equal and learn as one.</summary>
public sealed class Zeros : IInitializer
{
    /// <inheritdoc/>
    public void Fill<T>(Span<T> values, Shape shape, ulong seed, ulong stream)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => values.Clear();

    /// <inheritdoc/>
    public override string ToString() => "Zeros()";
}

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

/// <summary>
/// Draws from distributions, element by element from Philox, in float64: a Float64 parameter holds the same numbers as
/// a Float32 one, with more digits.
/// </summary>
static class Drawing
{
    /// <summary>Numbers around 0 of one deviation, of the normal distribution or the even one.</summary>
    public static void Spread<T>(Span<T> values, bool isNormal, double deviation, ulong seed, ulong stream)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double bound = deviation * Math.Sqrt(3);
        if (isNormal)
            Normal(values, 0, deviation, seed, stream);
        else
            Uniform(values, -bound, bound, seed, stream);
    }

    /// <summary>Numbers evenly from [low, high).</summary>
    public static void Uniform<T>(Span<T> values, double low, double high, ulong seed, ulong stream)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Philox(seed, stream);
        for (int i = 0; i < values.Length; i++)
            values[i] = T.CreateTruncating(low + ((high - low) * random.Uniform(i)));
    }

    /// <summary>Numbers of the normal distribution.</summary>
    public static void Normal<T>(Span<T> values, double mean, double deviation, ulong seed, ulong stream)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Philox(seed, stream);
        for (int i = 0; i < values.Length; i++)
            values[i] = T.CreateTruncating(mean + (deviation * random.Normal(i)));
    }
}
