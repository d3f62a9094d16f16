using System.Numerics;
using Hondo.Tensors;

namespace Hondo.Initializers;

/// <summary>0 everywhere. Right for biases; weights that start equal stay equal and learn as one.</summary>
public sealed class Zeros : IInitializer
{
    /// <inheritdoc/>
    public void Fill<T>(Span<T> values, Shape shape, ulong seed, ulong stream)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => values.Clear();

    /// <inheritdoc/>
    public override string ToString() => "Zeros()";
}
