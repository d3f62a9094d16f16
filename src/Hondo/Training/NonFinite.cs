using System.Globalization;
using System.Numerics;
using Hondo.Data;
using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Training;

/// <summary>
/// Stops a training whose numbers are no longer numbers. The check of each step costs about a microsecond; only after
/// a hit is the whole step searched for the layer and op where it began.
/// </summary>
static class NonFinite
{
    public static void CheckLoss(Tensor loss, Batch batch, TrainingRun run, Tape tape)
    {
        if (double.IsFinite(loss.Item))
            return;
        Node first = (Node?)FirstBadValue(tape.Recording!.Calls) ?? loss.Node;
        Node? cause = FirstBad(first.Inputs);
        int at = IndexIn(first.Value, first.Type);
        throw New(run, first, cause is Leaf { Parameter: { } parameter }
            ? $"the loss is {Word(loss)}, because parameter {parameter.Name} holds {WordIn(cause)}: the update "
                + "before this step made it so"
            : cause is Leaf
                ? $"the loss is {Word(loss)}, because the samples hold {WordIn(cause)}"
                : $"the loss is {Word(loss)}. It begins in {Where(first, run.Model)}, which makes {WordIn(first)}"
                    + $"{Sample(first, at, batch, run)} out of finite numbers");
    }

    /// <summary>
    /// Looks at the gradients of the parameters of one axis: small ones, and a NaN born anywhere in Backward reaches
    /// the biases of the layers before it.
    /// </summary>
    public static void CheckGradients(Tensor loss, TrainingRun run, Tape tape)
    {
        // By index: going through the interface with foreach would allocate in every step.
        IReadOnlyList<Parameter> parameters = run.Optimizer.Slab.Parameters;
        for (int i = 0; i < parameters.Count; i++)
            if (parameters[i].Shape.Rank <= 1 && !IsFinite(parameters[i].Leaf.Gradient, parameters[i].DType))
            {
                loss.Backward(BackwardOptions.KeepAll);
                Node bad = (Node?)FirstBadGradient(tape.Recording!.Calls) ?? parameters[i].Leaf;
                throw New(run, bad, "a gradient is NaN or infinite. It begins in the Backward of "
                    + Where(bad, run.Model));
            }
    }

    static NonFiniteException New(TrainingRun run, Node node, string what)
    {
        string rate = run.Optimizer.LearningRate.ToString("0.######", CultureInfo.InvariantCulture);
        return new($"Step {run.Step + 1} (epoch {run.Epoch}, batch {run.StepInEpoch + 1}): {what}. Lower the learning "
            + $"rate ({rate} now), clip the gradients (before: [ClipNorm(1)]), or normalize the data.",
            run.Step + 1, node.LayerPath, node.Name);
    }

    static Call? FirstBadValue(ReadOnlySpan<Call> calls)
    {
        foreach (Call call in calls)
            if (!IsFinite(call.Value, call.Type))
                return call;
        return null;
    }

    // Backward runs from the last call to the first: the first to hand on what it was not given is where it begins.
    static Call? FirstBadGradient(ReadOnlySpan<Call> calls)
    {
        for (int i = calls.Length - 1; i >= 0; i--)
            if (calls[i].KeepsGradient && IsFinite(calls[i].Gradient, calls[i].Type))
                foreach (Node input in calls[i].Inputs)
                    if (input is { NeedsGradient: true, KeepsGradient: true } && !IsFinite(input.Gradient, input.Type))
                        return calls[i];
        return null;
    }

    static Node? FirstBad(ReadOnlySpan<Node> nodes)
    {
        foreach (Node node in nodes)
            if (!IsFinite(node.Value, node.Type))
                return node;
        return null;
    }

    static string Where(Node node, Layer model)
    {
        Layer? layer = node.LayerPath is null ? null : model.Layers.FirstOrDefault(l => l.Path == node.LayerPath);
        return layer is null or { Path: "" } ? $"{node.Name}"
            : $"layer {layer.Path}, {layer}, op {node.Name}";
    }

    // A result whose first axis is the batch tells which sample it was.
    static string Sample(Node node, int at, Batch batch, TrainingRun run) =>
        at >= 0 && node.Shape.Rank > 0 && node.Shape[0] == batch.Count
            ? $" for row {batch.Rows[at / node.Shape.SizeAfter(0)]} of {run.Data.Train.Name}"
            : "";

    static string Word(Tensor loss) => double.IsNaN(loss.Item) ? "NaN" : "infinite";

    static string WordIn(Node node) => node.Type == DType.Float64
        ? double.IsNaN(node.Value.As<double>()[IndexIn(node.Value, node.Type)]) ? "NaN" : "infinity"
        : float.IsNaN(node.Value.As<float>()[IndexIn(node.Value, node.Type)]) ? "NaN" : "infinity";

    static bool IsFinite(Block block, DType type) => IndexIn(block, type) < 0;

    static int IndexIn(Block block, DType type) => type switch
    {
        DType.Float32 => IndexIn<float>(block.As<float>()),
        DType.Float64 => IndexIn<double>(block.As<double>()),
        _ => -1,
    };

    static int IndexIn<T>(ReadOnlySpan<T> values) where T : INumberBase<T>
    {
        for (int i = 0; i < values.Length; i++)
            if (!T.IsFinite(values[i]))
                return i;
        return -1;
    }
}
