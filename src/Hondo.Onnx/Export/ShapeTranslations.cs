using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Onnx.Export;

/// <summary>Ops that move numbers without changing them.</summary>
static class ShapeTranslations
{
    /// <summary>All of them.</summary>
    public static OpTranslation[] All { get; } =
    [
        OpTranslation.Of<ReshapeOp>((_, t) => Reshape(t)),
        OpTranslation.Of<ViewOp<PermuteView>>((op, t) => Permute(op.View, t)),
        OpTranslation.Of<ExpandOp>((_, t) => new Value
        {
            Dims = t.Dims, Order = Value.Plain(t.Dims.Length), Type = t.Inputs[0].Type, Repeated = t.Inputs[0],
            IsTruth = t.Inputs[0].IsTruth,
        }),
        OpTranslation.Of<ConcatOp>((op, t) => Concat(t, t.Inputs, op.Axis)),
        OpTranslation.Of<StackOp>(Stack), OpTranslation.Of<ViewOp<SliceView>>((op, t) => Slice(op.View, t)),
        OpTranslation.Of<ViewOp<FlipView>>((op, t) => Flip(op.View, t)),
        OpTranslation.Of<RollOp>(Roll), OpTranslation.Of<RepeatOp>(Repeat),
        OpTranslation.Of<TriangleOp<TrilFormula>>((op, t) => Triangle(t, op.Diagonal, isUpper: false)),
        OpTranslation.Of<TriangleOp<TriuFormula>>((op, t) => Triangle(t, op.Diagonal, isUpper: true)),
        OpTranslation.Of<PadOp<ConstantPadding>>((op, t) => Pad(t, "constant", op.Before, op.After, op.Value)),
        OpTranslation.Of<PadOp<ReflectionPadding>>((op, t) => Pad(t, "reflect", op.Before, op.After, 0)),
        OpTranslation.Of<PadOp<ReplicationPadding>>((op, t) => Pad(t, "edge", op.Before, op.After, 0)),
        OpTranslation.Of<PadOp<CircularPadding>>((op, t) => t.Writer.Opset >= 19
            ? Pad(t, "wrap", op.Before, op.After, 0)
            : throw t.Refuse("circular padding", "Export with operators 19 or newer.")),
    ];

    static Value Reshape(Translation t)
    {
        Value x = t.Inputs[0];
        Dim[] from = x.Recorded;
        if (x.Image is { } image && t.Dims.Length == 4 && t.Dims[1..].SequenceEqual(image.Select(n => new Dim(n))))
            return t.Reshape(x, [.. Value.ChannelsFirst(4).Select(axis => t.Dims[axis])]) with
            { Order = Value.ChannelsFirst(4) };
        if (x.IsPlain || x.Image is not null)
            return t.Reshape(t.Plain(x), t.Dims);
        if (OnlyOnes(from, t.Dims) is { } order)
            return Moved(t, x, order);
        // Images that become rows: the file's order of numbers is another one, which the next op is told.
        if (t.Dims.Length == 2 && from.Length == 4 && t.Dims[0] == from[0]
            && x.Order.AsSpan().SequenceEqual(Value.ChannelsFirst(4)))
            return t.Node("Flatten", new Value
            {
                Dims = t.Dims, Order = Value.Plain(2), Type = x.Type,
                Image = [from[1].Length, from[2].Length, from[3].Length],
            }, [x], ("axis", 1));
        return t.Reshape(t.Plain(x), t.Dims);
    }

    // For each axis of the result the axis of x that it is, −1 for a new one of length 1; null where more changes.
    static int[]? OnlyOnes(Dim[] from, Dim[] to)
    {
        int[] kept = [.. Enumerable.Range(0, from.Length).Where(i => !from[i].IsOne)];
        int[] wanted = [.. Enumerable.Range(0, to.Length).Where(i => !to[i].IsOne)];
        if (!kept.Select(i => from[i]).SequenceEqual(wanted.Select(i => to[i])))
            return null;
        var order = new int[to.Length];
        Array.Fill(order, -1);
        for (int i = 0; i < kept.Length; i++)
            order[wanted[i]] = kept[i];
        return order;
    }

    // Axes of length 1 come or go: the others stay in the file's order, and a new one goes before the axis behind it.
    static Value Moved(Translation t, Value x, int[] order)
    {
        List<int> places = [.. x.Order.Select(axis => Array.IndexOf(order, axis)).Where(axis => axis >= 0)];
        for (int axis = order.Length - 1; axis >= 0; axis--)
            if (order[axis] < 0)
                places.Insert(places.IndexOf(axis + 1) is var at and >= 0 ? at : places.Count, axis);
        Dim[] dims = [.. places.Select(axis => t.Dims[axis])];
        // Pooled to one pixel: what readers know as Flatten.
        bool isFlat = x.Rank == 4 && places is [0, 1];
        return isFlat ? t.Node("Flatten", [.. places], [x], ("axis", 1))
            : t.Reshape(x with { Order = Value.Plain(x.Rank) }, dims) with { Order = [.. places] };
    }

    // Nothing moves: only what the axes are called.
    static Value Permute(PermuteView op, Translation t)
    {
        Value x = t.Inputs[0].Image is null && t.Inputs[0].Repeated is null ? t.Inputs[0] : t.Plain(t.Inputs[0]);
        int[] axes = [.. op.Axes];
        return x with { Order = [.. x.Order.Select(axis => Array.IndexOf(axes, axis))] };
    }

    /// <summary>Values one behind the other along an axis of the recording.</summary>
    public static Value Concat(Translation t, Value[] parts, int axis)
    {
        int[] order = t.CommonOrder(parts);
        return t.Node("Concat", order, [.. parts.Select(part => t.Arrange(part, order))],
            ("axis", Array.IndexOf(order, axis)));
    }

    static Value Stack(StackOp op, Translation t)
    {
        Dim[] one = [.. t.Dims];
        one[op.Axis] = 1;
        return t.Node("Concat", Value.Plain(one.Length), [.. t.Inputs.Select(x => t.Reshape(t.Plain(x), one))],
            ("axis", op.Axis));
    }

    static Value Slice(SliceView op, Translation t)
    {
        Value x = t.Inputs[0].Image is null ? t.Inputs[0] : t.Plain(t.Inputs[0]);
        Dim[] from = x.Recorded;
        List<int> cut = [];
        for (int axis = 0, to = 0; axis < x.Rank; axis++)
        {
            bool isDropped = (op.Dropped >> axis & 1) != 0;
            bool isWhole = !isDropped && op.Steps[axis] == 1 && t.Dims[to] == from[axis];
            if (!isWhole && !isDropped && t.Dims[to].IsBatch)
                throw t.Refuse("a slice of the batch that grows with it", "Slice the samples' own axes.");
            if (!isWhole)
                cut.Add(axis);
            to += isDropped ? 0 : 1;
        }
        Value y = cut.Count == 0 ? x : Cut(t, x, [.. cut], axis => op.Starts[axis],
            axis => op.Starts[axis] + (op.Lengths[axis] - 1) * op.Steps[axis] + 1, axis => op.Steps[axis],
            axis => op.Lengths[axis]);
        if (op.Dropped == 0)
            return y;
        int[] dropped = [.. Enumerable.Range(0, x.Rank).Where(axis => (op.Dropped >> axis & 1) != 0)];
        int[] left = [.. y.Order.Where(axis => !dropped.Contains(axis))];
        return t.Reshape(y with { Order = Value.Plain(y.Rank) }, [.. left.Select(axis => y.Dims[y.Place(axis)])]) with
        { Order = [.. left.Select(axis => axis - dropped.Count(d => d < axis))] };
    }

    /// <summary>A part of some axes.</summary>
    public static Value Cut(Translation t, Value x, int[] axes, Func<int, int> start, Func<int, int> end,
        Func<int, int> step, Func<int, int> length)
    {
        Dim[] dims = [.. x.Dims];
        foreach (int axis in axes)
            dims[x.Place(axis)] = length(axis);
        return t.Node("Slice", x with { Dims = dims }, [x, Translation.Integers([.. axes.Select(start)]),
            Translation.Integers([.. axes.Select(end)]), Translation.Integers([.. axes.Select(x.Place)]),
            Translation.Integers([.. axes.Select(step)])]);
    }

    static Value Flip(FlipView op, Translation t)
    {
        Value x = t.Inputs[0].Image is null ? t.Inputs[0] : t.Plain(t.Inputs[0]);
        int[] axes = [.. Enumerable.Range(0, x.Rank).Where(axis => (op.Axes >> axis & 1) != 0)];
        return t.Node("Slice", x, [x, Translation.Integers([.. axes.Select(_ => -1)]),
            Translation.Integers([.. axes.Select(_ => int.MinValue)]),
            Translation.Integers([.. axes.Select(x.Place)]), Translation.Integers([.. axes.Select(_ => -1)])]);
    }

    static Value Roll(RollOp op, Translation t)
    {
        Value x = t.Inputs[0].Image is null ? t.Inputs[0] : t.Plain(t.Inputs[0]);
        Dim dim = x.Recorded[op.Axis];
        if (dim.IsBatch)
            throw t.Refuse("a roll along the batch", "Roll the samples' own axes.");
        int shift = ((op.Shift % dim.Length) + dim.Length) % dim.Length, rest = dim.Length - shift;
        if (shift == 0)
            return x;
        Value Part(int start, int length) =>
            Cut(t, x, [op.Axis], _ => start, _ => start + length, _ => 1, _ => length);
        return Concat(t, [Part(rest, shift), Part(0, rest)], op.Axis);
    }

    static Value Repeat(RepeatOp op, Translation t)
    {
        Value x = t.Plain(t.Inputs[0]);
        return t.Node("Tile", x.Order, [x, Translation.Integers([.. Enumerable.Range(0, x.Rank).Select(axis =>
            axis == op.Axis ? op.Count : 1)])]);
    }

    static Value Triangle(Translation t, int diagonal, bool isUpper)
    {
        Value x = t.Plain(t.Inputs[0]);
        return t.Node("Trilu", x, [x, Translation.Of(Weight.Of([diagonal]))], ("upper", isUpper ? 1 : 0));
    }

    static Value Pad(Translation t, string mode, AxisValues before, AxisValues after, double value)
    {
        Value x = t.Inputs[0].Image is null ? t.Inputs[0] : t.Plain(t.Inputs[0]);
        int[] pads = [.. x.Order.Select(axis => before[axis]), .. x.Order.Select(axis => after[axis])];
        return t.Node("Pad", x.Order, [x, Translation.Integers(pads), .. mode == "constant" && value != 0
            ? [Translation.Number(value)] : (Value[])[]], ("mode", mode));
    }
}
