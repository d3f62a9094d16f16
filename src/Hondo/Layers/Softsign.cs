using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>y = x / (1 + |x|): like tanh, with slower tails</summary>
public sealed class Softsign : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.Softsign();

    /// <inheritdoc/>
    public override string ToString() => "Softsign()";
}
