using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;

namespace Hondo.Onnx.Ops;

/// <summary>
/// The operators of ONNX Runtime's own domain that its optimizer writes: joined steps of transformers and convolutions.
/// Each is said by operators of the standard.
/// </summary>
static class MicrosoftOps
{
    const string Domain = "com.microsoft";

    public static void AddTo(OpFamily family)
    {
        Activations(family);
        Joined(family);
        Norms(family);
        MicrosoftQuantizedOps.AddTo(family);
        Transformers(family);
    }

    /// <summary>An op of the domain with one output.</summary>
    public static void Add(OpFamily family, string name, Func<Call, OnnxValue?> op) =>
        family.AddAll(Domain, name, call => [op(call)]);

    static void Activations(OpFamily family)
    {
        Add(family, "Gelu", call => Gelu(call, call[0]));
        Add(family, "BiasGelu", call => Gelu(call, Sum(call[0], call[1])));
        Add(family, "FastGelu", call => call.Apply("Gelu", [Sum(call[0], call.Maybe(1))], ("approximate", "tanh")));
        Add(family, "QuickGelu", call => call.Float("alpha", 1.702) is var alpha ? UnaryOps.Map(call[0],
            (double x) => x * SpecialFunctions.Sigmoid(alpha * x)) : null);
    }

    static OnnxTensor Gelu(Call call, OnnxTensor x) => call.Apply("Gelu", [x]);

    /// <summary>a + b, or a where b is left out.</summary>
    public static OnnxTensor Sum(OnnxTensor a, OnnxTensor? b) =>
        b is null ? a : BinaryOps.Apply(a, b, (p, q) => p + q, (p, q) => p + q);

    static void Joined(OpFamily family)
    {
        Add(family, "FusedConv", call => Activated(call,
            Sum(ConvolutionOps.Conv(call, call[0], call[1], call.Maybe(2)), call.Maybe(3))));
        Add(family, "FusedGemm", call => Activated(call, call.Same("Gemm", [call[0], call[1], call.Maybe(2)])));
        Add(family, "FusedMatMul", FusedMatMul);
        Add(family, "TransposeMatMul", FusedMatMul);
        foreach (string same in (string[])["QuantizeLinear", "DequantizeLinear", "GridSample", "Trilu"])
            family.AddAll(Domain, same, call => OpTable.Find("", same)!(call));
    }

    static OnnxTensor Activated(Call call, OnnxTensor x)
    {
        double[] numbers = call.Node.Floats("activation_params") ?? [];
        double At(int i, string name, double usual) => i < numbers.Length ? numbers[i]
            : call.Float("activation_" + name, usual);
        return call.Node.Text("activation", "") switch
        {
            "" => x,
            "LeakyRelu" => call.Apply("LeakyRelu", [x], ("alpha", At(0, "alpha", 0.01))),
            "HardSigmoid" => call.Apply("HardSigmoid", [x], ("alpha", At(0, "alpha", 0.2)), ("beta",
                At(1, "beta", 0.5))),
            "Clip" => call.Apply("Clip", [x, OnnxTensor.Scalar(x.Type, At(0, "min", float.MinValue)),
                OnnxTensor.Scalar(x.Type, At(1, "max", float.MaxValue))]),
            "Relu" or "Sigmoid" or "Tanh" or "Softplus" or "Elu" => call.Apply(call.Node.Text("activation", ""), [x]),
            var other => throw Call.Unknown($"the activation '{other}'"),
        };
    }

    static OnnxTensor FusedMatMul(Call call)
    {
        if (call.Flag("transBatchA") || call.Flag("transBatchB"))
            throw Call.Unknown("products whose batch axis is turned");
        double alpha = call.Float("alpha", 1);
        OnnxTensor product = MatrixOps.MatMul(Turned(call[0], call.Flag("transA")),
            Turned(call[1], call.Flag("transB")));
        return alpha == 1 ? product : UnaryOps.Map(product, (double x) => alpha * x);
    }

    static OnnxTensor Turned(OnnxTensor x, bool isTurned) => !isTurned || x.Rank < 2 ? x : ShapeOps.Transpose(x,
        [.. Enumerable.Range(0, x.Rank - 2), x.Rank - 1, x.Rank - 2]);

    static void Norms(OpFamily family)
    {
        family.AddAll("SimplifiedLayerNormalization", call => [call.Same("RMSNormalization", [call[0], call[1]])]);
        family.AddAll(Domain, "SkipLayerNormalization", call => Skip(call, call.Maybe(4), sum =>
            call.Apply("LayerNormalization", [sum, call[2], call.Maybe(3)], Epsilon(call, 1e-12))));
        family.AddAll(Domain, "SkipSimplifiedLayerNormalization", call => Skip(call, call.Maybe(3), sum =>
            call.Apply("RMSNormalization", [sum, call[2]], Epsilon(call, 1e-5))));
        family.AddAll(Domain, "EmbedLayerNormalization", EmbedLayerNorm);
    }

    static (string, object) Epsilon(Call call, double usual) => ("epsilon", call.Float("epsilon", usual));

    static OnnxValue?[] Skip(Call call, OnnxTensor? bias, Func<OnnxTensor, OnnxTensor> norm)
    {
        OnnxTensor sum = Sum(Sum(call[0], call[1]), bias);
        return [norm(sum), null, null, sum];
    }

    static OnnxValue?[] EmbedLayerNorm(Call call)
    {
        OnnxTensor ids = call[0];
        int steps = ids.Dims[^1];
        OnnxTensor places = call.Maybe(8) ?? OnnxTensor.List([.. Enumerable.Range(0, steps).Select(i => (long)i)]);
        OnnxTensor sum = Sum(IndexOps.Gather(call[2], ids, 0), IndexOps.Gather(call[3], places, 0));
        if (call.Maybe(1) is { } segments && call.Maybe(4) is { } table)
            sum = Sum(sum, IndexOps.Gather(table, segments, 0));
        OnnxTensor y = call.Apply("LayerNormalization", [sum, call[5], call.Maybe(6)], Epsilon(call, 1e-12));
        // How many tokens of each row there are.
        long[] mask = call.Maybe(7)?.Integers ?? [.. Enumerable.Repeat(1L, ids.Size)];
        long[] lengths = [.. mask.Chunk(Math.Max(1, steps)).Select(row => row.Sum())];
        return [y, OnnxTensor.Of(ElementType.Int32, [lengths.Length], lengths), sum];
    }

    static void Transformers(OpFamily family)
    {
        family.AddAll(Domain, "Attention", PackedAttention);
        family.AddAll(Domain, "MultiHeadAttention", call => call[0].Rank == 3 && call.Maybe(1) is { Rank: 3 }
            && call.Maybe(2) is { Rank: 3 } && call.Maybe(6) is null ? Heads(call, Biased(call, 0), Biased(call, 1),
            Biased(call, 2), call.Maybe(4), call.Maybe(5)) : throw Call.Unknown("queries, keys and values in one "
            + "tensor, or what was seen before"));
    }

    // One product makes queries, keys and values.
    static OnnxValue?[] PackedAttention(Call call)
    {
        if (call.Maybe(4) is not null || call.Node.Has("qkv_hidden_sizes") || call.Flag("do_rotary"))
            throw Call.Unknown("attention with what was seen before, with widths of its own or rotary positions");
        OnnxTensor all = Sum(MatrixOps.MatMul(call[0], call[1]), call.Maybe(2));
        int width = all.Dims[^1] / 3;
        return Heads(call, ShapeOps.Part(all, 2, 0, width), ShapeOps.Part(all, 2, width, width),
            ShapeOps.Part(all, 2, 2 * width, width), call.Maybe(3), call.Maybe(5));
    }

    // The bias of all three lies in one row.
    static OnnxTensor Biased(Call call, int part) => call.Maybe(3) is not { } bias ? call[part]
        : Sum(call[part], ShapeOps.Part(bias, 0, Enumerable.Range(0, part).Sum(i => call[i].Dims[2]),
            call[part].Dims[2]));

    static OnnxValue?[] Heads(Call call, OnnxTensor q, OnnxTensor k, OnnxTensor v, OnnxTensor? padding,
        OnnxTensor? bias)
    {
        long heads = call.Int("num_heads", 1);
        double scale = call.Float("scale", 0), hidden = call.Float("mask_filter_value", -10000);
        OnnxTensor? mask = padding is null ? null : Shown(padding, q.Dims[0], k.Dims[1], hidden);
        mask = mask is null ? bias : Sum(mask, bias);
        List<(string, object)> attributes = [("q_num_heads", heads), ("kv_num_heads", heads),
            ("is_causal", call.Int("unidirectional", 0))];
        if (scale != 0)
            attributes.Add(("scale", scale));
        return [call.Apply("Attention", [q, k, v, mask], [.. attributes])];
    }

    // [batch] has how many keys there are, [batch, keys] 1 for each that there is.
    static OnnxTensor Shown(OnnxTensor padding, int batch, int keys, double hidden)
    {
        long[] given = padding.Integers;
        if (padding.Rank > 2 || (padding.Size != batch && padding.Size != batch * keys))
            throw Call.Unknown($"a mask {padding.Describe()}");
        double[] mask = [.. Enumerable.Range(0, batch * keys).Select(i => (padding.Size == batch && padding.Rank == 1
            ? i % keys < given[i / keys] : given[i] != 0) ? 0 : hidden)];
        return OnnxTensor.Of(ElementType.Float32, [batch, 1, 1, keys], mask);
    }
}
