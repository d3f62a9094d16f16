using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// Continuously differentiable ELU   y = x for x &gt; 0, else α(e^(x/α) − 1)   (Barron 2017,
/// arXiv:1704.07483)
/// </summary>
/// <param name="alpha">α: the value far below 0 is −α.</param>
public sealed class Celu(double alpha = 1) : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.Celu(alpha);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Celu").Add("alpha", alpha, 1).ToString();
}
