using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>y = x · hard sigmoid(x)   (Howard et al. 2019, arXiv:1905.02244)</summary>
public sealed class HardSwish : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.HardSwish();

    /// <inheritdoc/>
    public override string ToString() => "HardSwish()";
}
