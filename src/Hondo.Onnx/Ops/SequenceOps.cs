using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;

namespace Hondo.Onnx.Ops;

/// <summary>Sequences and optional values.</summary>
static class SequenceOps
{
    public static void AddTo(OpFamily family) => family
        .Add("SequenceConstruct", call => new OnnxSequence(call.All))
        .Add("SequenceEmpty", _ => new OnnxSequence([]))
        .Add("SequenceLength", call => OnnxTensor.Scalar(call.Sequence(0).Items.Count))
        .Add("SequenceAt", call => call.Sequence(0).Items[
            IndexOps.Place(call[1].Integers[0], call.Sequence(0).Items.Count)])
        .Add("SequenceInsert", Insert)
        .Add("SequenceErase", Erase)
        .Add("ConcatFromSequence", Concat)
        .Add("SplitToSequence", Split)
        .Add("Optional", call => new OnnxOptional(call.Value(0)))
        .Add("OptionalHasElement", call => OnnxTensor.Of(ElementType.Bool, [],
            [call.Value(0) is null or OnnxOptional { Value: null } ? 0L : 1L]))
        .Add("OptionalGetElement", call => call.Value(0) is OnnxOptional optional
            ? optional.Value ?? throw new OnnxException("The optional value is empty.") : call.Value(0));

    static OnnxSequence Insert(Call call)
    {
        List<OnnxValue> items = [.. call.Sequence(0).Items];
        long at = call.Maybe(2)?.Integers[0] ?? items.Count;
        items.Insert(at == items.Count ? items.Count : IndexOps.Place(at, items.Count), call[1]);
        return new(items);
    }

    static OnnxSequence Erase(Call call)
    {
        List<OnnxValue> items = [.. call.Sequence(0).Items];
        items.RemoveAt(IndexOps.Place(call.Maybe(1)?.Integers[0] ?? -1, items.Count));
        return new(items);
    }

    static OnnxTensor Concat(Call call)
    {
        OnnxTensor[] parts = [.. call.Sequence(0).Items.Cast<OnnxTensor>()];
        long axis = call.Int("axis", 0);
        if (!call.Flag("new_axis"))
            return ShapeOps.Concat(parts, axis);
        int at = Dimensions.Axis(axis, parts[0].Rank + 1);
        return ShapeOps.Concat([.. parts.Select(p => p.Reshape([.. p.Dims[..at], 1, .. p.Dims[at..]]))], at);
    }

    static OnnxSequence Split(Call call)
    {
        OnnxTensor x = call[0];
        int axis = Dimensions.Axis(call.Int("axis", 0), x.Rank), length = x.Dims[axis];
        OnnxTensor? split = call.Maybe(1);
        bool singles = split is null, keeps = call.Flag("keepdims", true);
        int size = split is null ? 1 : split.Rank == 0 ? (int)split.Integers[0] : 0;
        if (size < 1 && split is not { Rank: 1 })
            throw new OnnxException($"Parts of {size} are not possible.");
        int[] sizes = split is { Rank: 1 } ? split.AsInts()
            : [.. Enumerable.Range(0, (length + size - 1) / size).Select(i => Math.Min(size, length - i * size))];
        return new([.. ShapeOps.Split(x, axis, sizes).Select(part => singles && !keeps
            ? part.Reshape([.. part.Dims[..axis], .. part.Dims[(axis + 1)..]]) : part)]);
    }
}
