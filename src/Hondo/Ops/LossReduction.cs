using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Lifts a gate of prediction and target to their loss: the mean or sum over all numbers, without memory for the terms.
/// </summary>
/// <typeparam name="F">The gate: a is the prediction, b the target.</typeparam>
/// <param name="Gate">The gate with its constants.</param>
/// <param name="Reduce">Mean or sum.</param>
readonly record struct LossOp<F>(F Gate, Reduce Reduce) : IOp where F : struct, IBinaryFormula, IEquatable<F>
{
    static string IOp.Name => F.Name;

    Tensor? IOp.Compose(ReadOnlySpan<Tensor> x) =>
        Compositions.Reduced(Tape.Apply(new Binary<F>(Gate), x[0], x[1]), Reduce);

    static bool IOp.OverwritesGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => [];

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        double sum = Reduction.Sum(new Value(Gate), (ReadOnlySpan<T>)x[0].Data, x[1].Data);
        y[0] = T.CreateTruncating(Reduce == Reduce.Mean ? sum / x[0].Length : sum);
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        var (a, b) = x;
        double share = double.CreateTruncating(dy[0]) / (Reduce == Reduce.Mean ? a.Length : 1);
        if (dx[0].IsNeeded)
            Elementwise.Send(new ToA(Gate, share), (ReadOnlySpan<T>)a.Data, b.Data, dx[0]);
        if (dx[1].IsNeeded)
            Elementwise.Send(new ToB(Gate, share), (ReadOnlySpan<T>)a.Data, b.Data, dx[1]);
    }

    readonly struct Value(F gate) : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V a, V b) where V : struct, ILanes<V> => gate.Forward(a, b);
    }

    readonly struct ToA(F gate, double share) : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V a, V b) where V : struct, ILanes<V> => gate.GradientOfA(a, b, V.Create(share));
    }

    readonly struct ToB(F gate, double share) : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V a, V b) where V : struct, ILanes<V> => gate.GradientOfB(a, b, V.Create(share));
    }
}

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

/// <summary>What becomes of the losses of single rows or numbers.</summary>
public enum Reduce
{
    /// <summary>Their mean: the size of the batch does not change the size of the gradient.</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>They stay as they are.</summary>
    None,
}
