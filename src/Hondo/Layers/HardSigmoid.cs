using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>y = x/6 + ½ held within 0 and 1: a sigmoid of three straight lines</summary>
public sealed class HardSigmoid : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.HardSigmoid();

    /// <inheritdoc/>
    public override string ToString() => "HardSigmoid()";
}
