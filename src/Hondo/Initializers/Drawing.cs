using System.Numerics;
using Hondo.Kernels;

namespace Hondo.Initializers;

/// <summary>
/// Draws from distributions, element by element from Philox, in float64: a Float64 parameter holds the same numbers as
/// a Float32 one, with more digits.
/// </summary>
static class Drawing
{
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
