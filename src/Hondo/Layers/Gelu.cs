using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// Gaussian error linear unit   y = x · Φ(x), with the exact Φ by erf   (Hendrycks and Gimpel 2016, arXiv:1606.08415)
/// </summary>
public sealed class Gelu : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.Gelu();

    /// <inheritdoc/>
    public override string ToString() => "Gelu()";
}
