using System.Numerics;

namespace Hondo.Tensors;

/// <summary>Draws a parameter's first numbers, as a pure function of a seed and the parameter's name.</summary>
public interface IInitializer
{
    /// <summary>Fills the numbers of a parameter.</summary>
    /// <param name="values">What to fill.</param>
    /// <param name="shape">The parameter's axes, from which fan-in and fan-out follow.</param>
    /// <param name="seed">The model's seed.</param>
    /// <param name="stream">The parameter's own stream: a hash of its name, so that no layer disturbs another.</param>
    void Fill<T>(Span<T> values, Shape shape, ulong seed, ulong stream)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>The initializer of a parameter that was made with given numbers: it keeps them.</summary>
sealed class GivenValues : IInitializer
{
    public static GivenValues Instance { get; } = new();

    public void Fill<T>(Span<T> values, Shape shape, ulong seed, ulong stream)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        throw new InvalidOperationException("This parameter was made with given values and cannot be drawn anew.");
}
