using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>Smooth ReLU   y = ln(1 + e^(βx)) / β   (Dugas et al. 2001)</summary>
/// <param name="beta">β: how sharp the bend is.</param>
public sealed class Softplus(double beta = 1) : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.Softplus(beta);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Softplus").Add("beta", beta, 1).ToString();
}
