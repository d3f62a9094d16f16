using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// y = scale · x + offset, both fixed. At the end of a regression it gives what is near 0 and 1 inside the network the
/// unit and size of the targets, so that the layers before it learn at the usual rates.
/// </summary>
/// <param name="scale">What each number is multiplied by: the deviation of the targets.</param>
/// <param name="offset">What is added: their mean.</param>
public sealed class Rescale(double scale, double offset = 0) : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x * scale + offset;

    /// <inheritdoc/>
    public override string ToString() =>
        new CallWriter("Rescale").Add(scale).Add("offset", offset, 0).ToString();
}
