using System.Numerics;
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
