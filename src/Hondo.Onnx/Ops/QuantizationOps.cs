using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;

namespace Hondo.Onnx.Ops;

/// <summary>Numbers of few bits: x ≈ scale (q − zero point).</summary>
static class QuantizationOps
{
    public static void AddTo(OpFamily family) => family
        .Add("QuantizeLinear", Quantize)
        .Add("DequantizeLinear", Dequantize)
        .AddAll("DynamicQuantizeLinear", DynamicQuantize)
        .Add("MatMulInteger", call => CastOps.Convert(MatrixOps.MatMul(Centered(call[0], call.Maybe(2), true),
            Centered(call[1], call.Maybe(3), false)), ElementType.Int32))
        .Add("ConvInteger", call => CastOps.Convert(ConvolutionOps.Conv(call, Centered(call[0], call.Maybe(2), false),
            CenteredByFirst(call[1], call.Maybe(3)), null), ElementType.Int32))
        .Add("QLinearMatMul", QLinearMatMul)
        .Add("QLinearConv", QLinearConv);

    // A parameter of the whole tensor, of an axis, or of blocks along an axis, repeated to the tensor's shape.
    static OnnxTensor Spread(OnnxTensor parameter, OnnxTensor x, long along, long block)
    {
        if (parameter.Size == 1)
            return parameter.Reshape();
        int axis = Dimensions.Axis(along, x.Rank);
        if (parameter.Rank == 1 && block == 0)
            return parameter.Reshape([.. Enumerable.Range(0, x.Rank).Select(i => i == axis ? parameter.Size : 1)]);
        if (block == 0 || parameter.Rank != x.Rank)
            throw new OnnxException($"A scale {parameter.Describe()} does not fit {x.Describe()}.");
        int length = x.Dims[axis];
        return IndexOps.Gather(parameter,
            OnnxTensor.List([.. Enumerable.Range(0, length).Select(i => i / block)]), axis);
    }

    static OnnxTensor Quantize(Call call)
    {
        OnnxTensor x = call[0];
        long axis = call.Int("axis", 1), block = call.Int("block_size", 0);
        var type = (ElementType)call.Int("output_dtype", 0);
        if (type == ElementType.Undefined)
            type = call.Maybe(2)?.Type ?? ElementType.UInt8;
        OnnxTensor scaled = BinaryOps.Apply(MatrixOps.AsDouble(x), Spread(MatrixOps.AsDouble(call[1]), x, axis, block),
            (a, s) => (float)a / (float)s, (a, _) => a);
        if (type.IsSmallFloat())
            return CastOps.Convert(scaled, type, call.Flag("saturate", true));
        OnnxTensor rounded = UnaryOps.Map(scaled, (double v) => Math.Round(v, MidpointRounding.ToEven));
        if (call.Maybe(2) is { } zero)
            rounded = BinaryOps.Apply(rounded, Spread(MatrixOps.AsDouble(zero), x, axis, block), (a, z) => a + z,
                (a, _) => a);
        return Saturate(rounded, type);
    }

    static OnnxTensor Saturate(OnnxTensor x, ElementType type)
    {
        (long least, long most) = type.Range();
        return CastOps.Convert(UnaryOps.Map(x, (double v) => Math.Clamp(v, least, most)), type);
    }

    static OnnxTensor Dequantize(Call call)
    {
        OnnxTensor x = call[0], scale = call[1], wide = MatrixOps.AsDouble(x);
        long axis = call.Int("axis", 1), block = call.Int("block_size", 0);
        if (call.Maybe(2) is { } zero)
            wide = BinaryOps.Apply(wide, Spread(MatrixOps.AsDouble(zero), x, axis, block), (a, z) => a - z,
                (a, _) => a);
        OnnxTensor y = BinaryOps.Apply(wide, Spread(MatrixOps.AsDouble(scale), x, axis, block), (a, s) => a * s,
            (a, _) => a);
        var type = (ElementType)call.Int("output_dtype", 0);
        return CastOps.Convert(y, type == ElementType.Undefined ? scale.Type : type);
    }

    static OnnxValue?[] DynamicQuantize(Call call)
    {
        OnnxTensor x = call[0];
        double most = Math.Max(0, x.Numbers.Max()), least = Math.Min(0, x.Numbers.Min());
        float scale = most == least ? 1 : (float)((most - least) / 255);
        double zero = Math.Clamp(Math.Round(-least / scale, MidpointRounding.ToEven), 0, 255);
        OnnxTensor y = UnaryOps.Map(MatrixOps.AsDouble(x),
            (double v) => Math.Round((float)v / scale, MidpointRounding.ToEven) + zero);
        return [Saturate(y, ElementType.UInt8), OnnxTensor.Scalar(ElementType.Float32, scale),
            OnnxTensor.Scalar(ElementType.UInt8, zero)];
    }

    // q − zero; a list of zero points belongs to the rows of a, or to the columns of b.
    static OnnxTensor Centered(OnnxTensor x, OnnxTensor? zero, bool byRows)
    {
        OnnxTensor wide = MatrixOps.AsDouble(x);
        if (zero is null)
            return wide;
        OnnxTensor points = MatrixOps.AsDouble(zero);
        if (points.Size == 1)
            points = points.Reshape();
        else if (points.Rank == 1 && byRows)
            points = points.Reshape(points.Size, 1);
        return BinaryOps.Apply(wide, points, (a, z) => a - z, (a, _) => a);
    }

    static OnnxTensor CenteredByFirst(OnnxTensor w, OnnxTensor? zero) => Centered(w, zero is { Rank: 1, Size: > 1 }
        ? zero.Reshape([zero.Size, .. Enumerable.Repeat(1, w.Rank - 1)]) : zero, false);

    static OnnxTensor QLinearMatMul(Call call)
    {
        OnnxTensor product = MatrixOps.MatMul(Centered(call[0], call[2], true), Centered(call[3], call[5], false));
        OnnxTensor left = MatrixOps.AsDouble(call[1]), right = MatrixOps.AsDouble(call[4]);
        OnnxTensor scaled = BinaryOps.Apply(product, left.Size == 1 ? left.Reshape() : left.Rank == 1
            ? left.Reshape(left.Size, 1) : left, (a, s) => a * s, (a, _) => a);
        scaled = BinaryOps.Apply(scaled, right.Size == 1 ? right.Reshape() : right, (a, s) => a * s, (a, _) => a);
        return Requantize(scaled, call[6], call[7]);
    }

    static OnnxTensor Requantize(OnnxTensor x, OnnxTensor scale, OnnxTensor zero)
    {
        if (scale.Size != 1 || zero.Size != 1)
            throw Call.Unknown("a result with several scales");
        double s = scale.Numbers[0], z = zero.AsNumbers()[0];
        return Saturate(UnaryOps.Map(x, (double v) => Math.Round(v / s, MidpointRounding.ToEven) + z), zero.Type);
    }

    static OnnxTensor QLinearConv(Call call)
    {
        OnnxTensor x = Centered(call[0], call[2], false), w = CenteredByFirst(call[3], call[5]);
        OnnxTensor scale = MatrixOps.AsDouble(call[4]);
        OnnxTensor y = ConvolutionOps.Conv(call, x, w, call.Maybe(8) is { } bias ? MatrixOps.AsDouble(bias) : null);
        int[] perChannel = [scale.Size, .. Enumerable.Repeat(1, y.Rank - 2)];
        double input = call[1].Numbers[0];
        return Requantize(BinaryOps.Apply(y, scale.Reshape(perChannel), (a, s) => a * s * input, (a, _) => a), call[6],
            call[7]);
    }
}
