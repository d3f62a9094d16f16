using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>Hyperbolic tangent   y = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ), centred on zero; its derivative is at most 1.</summary>
public sealed class Tanh : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.Tanh();

    /// <inheritdoc/>
    public override string ToString() => "Tanh()";
}
