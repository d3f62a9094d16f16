using Hondo.Onnx.Ops;
using Hondo.Onnx.Values;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Onnx.Gradients;

/// <summary>The same numbers along other axes, parts of them, and several side by side.</summary>
static class TapeShapes
{
    public static void AddTo(Dictionary<string, TapeOp> ops)
    {
        foreach (string name in (string[])["Reshape", "Flatten", "Squeeze", "Unsqueeze"])
            ops[name] = Reshape;
        foreach (string name in (string[])["Shape", "Size"])
            ops[name] = call => OpTable.Find("", name)!(call.With([Nothing(call[0])]));
        ops["Transpose"] = Transpose;
        ops["Expand"] = Expand;
        ops["Concat"] = call => [Concat([.. Enumerable.Range(0, call.Count).Select(i => call[i])],
            call.Node.Int("axis", 1))];
        ops["Split"] = Split;
        ops["Gather"] = Gather;
        ops["SequenceConstruct"] = call => [new OnnxSequence([.. Enumerable.Range(0, call.Count)
            .Select(i => call[i])])];
        ops["SequenceAt"] = call => [call.Plain.Sequence(0).Items is var items
            ? items[IndexOps.Place(call.Constant(1).Integers[0], items.Count)] : null];
        ops["ConcatFromSequence"] = FromSequence;
        ops["SplitToSequence"] = ToSequence;
    }

    // A value's shape, with numbers that nobody reads.
    static OnnxTensor Nothing(TapeValue x) => ConstantOps.Fill(x.Dims, OnnxTensor.Scalar(ElementType.Int64, 0));

    // The evaluator says what the new shape is.
    static OnnxValue?[]? Reshape(TapeCall call)
    {
        OnnxValue?[] values = [Nothing(call[0]), .. Enumerable.Range(1, Math.Max(0, call.Count - 1))
            .Select(i => call.Has(i) ? call.Constant(i) : null)];
        int[] dims = TapeCall.DimsOf(OpTable.Find("", call.Node.Op)!(call.With(values))[0]);
        return dims.Length > Shape.MaxRank ? null : call.Result(call.Tensor(0).Reshape(Shape.Create(dims)));
    }

    static OnnxValue?[] Transpose(TapeCall call)
    {
        TapeValue x = call[0];
        int[] order = call.Node.Ints("perm") is { } given ? [.. given.Select(axis => (int)axis)]
            : [.. Enumerable.Range(0, x.Rank).Reverse()];
        return x.Rank < 2 ? [x] : [TapeValue.Of(x.InFile.Permute(order), x.Type)];
    }

    static OnnxValue?[] Expand(TapeCall call)
    {
        int[] dims = Dimensions.Broadcast(call.Dims(0), call.Constant(1).AsInts());
        return call.Result(call.Tensor(0).Expand(Shape.Create(dims)));
    }

    static TapeValue Concat(TapeValue[] parts, long along)
    {
        int axis = Dimensions.Axis(along, parts[0].Rank);
        // Some programs write an empty list where nothing is added.
        TapeValue[] some = [.. parts.Where(part => part.Dims.All(n => n > 0))];
        parts = some.Length > 0 ? some : parts;
        return parts.Length == 1 ? parts[0] : parts.All(part => part.HasLast)
            ? TapeValue.FeaturesLast(Tensor.Concat(parts[0].PlaceInLast(axis), [.. parts.Select(part => part.Last)]),
                parts[0].Type)
            : TapeValue.Of(Tensor.Concat(axis, [.. parts.Select(part => part.InFile)]), parts[0].Type);
    }

    static OnnxValue?[] Split(TapeCall call)
    {
        TapeValue x = call[0];
        int axis = Dimensions.Axis(call.Node.Int("axis", 0), x.Rank), start = 0;
        int[] sizes = call.Has(1) ? call.Constant(1).AsInts()
            : ShapeOps.Even(x.Dims[axis], (int)call.Node.Int("num_outputs", call.Node.Outputs.Count));
        var parts = new OnnxValue?[sizes.Length];
        for (int i = 0; i < parts.Length; start += sizes[i++])
        {
            Range part = start..(start + sizes[i]);
            parts[i] = x.HasLast ? TapeValue.FeaturesLast(x.Last.SliceAxis(x.PlaceInLast(axis), part), x.Type)
                : TapeValue.Of(x.InFile.SliceAxis(axis, part), x.Type);
        }
        return parts;
    }

    static OnnxValue?[]? Gather(TapeCall call)
    {
        OnnxTensor indices = call.Constant(1);
        TapeValue x = call[0];
        int axis = Dimensions.Axis(call.Node.Int("axis", 0), x.Rank), length = x.Dims[axis];
        if (x.Rank - 1 + indices.Rank > Shape.MaxRank)
            return null;
        Tensor places = Tensor.Of([.. indices.Integers.Select(index => IndexOps.Place(index, length))],
            Shape.Create(indices.Dims));
        return call.Result(x.InFile.IndexSelect(places, axis));
    }

    // The evaluator says how long the parts are.
    static OnnxValue?[] ToSequence(TapeCall call)
    {
        TapeValue x = call[0];
        int axis = Dimensions.Axis(call.Node.Int("axis", 0), x.Rank), start = 0;
        var parts = (OnnxSequence)OpTable.Find("", "SplitToSequence")!(call.With([Nothing(x), call.Has(1)
            ? call.Constant(1) : null]))[0]!;
        List<OnnxValue> items = [];
        foreach (OnnxValue part in parts.Items)
        {
            int[] dims = part.Form.Dims;
            int length = dims.Length == x.Rank ? dims[axis] : 1;
            items.Add(TapeValue.Of(x.InFile.SliceAxis(axis, start..(start += length)).Reshape(Shape.Create(dims)),
                x.Type));
        }
        return [new OnnxSequence(items)];
    }

    static OnnxValue?[] FromSequence(TapeCall call)
    {
        TapeValue[] items = [.. call.Plain.Sequence(0).Items.Select(item => item as TapeValue
            ?? TapeValue.Of(TapeValue.Constant((OnnxTensor)item, call.Runner.Type)))];
        long axis = call.Node.Int("axis", 0);
        if (call.Node.Int("new_axis", 0) == 0)
            return [Concat(items, axis)];
        return [TapeValue.Of(Tensor.Stack(Dimensions.Axis(axis, items[0].Rank + 1), [.. items.Select(i => i.InFile)]),
            items[0].Type)];
    }
}
