using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// Shares   yᵢ = e^xᵢ / Σ e^xⱼ along an axis: positive, summing to 1. Not before cross-entropy, which holds it already.
/// </summary>
/// <param name="axis">The axis; −1 is the last.</param>
public sealed class Softmax(int axis = -1) : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.Softmax(axis);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Softmax").Add("axis", axis, -1).ToString();
}
