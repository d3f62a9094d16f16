using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// y = shortcut(x) + body(x), where the shortcut is x itself when left out   (He et al. 2015, arXiv:1512.03385)
/// </summary>
/// <param name="body">f.</param>
/// <param name="shortcut">What brings x to the shape of f(x), e.g. a <see cref="Linear"/>.</param>
public sealed class Residual(Layer body, Layer? shortcut = null) : Layer, IFuses
{
    internal Layer Body => body;

    internal Layer? Shortcut => shortcut;

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x)
    {
        Tensor around = Around(x), y = body.Forward(x);
        Require(around, y);
        return around + y;
    }

    bool IFuses.CanTake(Layer next) => next is Relu && body is Sequential layers && layers[^1] is BatchNorm;

    Tensor IFuses.Run(Tensor x, Layer next)
    {
        var layers = (Sequential)body;
        Tensor around = Around(x), y = layers.RunFirst(layers.Count - 1, x);
        Require(around, y);
        return ((BatchNorm)layers[^1]).RunAddRelu(y, around);
    }

    Tensor Around(Tensor x) => shortcut is null ? x : shortcut.Forward(x);

    void Require(Tensor around, Tensor y)
    {
        if (around.Shape != y.Shape)
            throw new ShapeException(
                $"{this} adds {AxisNames.Describe(around.Shape)} to {AxisNames.Describe(y.Shape)}: give it "
                + "a shortcut that brings the input to the body's output shape.");
    }

    /// <inheritdoc/>
    protected internal override void Parts(Parts parts) => parts.Add(body).Add(shortcut);

    /// <inheritdoc/>
    public override string ToString() =>
        new CallWriter("Residual").Add(body).Add("shortcut", shortcut, null).ToString();
}
