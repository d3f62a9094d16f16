using Hondo.Ops;

namespace Hondo.Onnx.Export;

/// <summary>Norms.</summary>
static class NormTranslations
{
    /// <summary>All of them.</summary>
    public static OpTranslation[] All { get; } =
    [
        OpTranslation.Of<BatchNormOp>((op, t) => BatchNorm(t, op.Epsilon)),
        OpTranslation.Of<BatchNormReluOp>((op, t) => Relu(t, BatchNorm(t, op.Epsilon))),
        OpTranslation.Of<BatchNormAddReluOp>((op, t) =>
            Relu(t, t.Elementwise("Add", t.Inputs[^1], BatchNorm(t, op.Epsilon)))),
        OpTranslation.Of<LayerNormOp>(LayerNorm), OpTranslation.Of<RmsNormOp>(RmsNorm),
        OpTranslation.Of<GroupNormOp>(GroupNorm),
        OpTranslation.Of<LocalResponseNormOp>((op, t) => t.Node("LRN", Value.ChannelsFirst(t.Dims.Length),
            [t.ChannelsFirst(t.Inputs[0])], ("size", op.Size), ("alpha", op.Alpha), ("beta", op.Beta),
            ("bias", op.Offset))),
    ];

    static Value Relu(Translation t, Value x) => t.Node("Relu", x, [x]);

    // Operands are x, mean, variance and perhaps scale and shift; ONNX wants scale and shift first.
    static Value BatchNorm(Translation t, double epsilon)
    {
        int rank = t.Dims.Length, channels = t.Dims[^1].Length;
        bool isAffine = t.Inputs.Length > 4;
        Value scale = isAffine ? t.Inputs[3] : Filled(1, channels);
        Value shift = isAffine ? t.Inputs[4] : Filled(0, channels);
        return t.Node("BatchNormalization", Value.ChannelsFirst(rank),
            [t.ChannelsFirst(t.Inputs[0]), scale, shift, t.Inputs[1], t.Inputs[2]], ("epsilon", epsilon));
    }

    static Value Filled(float value, int count) => Translation.Of(Weight.Of(Enumerable.Repeat(value, count).ToArray(),
        count));

    // Any order of the other axes will do.
    static Value LastTogether(Translation t, int axes)
    {
        Value x = t.Inputs[0];
        int rank = x.Rank;
        bool isLast = x.Image is null && Enumerable.Range(rank - axes, axes).All(axis => x.Place(axis) == axis);
        return isLast ? x : t.Plain(x);
    }

    static Value LayerNorm(LayerNormOp op, Translation t)
    {
        Value x = LastTogether(t, op.Axes);
        Value scale = t.Inputs.Length > 1 ? t.Inputs[1]
            : Translation.Of(Ones([.. t.Dims[^op.Axes..].Select(dim => dim.Length)]));
        return t.Node("LayerNormalization", x.Order, [x, scale, .. t.Inputs.Skip(2)], ("axis", -op.Axes),
            ("epsilon", op.Epsilon));
    }

    static Weight Ones(int[] dims) =>
        Weight.Of(Enumerable.Repeat(1f, dims.Aggregate(1, (a, b) => a * b)).ToArray(), dims);

    // x / √(mean(x²) + ε) · γ
    static Value RmsNorm(RmsNormOp op, Translation t)
    {
        Value x = LastTogether(t, op.Axes);
        int rank = x.Rank;
        int[] axes = [.. Enumerable.Range(rank - op.Axes, op.Axes)];
        Value mean = ReductionTranslations.Reduce(t, "ReduceMean", t.Elementwise("Mul", x, x), axes, keepsAxes: true);
        Value Small(string name, params Value[] operands) => t.Node(name, mean, operands);
        Value root = Small("Sqrt", Small("Add", mean, Translation.Number(op.Epsilon)));
        Value y = t.Node("Div", x.Order, [x, root]);
        return t.Inputs.Length > 1 ? t.Elementwise("Mul", y, t.Inputs[1]) : y;
    }

    // As an instance norm of groups in place of channels.
    static Value GroupNorm(GroupNormOp op, Translation t)
    {
        Value x = t.ChannelsFirst(t.Inputs[0]);
        int channels = x.Dims[1].Length;
        if (op.Groups == channels)
            return t.Node("InstanceNormalization", x.Order, [x, t.Inputs[1], t.Inputs[2]], ("epsilon", op.Epsilon));
        int inner = x.Dims[1..].Aggregate(1, (a, dim) => a * dim.Length) / op.Groups;
        Value groups = t.Reshape(x, [x.Dims[0], op.Groups, inner]);
        Value normed = t.Reshape(t.Node("InstanceNormalization", groups,
            [groups, Filled(1, op.Groups), Filled(0, op.Groups)], ("epsilon", op.Epsilon)), x.Dims) with
        { Order = x.Order };
        return t.Elementwise("Add", t.Elementwise("Mul", normed, t.Inputs[1]), t.Inputs[2]);
    }
}
