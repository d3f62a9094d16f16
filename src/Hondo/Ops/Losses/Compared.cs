using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Guards of losses: mistakes that arithmetic would let pass, and that only show in a model that learns badly.
/// </summary>
static class Compared
{
    /// <summary>Applies a gate of prediction and target, whose shapes must be the same.</summary>
    public static Tensor Loss<F>(F gate, Tensor prediction, Tensor target, Reduce reduce)
        where F : struct, IBinaryFormula, IEquatable<F>
    {
        RequireSameShape<F>(prediction.Shape, target.Shape);
        return reduce == Reduce.None
            ? Tape.Apply(new Binary<F>(gate), prediction, target)
            : Tape.Apply(new LossOp<F>(gate, reduce), prediction, target);
    }

    /// <summary>Refuses probabilities where raw scores are expected.</summary>
    public static void RefuseActivated(string loss, Tensor scores, string activation)
    {
        // By the node's name: the op that made it, inside a step or outside.
        if (scores.Node.Name == activation)
            throw new InvalidOperationException(
                $"{loss} takes raw scores and applies the {activation} itself, but this "
                + $"{scores.Shape} is the result of a {activation} already{At(scores.Node.LayerPath)}: applied "
                + $"twice it flattens the gradient. Take the {activation} out of the model; apply it to the scores "
                + "when you want to see probabilities.");
    }

    static string At(string? layerPath) => layerPath is null ? "" : $" (layer {layerPath})";

    /// <summary>Applies a loss over classes with class weights, if any; the weights are constants.</summary>
    public static Tensor WithWeights<TOp>(TOp op, Tensor scores, Tensor target, Tensor? weights)
        where TOp : struct, IOp, IEquatable<TOp> =>
        weights is not { } w ? Tape.Apply(op, scores, target)
        : Tape.Apply(op, scores, target, w.Node.NeedsGradient ? w.Detach() : w);

    static void RequireSameShape<F>(Shape prediction, Shape target) where F : IBinaryFormula
    {
        if (prediction == target)
            return;
        string mend = prediction.Size == target.Size
            ? $"Reshape the target to {prediction}: as they are they would be broadcast, and every prediction compared "
                + "with every target."
            : "Every prediction needs one target: does the model's last layer have as many outputs as a target has "
                + "numbers?";
        throw new ShapeException(
            $"{F.Name} got predictions {prediction} and targets {target}: they must have one shape. "
            + mend);
    }
}
