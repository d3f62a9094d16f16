using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>Logarithms of shares   yᵢ = xᵢ − ln Σ e^xⱼ along an axis, without overflow.</summary>
/// <param name="axis">The axis; −1 is the last.</param>
public sealed class LogSoftmax(int axis = -1) : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.LogSoftmax(axis);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("LogSoftmax").Add("axis", axis, -1).ToString();
}
