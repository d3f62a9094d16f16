using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>All axes but the first become one      [batch, a, b, ..] → [batch, a·b·..]</summary>
public sealed class Flatten : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x)
    {
        if (x.Shape.Rank == 0)
            throw new ShapeException("Flatten() needs a batch axis, but got a scalar [].");
        return x.Shape.Rank == 2 ? x : x.Reshape([x.Shape[0], x.Shape.SizeAfter(0)]);
    }

    /// <inheritdoc/>
    public override string ToString() => "Flatten()";
}
