using System.Globalization;
using System.Numerics;
using Hondo.Data;
using Hondo.Findings;
using Hondo.Layers;
using Hondo.Optimizers;
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
        Phrase start = $"the loss is {Word(loss)}";
        if (cause is Leaf { Parameter: { } parameter })
            throw Stop(run, NonFiniteRules.Weights, first, null, $"{start}, because parameter {parameter.Name} holds "
                + $"{WordIn(cause)}: the update before this step made it so");
        int? row = RowOf(cause ?? first, (cause ?? first).Value, batch);
        throw cause is Leaf
            ? Stop(run, NonFiniteRules.Samples, first, row, $"{start}, because the samples hold {WordIn(cause)}"
                + $"{(row is null ? Phrase.Of($"") : Phrase.Of($" in row {row} of {run.Data.Train.Name}"))}")
            : Stop(run, NonFiniteRules.Value, first, row, $"{start}. It begins in {Where(first, run.Model)}, which "
                + $"makes {WordIn(first)}{ForRow(row, run)} out of finite numbers",
                NonFiniteRules.RemedyOf(first.Name, inBackward: false));
    }

    /// <summary>
    /// Looks at the gradients of the parameters of one axis: small ones, and a NaN born anywhere in Backward reaches
    /// the biases of the layers before it. A model without such parameters is looked at whole.
    /// </summary>
    public static void CheckGradients(Tensor loss, Optimizer optimizer, Batch batch, TrainingRun run, Tape tape)
    {
        // By index: going through the interface with foreach would allocate in every step.
        IReadOnlyList<Parameter> parameters = optimizer.Slab.Parameters;
        bool looked = false;
        for (int i = 0; i < parameters.Count; i++)
            if (parameters[i].Shape.Rank <= 1)
                looked |= Check(parameters[i], loss, batch, run, tape);
        for (int i = 0; i < parameters.Count && !looked; i++)
            Check(parameters[i], loss, batch, run, tape);
    }

    static bool Check(Parameter parameter, Tensor loss, Batch batch, TrainingRun run, Tape tape)
    {
        if (IsFinite(parameter.Leaf.Gradient, parameter.DType))
            return true;
        loss.Backward(BackwardOptions.KeepAll);
        (Node? bad, Node? receiver) = FirstBadGradient(tape.Recording!.Calls);
        int? row = receiver is null ? null : RowOf(receiver, receiver.Gradient, batch);
        throw Stop(run, NonFiniteRules.Gradient, bad ?? parameter.Leaf, row,
            $"a gradient is NaN or infinite. It begins in the Backward of {Where(bad ?? parameter.Leaf, run.Model)}"
            + $"{ForRow(row, run)}",
            bad is null ? null : NonFiniteRules.RemedyOf(bad.Name, inBackward: true));
    }

    static Phrase ForRow(int? row, TrainingRun run) =>
        row is null ? Phrase.Of($"") : Phrase.Of($" for row {row} of {run.Data.Train.Name}");

    static NonFiniteException Stop(TrainingRun run, DiagnosisRule rule, Node node, int? row, Phrase what,
        string? remedy = null)
    {
        string rate = run.Optimizer.LearningRate.ToString("0.######", CultureInfo.InvariantCulture);
        Finding finding = rule.Found($"Step {run.Step + 1} (epoch {run.Epoch}, batch {run.StepInEpoch + 1}): {what}.",
            node.LayerPath) with
        { Op = node.Name, Row = row };
        if (rule.Remedy == NonFiniteRules.Calmer)
        {
            Phrase calmer = NonFiniteRules.CalmerThan(rate);
            Phrase help = remedy is null ? calmer : $"{Phrase.FromText(remedy)} {calmer}";
            finding = finding with { Remedy = help.English, RemedyPattern = help };
        }
        run.Warn(finding);
        return new(finding, run.Step + 1);
    }

    static Call? FirstBadValue(ReadOnlySpan<Call> calls)
    {
        foreach (Call call in calls)
            if (!IsFinite(call.Value, call.Type))
                return call;
        return null;
    }

    // Backward runs from the last call to the first: the first to hand on what it was not given is where it begins.
    static (Call? Where, Node? Receiver) FirstBadGradient(ReadOnlySpan<Call> calls)
    {
        for (int i = calls.Length - 1; i >= 0; i--)
            if (calls[i].KeepsGradient && IsFinite(calls[i].Gradient, calls[i].Type))
                foreach (Node input in calls[i].Inputs)
                    if (input is { NeedsGradient: true, KeepsGradient: true } && !IsFinite(input.Gradient, input.Type))
                        return (calls[i], input);
        return default;
    }

    static Node? FirstBad(ReadOnlySpan<Node> nodes)
    {
        foreach (Node node in nodes)
            if (!IsFinite(node.Value, node.Type))
                return node;
        return null;
    }

    static Phrase Where(Node node, Layer model)
    {
        Layer? layer = node.LayerPath is null ? null : model.Find(node.LayerPath);
        return layer is null || layer == model ? Phrase.Of($"{node.Name}")
            : Phrase.Of($"layer {node.LayerPath}, {layer}, op {node.Name}");
    }

    // A result whose first axis is the batch tells which sample it was.
    static int? RowOf(Node node, Block block, Batch batch)
    {
        int at = IndexIn(block, node.Type);
        return at >= 0 && node.Shape.Rank > 0 && node.Shape[0] == batch.Count
            ? batch.Rows[at / node.Shape.SizeAfter(0)]
            : null;
    }

    static Phrase Word(Tensor loss) => double.IsNaN(loss.Item) ? Phrase.Of($"NaN") : Phrase.Of($"infinite");

    static Phrase WordIn(Node node) => IsNaN(node) ? Phrase.Of($"NaN") : Phrase.Of($"infinity");

    static bool IsNaN(Node node) => node.Type == DType.Float64
        ? double.IsNaN(node.Value.As<double>()[IndexIn(node.Value, node.Type)])
        : float.IsNaN(node.Value.As<float>()[IndexIn(node.Value, node.Type)]);

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

/// <summary>
/// A loss or a gradient became NaN or infinite. The message says in which step, and in which layer and op it began.
/// </summary>
public sealed class NonFiniteException : Exception
{
    internal NonFiniteException(Finding finding, long step) : base(finding.Message) =>
        (Finding, Step, Layer, Op) = (finding, step, finding.Layer, finding.Op ?? "");

    /// <summary>No place: prefer what the trainer throws.</summary>
    public NonFiniteException() { }

    /// <summary>A message only.</summary>
    public NonFiniteException(string message) : base(message) { }

    /// <summary>A message and its cause.</summary>
    public NonFiniteException(string message, Exception inner) : base(message, inner) { }

    /// <summary>What was found: code, layer, op, sample and remedy; null when made by hand.</summary>
    public Finding? Finding { get; }

    /// <summary>The batch, counted from 1 since training began.</summary>
    public long Step { get; }

    /// <summary>The path of the layer where it began, or null outside layers.</summary>
    public string? Layer { get; }

    /// <summary>The op where it began, or <c>Parameter</c>.</summary>
    public string Op { get; } = "";
}
