using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// Exponential linear unit   y = x for x &gt; 0, else α(eˣ − 1)   (Clevert et al. 2015, arXiv:1511.07289)
/// </summary>
/// <param name="alpha">α: the value far below 0 is −α.</param>
public sealed class Elu(double alpha = 1) : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.Elu(alpha);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Elu").Add("alpha", alpha, 1).ToString();
}
