using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>Sigmoid linear unit, or swish   y = x / (1 + e⁻ˣ)   (Elfwing et al. 2017, arXiv:1702.03118)</summary>
public sealed class Silu : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.Silu();

    /// <inheritdoc/>
    public override string ToString() => "Silu()";
}
