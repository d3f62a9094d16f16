using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>What norm layers ask of their arguments and inputs.</summary>
static class Norms
{
    public static double Positive(double epsilon) => epsilon > 0 && double.IsFinite(epsilon) ? epsilon
        : throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon,
            "A norm's epsilon keeps numbers that never change from being divided by 0: give it a little more "
            + "than 0, e.g. 0.00001.");

    /// <summary>The input, when its last axis has the layer's length.</summary>
    public static Tensor Checked(Layer layer, Tensor x, int channels) =>
        x.Shape.Rank > 1 && x.Shape[^1] == channels ? x
        : throw new ShapeException($"{layer} needs {channels} channels along the last axis, but got "
            + $"{AxisNames.Describe(x.Shape)}. {Mend(layer, x.Shape)}");

    static string Mend(Layer layer, Shape shape) => shape.Rank > 1
        ? $"Make it {layer.GetType().Name}({shape[^1]}), or change the layer before it."
        : "Give it a batch axis and a last axis of channels.";
}
