using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>y = ln σ(x) = −ln(1 + e⁻ˣ), without overflow</summary>
public sealed class LogSigmoid : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.LogSigmoid();

    /// <inheritdoc/>
    public override string ToString() => "LogSigmoid()";
}
