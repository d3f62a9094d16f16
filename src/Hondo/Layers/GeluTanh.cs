using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// GELU by its tanh formula   y = ½x(1 + tanh(√(2/π)(x + 0.044715 x³))), which many published models use
/// (Hendrycks and Gimpel 2016, arXiv:1606.08415)
/// </summary>
public sealed class GeluTanh : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.GeluTanh();

    /// <inheritdoc/>
    public override string ToString() => "GeluTanh()";
}
