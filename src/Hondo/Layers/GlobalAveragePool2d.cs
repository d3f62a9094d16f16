using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// The mean of each channel over all pixels      [batch, height, width, channels] → [batch, channels]
/// (Lin et al. 2013, arXiv:1312.4400)
/// </summary>
public sealed class GlobalAveragePool2d : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) =>
        PoolInput.Images(this, x).AdaptiveAveragePool(1, 1).Reshape([x.Shape[0], x.Shape[3]]);

    /// <inheritdoc/>
    public override string ToString() => "GlobalAveragePool2d()";
}
