using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Onnx.Export;

/// <summary>Ops along axes: sums, extremes, softmax.</summary>
static class ReductionTranslations
{
    /// <summary>All of them.</summary>
    public static OpTranslation[] All { get; } =
    [
        OpTranslation.Of<SumOp>((op, t) => Reduce(t, "ReduceSum", op.Run)),
        OpTranslation.Of<MeanOp>((op, t) => Mean(t, op.Run)),
        OpTranslation.Of<ProdOp>((op, t) => Reduce(t, "ReduceProd", op.Run)),
        OpTranslation.Of<ExtremeOp<MaxFormula>>((op, t) => Reduce(t, "ReduceMax", op.Run)),
        OpTranslation.Of<ExtremeOp<MinFormula>>((op, t) => Reduce(t, "ReduceMin", op.Run)),
        OpTranslation.Of<NormOp>((op, t) => Reduce(t, "ReduceL2", op.Run)),
        OpTranslation.Of<LogSumExpOp>((op, t) => Reduce(t, "ReduceLogSumExp", op.Run)),
        OpTranslation.Of<ArgExtremeOp<MaxFormula>>((op, t) => Extreme(t, "ArgMax", op.Run)),
        OpTranslation.Of<ArgExtremeOp<MinFormula>>((op, t) => Extreme(t, "ArgMin", op.Run)),
        OpTranslation.Of<SoftmaxOp>((op, t) => Along(t, "Softmax", op.Axis)),
        OpTranslation.Of<LogSoftmaxOp>((op, t) => Along(t, "LogSoftmax", op.Axis)),
        OpTranslation.Of<HardmaxOp>((op, t) => Along(t, "Hardmax", op.Axis)),
        OpTranslation.Of<CumSumOp>((op, t) =>
        {
            Value x = t.Plain(t.Inputs[0]);
            return t.Node("CumSum", x, [x, Translation.Of(Weight.Of([op.Axis]))]);
        }),
    ];

    static Value Mean(Translation t, AxisRun run)
    {
        Value x = t.Inputs[0];
        // What readers know as pooling is written as pooling.
        if (!run.KeepsAxes && run is { First: 1, Count: 2 } && x.Order.AsSpan().SequenceEqual(Value.ChannelsFirst(4)))
        {
            Value pooled = t.Node("GlobalAveragePool", x with { Dims = [x.Dims[0], x.Dims[1], 1, 1] }, [x]);
            return t.Node("Flatten", Value.Plain(2), [pooled], ("axis", 1));
        }
        return Reduce(t, "ReduceMean", run);
    }

    static Value Reduce(Translation t, string op, AxisRun run) => Reduce(t, op, t.Inputs[0],
        [.. Enumerable.Range(run.First, run.Count)], run.KeepsAxes);

    /// <summary>A reduction over axes of the recording, which lie anywhere in the file.</summary>
    public static Value Reduce(Translation t, string op, Value x, int[] axes, bool keepsAxes)
    {
        if (x.Image is not null)
            x = t.Plain(x);
        int[] places = [.. axes.Select(x.Place).Order()];
        Value like = new() { Dims = Left(x, axes, keepsAxes), Order = OrderLeft(x, axes, keepsAxes), Type = x.Type };
        // From version 18 on the axes are an input; for sums they were one before.
        return t.Writer.Opset >= 18 || op == "ReduceSum"
            ? t.Node(op, like, [x, Translation.Integers(places)], ("keepdims", keepsAxes ? 1 : 0))
            : t.Node(op, like, [x], ("axes", places), ("keepdims", keepsAxes ? 1 : 0));
    }

    static Dim[] Left(Value x, int[] axes, bool keepsAxes) => [.. x.Dims.Select((dim, i) =>
        axes.Contains(x.Order[i]) ? new Dim(keepsAxes ? 1 : 0) : dim).Where(dim => keepsAxes || dim.Length > 0)];

    static int[] OrderLeft(Value x, int[] axes, bool keepsAxes) => keepsAxes ? x.Order
        : [.. x.Order.Where(axis => !axes.Contains(axis)).Select(axis => axis - axes.Count(a => a < axis))];

    static Value Extreme(Translation t, string op, AxisRun run)
    {
        Value x = t.Inputs[0].Image is null ? t.Inputs[0] : t.Plain(t.Inputs[0]);
        int[] axes = [run.First];
        if (run.Count != 1)
        {
            // The index of the largest of several axes counts row by row.
            x = t.Plain(x);
            if (run.First != 0 || run.Count != x.Rank || run.KeepsAxes || x.Dims.Any(dim => dim.IsBatch))
                throw t.Refuse($"{op} over several axes", "Flatten them first.");
            x = t.Reshape(x, [x.Dims.Aggregate(1, (a, dim) => a * dim.Length)]);
            axes = [0];
        }
        return t.Node(op, new Value
        {
            Dims = Left(x, axes, run.KeepsAxes), Order = OrderLeft(x, axes, run.KeepsAxes), Type = DType.Int32,
        }, [x], ("axis", x.Place(axes[0])), ("keepdims", run.KeepsAxes ? 1 : 0));
    }

    // A softmax over all features of a flattened image does not ask for their order.
    static Value Along(Translation t, string op, int axis)
    {
        Value x = t.Inputs[0];
        return t.Node(op, x, [x], ("axis", x.Place(axis)));
    }
}
