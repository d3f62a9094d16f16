using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// The largest number of each channel over all pixels      [batch, height, width, channels] → [batch, channels]
/// </summary>
public sealed class GlobalMaxPool2d : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) =>
        PoolInput.Images(this, x).AdaptiveMaxPool(1, 1).Reshape([x.Shape[0], x.Shape[3]]);

    /// <inheritdoc/>
    public override string ToString() => "GlobalMaxPool2d()";
}
