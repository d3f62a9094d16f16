using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// Scaled ELU   y = λx for x &gt; 0, else λα(eˣ − 1), with the λ, α that keep mean 0 and variance 1 through layers with
/// LeCun's initialization   (Klambauer et al. 2017, arXiv:1706.02515)
/// </summary>
public sealed class Selu : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.Selu();

    /// <inheritdoc/>
    public override string ToString() => "Selu()";
}
