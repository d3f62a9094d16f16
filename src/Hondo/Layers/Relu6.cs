using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>y = max(0, x), at most 6   (Krizhevsky 2010)</summary>
public sealed class Relu6 : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.Relu6();

    /// <inheritdoc/>
    public override string ToString() => "Relu6()";
}
