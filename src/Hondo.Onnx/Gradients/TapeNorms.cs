using Hondo.Onnx.Values;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Onnx.Gradients;

/// <summary>Numbers brought to one scale.</summary>
static class TapeNorms
{
    public static void AddTo(Dictionary<string, TapeOp> ops)
    {
        ops["BatchNormalization"] = BatchNorm;
        ops["InstanceNormalization"] = InstanceNorm;
        ops["GroupNormalization"] = GroupNorm;
        ops["LayerNormalization"] = LayerNorm;
        ops["RMSNormalization"] = RmsNorm;
        ops["LRN"] = Lrn;
        ops["LpNormalization"] = LpNorm;
        ops["MeanVarianceNormalization"] = MeanVariance;
    }

    static double Epsilon(TapeCall call) => call.Node.Float("epsilon", 1e-5);

    // In training the batch's own statistics, as everywhere in Hondo; a frozen layer keeps to the running ones.
    static OnnxValue?[]? BatchNorm(TapeCall call)
    {
        TapeValue x = call[0], mean = call[3], variance = call[4];
        if (call.Node.Wants(1) || x.Rank < 2)
            return null;
        bool isFrozen = mean.State is not { IsFrozen: false } || variance.State is null;
        Tensor y = x.Last.BatchNorm(mean.InFile, variance.InFile, call.Tensor(1), call.Tensor(2),
            1 - call.Node.Float("momentum", 0.9), Epsilon(call), isFrozen);
        return [TapeValue.FeaturesLast(y, x.Type)];
    }

    static Tensor Standardize(Tensor x, int[] axes, double epsilon)
    {
        Tensor centered = x - x.Mean(axes, keepDims: true);
        return centered / (centered.Square().Mean(axes, keepDims: true) + epsilon).Sqrt();
    }

    static OnnxValue?[] InstanceNorm(TapeCall call)
    {
        TapeValue x = call[0];
        int[] axes = [.. Enumerable.Range(1, x.Rank - 2)];
        return [TapeValue.FeaturesLast(Standardize(x.Last, axes, Epsilon(call)) * call.Tensor(1) + call.Tensor(2),
            x.Type)];
    }

    static OnnxValue?[]? GroupNorm(TapeCall call)
    {
        Tensor x = call.Tensor(0), scale = call.Tensor(1), shift = call.Tensor(2);
        int groups = (int)call.Node.Int("num_groups", 1), channels = x.Shape[1];
        if (groups < 1 || channels % groups != 0)
            return null;
        // Until opset 20 a group had one scale, since then each channel has its own.
        Tensor Each(Tensor one) => (one.Size == groups && groups != channels ? one.Reshape([groups, 1])
            .Expand([groups, channels / groups]) : one).Reshape([channels, 1]);
        Tensor y = Standardize(x.Reshape([x.Shape[0], groups, x.Size / x.Shape[0] / groups]), [2], Epsilon(call));
        y = y.Reshape([x.Shape[0], channels, x.Size / x.Shape[0] / channels]) * Each(scale) + Each(shift);
        return call.Result(y.Reshape(x.Shape));
    }

    static OnnxValue?[]? LayerNorm(TapeCall call)
    {
        if (call.Node.Wants(1) || call.Node.Wants(2))
            return null;
        Tensor x = call.Tensor(0), scale = call.Tensor(1);
        int axis = Dimensions.Axis(call.Node.Int("axis", -1), x.Shape.Rank);
        Tensor y = Standardize(x, [.. Enumerable.Range(axis, x.Shape.Rank - axis)], Epsilon(call)) * scale;
        return call.Result(call.Has(2) ? y + call.Tensor(2) : y);
    }

    static OnnxValue?[] RmsNorm(TapeCall call)
    {
        Tensor x = call.Tensor(0);
        int axis = Dimensions.Axis(call.Node.Int("axis", -1), x.Shape.Rank);
        int[] axes = [.. Enumerable.Range(axis, x.Shape.Rank - axis)];
        return call.Result(x / (x.Square().Mean(axes, keepDims: true) + Epsilon(call)).Sqrt() * call.Tensor(1));
    }

    static OnnxValue?[]? Lrn(TapeCall call)
    {
        int size = (int)call.Node.Int("size", 1);
        return size % 2 == 0 ? null : [TapeValue.FeaturesLast(call[0].Last.LocalResponseNorm(size,
            call.Node.Float("alpha", 1e-4), call.Node.Float("beta", 0.75), call.Node.Float("bias", 1)), call[0].Type)];
    }

    static OnnxValue?[] LpNorm(TapeCall call)
    {
        Tensor x = call.Tensor(0);
        int axis = Dimensions.Axis(call.Node.Int("axis", -1), x.Shape.Rank);
        return call.Result(x / (call.Node.Int("p", 2) == 1 ? x.Abs().Sum(axis, keepDims: true)
            : x.Norm(axis, keepDims: true)).Maximum(Tensor.Full([], 1e-30, x.DType)));
    }

    static OnnxValue?[] MeanVariance(TapeCall call)
    {
        Tensor x = call.Tensor(0);
        int[] axes = [.. (call.Node.Ints("axes") ?? [0, 2, 3]).Select(a => Dimensions.Axis(a, x.Shape.Rank)).Order()];
        Tensor centered = x - x.Mean(axes, keepDims: true);
        return call.Result(centered / (centered.Square().Mean(axes, keepDims: true).Sqrt() + 1e-9));
    }
}
