using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// Rectified linear unit   y = max(0, x)   (Nair and Hinton 2010): the usual choice in hidden layers.
/// </summary>
public sealed class Relu : Layer, IFuses
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.Relu();

    bool IFuses.CanTake(Layer next) => next is MaxPool2d;

    // Images that do not fit are the pooling's to refuse, under its own name.
    Tensor IFuses.Run(Tensor x, Layer next) => next is MaxPool2d pool && pool.Windows.Fit(x.Shape)
        ? x.ReluMaxPool(pool.Windows.Vertical, pool.Windows.Horizontal)
        : next.Forward(x.Relu());

    /// <inheritdoc/>
    public override string ToString() => "Relu()";
}
