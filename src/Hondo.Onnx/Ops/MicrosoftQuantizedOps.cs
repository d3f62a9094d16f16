using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;

namespace Hondo.Onnx.Ops;

/// <summary>
/// The operators of ONNX Runtime's own domain that its quantizer writes. Each is the operator of the standard between
/// numbers of few bits.
/// </summary>
static class MicrosoftQuantizedOps
{
    public static void AddTo(OpFamily family)
    {
        MicrosoftOps.Add(family, "QLinearAdd", call => Joined(call, Sum));
        MicrosoftOps.Add(family, "QLinearMul", call => Joined(call, (a, b) => Product(a, b!)));
        MicrosoftOps.Add(family, "QLinearSigmoid", call => Of(call, x => call.Apply("Sigmoid", [x])));
        MicrosoftOps.Add(family, "QLinearLeakyRelu", call => Of(call, x => call.Apply("LeakyRelu", [x],
            ("alpha", call.Float("alpha", 0.01)))));
        MicrosoftOps.Add(family, "QLinearSoftmax", call => Of(call, x => call.Apply("Softmax", [x],
            ("axis", call.Int("axis", -1)))));
        MicrosoftOps.Add(family, "QLinearGlobalAveragePool", call => call.Flag("channels_last")
            ? throw Call.Unknown("pooling of images whose channels are last")
            : Of(call, x => call.Apply("GlobalAveragePool", [x])));
        MicrosoftOps.Add(family, "QLinearAveragePool", call => call.Flag("channels_last")
            ? throw Call.Unknown("pooling of images whose channels are last")
            : Of(call, x => call.Same("AveragePool", [x])));
        MicrosoftOps.Add(family, "QLinearConcat", QLinearConcat);
        MicrosoftOps.Add(family, "QGemm", QGemm);
        MicrosoftOps.Add(family, "MatMulIntegerToFloat", call => Sum(MatrixOps.MatMul(
            Wide(call, call[0], call[2], call.Maybe(4)),
            Wide(call, call[1], call[3], call.Maybe(5))), call.Maybe(6)));
        MicrosoftOps.Add(family, "DynamicQuantizeMatMul", DynamicMatMul);
        MicrosoftOps.Add(family, "MatMulNBits", MatMulNBits);
    }

    static OnnxTensor Sum(OnnxTensor a, OnnxTensor? b) =>
        b is null ? a : BinaryOps.Apply(a, b, (p, q) => p + q, (p, q) => p + q);

    static OnnxTensor Wide(Call call, OnnxTensor x, OnnxTensor scale, OnnxTensor? zero) =>
        call.Apply("DequantizeLinear", [x, scale, zero], ("axis", (long)x.Rank - 1));

    static OnnxTensor Narrow(Call call, OnnxTensor x, OnnxTensor scale, OnnxTensor? zero) =>
        call.Apply("QuantizeLinear", [x, scale, zero]);

    static OnnxTensor Joined(Call call, Func<OnnxTensor, OnnxTensor?, OnnxTensor> join) => Narrow(call,
        join(Wide(call, call[0], call[1], call.Maybe(2)), Wide(call, call[3], call[4], call.Maybe(5))), call[6],
        call.Maybe(7));

    static OnnxTensor Of(Call call, Func<OnnxTensor, OnnxTensor> op) =>
        Narrow(call, op(Wide(call, call[0], call[1], call.Maybe(2))), call[3], call.Maybe(4));

    static OnnxTensor QLinearConcat(Call call)
    {
        OnnxTensor[] parts = [.. Enumerable.Range(0, (call.Count - 2) / 3).Select(i =>
            Wide(call, call[2 + 3 * i], call[3 + 3 * i], call.Maybe(4 + 3 * i)))];
        return Narrow(call, ShapeOps.Concat(parts, Dimensions.Axis(call.Int("axis", 1), parts[0].Rank)), call[0],
            call.Maybe(1));
    }

    static OnnxTensor QGemm(Call call)
    {
        bool isTurned = call.Flag("transB");
        OnnxTensor b = call.Apply("DequantizeLinear", [call[3], call[4], call.Maybe(5)], ("axis", isTurned ? 0L : 1L));
        // C counts in steps of both scales.
        OnnxTensor? c = call.Maybe(6) is not { } bias ? null : CastOps.Convert(Product(Product(MatrixOps.AsDouble(bias),
            MatrixOps.AsDouble(call[1])), MatrixOps.AsDouble(call[4])), ElementType.Float32);
        OnnxTensor y = call.Apply("Gemm", [Wide(call, call[0], call[1], call.Maybe(2)), b, c], ("transA",
            call.Int("transA", 0)), ("transB", call.Int("transB", 0)), ("alpha", call.Float("alpha", 1)));
        return call.Maybe(7) is { } scale ? Narrow(call, y, scale, call.Maybe(8)) : y;
    }

    static OnnxTensor DynamicMatMul(Call call)
    {
        OnnxValue?[] few = OpTable.Find("", "DynamicQuantizeLinear")!(call.With("DynamicQuantizeLinear", [call[0]]));
        OnnxTensor a = Wide(call, (OnnxTensor)few[0]!, (OnnxTensor)few[1]!, (OnnxTensor)few[2]!);
        return Sum(MatrixOps.MatMul(a, Wide(call, call[1], call[2], call.Maybe(3))), call.Maybe(4));
    }

    static OnnxTensor Product(OnnxTensor a, OnnxTensor b) =>
        BinaryOps.Apply(a, b, (p, q) => p * q, (p, q) => p * q);

    // B is [outputs, blocks, bytes of a block]; the low bits of a byte come first.
    static OnnxTensor MatMulNBits(Call call)
    {
        int inputs = (int)call.Int("K", 0), outputs = (int)call.Int("N", 0), bits = (int)call.Int("bits", 4);
        int block = (int)call.Int("block_size", 0);
        if (bits is not (4 or 8) || call.Maybe(4) is not null || inputs < 1 || outputs < 1 || block < 1
            || call.Maybe(3) is { IsFloat: true })
            throw Call.Unknown($"weights of {bits} bits laid out in this way");
        int blocks = (inputs + block - 1) / block, bytes = block * bits / 8, points = (blocks * bits + 7) / 8;
        OnnxTensor packed = call[1], scales = call[2];
        if (packed.Size != outputs * blocks * bytes || scales.Size != outputs * blocks)
            throw new OnnxException($"Weights {packed.Describe()} are not {outputs}×{inputs} of {bits} bits in blocks "
                + $"of {block}.");
        long[] numbers = packed.Integers, zeros = call.Maybe(3)?.Integers ?? [];
        double[] scale = scales.AsNumbers(), w = new double[inputs * outputs];
        long Bits(long[] from, int first, int i) => bits == 8 ? from[first + i]
            : from[first + i / 2] >> 4 * (i & 1) & 15;
        for (int o = 0; o < outputs; o++)
            for (int k = 0; k < inputs; k++)
            {
                int at = o * blocks + k / block;
                long zero = zeros.Length > 0 ? Bits(zeros, o * points, k / block) : 1L << bits - 1;
                w[k * outputs + o] = (Bits(numbers, at * bytes, k % block) - zero) * scale[at];
            }
        OnnxTensor product = MatrixOps.MatMul(call[0], OnnxTensor.Of(call[0].Type, [inputs, outputs], w));
        return Sum(product, call.Maybe(5));
    }
}
