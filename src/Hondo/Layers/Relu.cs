using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// Rectified linear unit   y = max(0, x)   (Nair and Hinton 2010): the usual choice in hidden layers.
/// </summary>
public sealed class Relu : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.Relu();

    /// <inheritdoc/>
    public override string ToString() => "Relu()";
}
