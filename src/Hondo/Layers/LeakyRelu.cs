using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>Leaky ReLU   y = x for x &gt; 0, else slope · x: units cannot die   (Maas et al. 2013)</summary>
/// <param name="slope">The slope below 0.</param>
public sealed class LeakyRelu(double slope = 0.01) : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.LeakyRelu(slope);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("LeakyRelu").Add("slope", slope, 0.01).ToString();
}
