using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>y = x tanh(ln(1 + eˣ))   (Misra 2019, arXiv:1908.08681)</summary>
public sealed class Mish : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.Mish();

    /// <inheritdoc/>
    public override string ToString() => "Mish()";
}
