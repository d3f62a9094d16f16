using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// Logistic function   y = 1 / (1 + e⁻ˣ). Its derivative is at most ¼: in hidden layers prefer <see cref="Relu"/>.
/// </summary>
public sealed class Sigmoid : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.Sigmoid();

    /// <inheritdoc/>
    public override string ToString() => "Sigmoid()";
}
