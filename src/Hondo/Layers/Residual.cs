using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// y = shortcut(x) + body(x), where the shortcut is x itself when left out   (He et al. 2015, arXiv:1512.03385)
/// </summary>
/// <param name="body">f.</param>
/// <param name="shortcut">What brings x to the shape of f(x), e.g. a <see cref="Linear"/>.</param>
public sealed class Residual(Layer body, Layer? shortcut = null) : Layer
{
    internal Layer Body => body;

    internal Layer? Shortcut => shortcut;

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x)
    {
        Tensor around = shortcut is null ? x : shortcut.Forward(x), y = body.Forward(x);
        if (around.Shape != y.Shape)
            throw new ShapeException(
                $"{this} adds {AxisNames.Describe(around.Shape)} to {AxisNames.Describe(y.Shape)}: give it "
                + "a shortcut that brings the input to the body's output shape.");
        return around + y;
    }

    /// <inheritdoc/>
    protected internal override void Parts(Parts parts) => parts.Add(body).Add(shortcut);

    /// <inheritdoc/>
    public override string ToString() =>
        new CallWriter("Residual").Add(body).Add("shortcut", shortcut, null).ToString();
}
