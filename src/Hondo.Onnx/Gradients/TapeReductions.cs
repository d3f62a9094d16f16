using Hondo.Onnx.Values;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Onnx.Gradients;

/// <summary>One number out of those along some axes.</summary>
static class TapeReductions
{
    public static void AddTo(Dictionary<string, TapeOp> ops)
    {
        Add(ops, "ReduceSum", (x, axes, keeps) => x.Sum(axes, keeps));
        Add(ops, "ReduceMean", (x, axes, keeps) => x.Mean(axes, keeps));
        Add(ops, "ReduceMax", (x, axes, keeps) => x.Max(axes, keeps));
        Add(ops, "ReduceMin", (x, axes, keeps) => x.Min(axes, keeps));
        Add(ops, "ReduceProd", (x, axes, keeps) => x.Prod(axes, keeps));
        Add(ops, "ReduceL1", (x, axes, keeps) => x.Abs().Sum(axes, keeps));
        Add(ops, "ReduceL2", (x, axes, keeps) => x.Norm(axes, keeps));
        Add(ops, "ReduceSumSquare", (x, axes, keeps) => x.Square().Sum(axes, keeps));
        Add(ops, "ReduceLogSum", (x, axes, keeps) => x.Sum(axes, keeps).Log());
        Add(ops, "ReduceLogSumExp", (x, axes, keeps) => x.LogSumExp(axes, keeps));
        Global(ops, "GlobalAveragePool", (x, axes) => x.Mean(axes, keepDims: true));
        Global(ops, "GlobalMaxPool", (x, axes) => x.Max(axes, keepDims: true));
        ops["CumSum"] = Running;
        ops["Softmax"] = call => Along(call, (x, axis) => x.Softmax(axis));
        ops["LogSoftmax"] = call => Along(call, (x, axis) => x.LogSoftmax(axis));
    }

    static void Add(Dictionary<string, TapeOp> ops, string name, Func<Tensor, int[], bool, Tensor> f) =>
        ops[name] = call =>
        {
            TapeValue x = call[0];
            OnnxTensor? given = call.Has(1) ? call.Constant(1) : null;
            if (given is not { Size: > 0 } && call.Node.Int("noop_with_empty_axes", 0) != 0)
                return [x];
            int[] axes = given is { Size: > 0 } ? [.. given.Integers.Select(axis => Dimensions.Axis(axis, x.Rank))
                .Distinct().Order()] : [.. Enumerable.Range(0, x.Rank)];
            bool keeps = call.Node.Int("keepdims", 1) != 0;
            if (axes.Length == 0)
                return null;
            return x.HasLast && keeps ? [TapeValue.FeaturesLast(f(x.Last, [.. axes.Select(x.PlaceInLast).Order()],
                true), x.Type)] : [TapeValue.Of(f(x.InFile, axes, keeps), x.Type)];
        };

    static void Global(Dictionary<string, TapeOp> ops, string name, Func<Tensor, int[], Tensor> f) =>
        ops[name] = call => [call[0].Rank < 3 ? call[0]
            : TapeValue.FeaturesLast(f(call[0].Last, [.. Enumerable.Range(1, call[0].Rank - 2)]), call[0].Type)];

    static OnnxValue?[] Running(TapeCall call)
    {
        Tensor x = call.Tensor(0);
        int axis = Dimensions.Axis(call.Constant(1).Integers[0], x.Shape.Rank);
        bool isReversed = call.Node.Int("reverse", 0) != 0;
        Tensor sums = (isReversed ? x.Flip(axis) : x).CumSum(axis);
        sums = isReversed ? sums.Flip(axis) : sums;
        return call.Result(call.Node.Int("exclusive", 0) != 0 ? sums - x : sums);
    }

    static OnnxValue?[] Along(TapeCall call, Func<Tensor, int, Tensor> f)
    {
        TapeValue x = call[0];
        int axis = Dimensions.Axis(call.Node.Int("axis", -1), x.Rank);
        if (call.Node.Int("flattens", 0) == 0)
            return x.HasLast ? [TapeValue.FeaturesLast(f(x.Last, x.PlaceInLast(axis)), x.Type)]
                : call.Result(f(x.InFile, axis));
        Shape shape = x.InFile.Shape;
        int rest = Dimensions.Product(x.Dims.AsSpan(axis));
        return call.Result(f(x.InFile.Reshape([shape.Size / Math.Max(1, rest), rest]), 1).Reshape(shape));
    }
}
