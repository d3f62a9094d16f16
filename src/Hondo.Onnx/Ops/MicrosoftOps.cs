using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;

namespace Hondo.Onnx.Ops;

/// <summary>
/// The operators of ONNX Runtime's own domain that its optimizer writes: joined steps of transformers and convolutions.
/// Each is said by operators of the standard, which train where they have a gradient.
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

    // An op of the domain that is said by others.
    static void Compose(OpFamily family, string name, Func<Call, OnnxValue?> op) =>
        family.Compose(Domain, name, call => [op(call)]);

    static void Activations(OpFamily family)
    {
        Compose(family, "Gelu", call => call.Compose("Gelu", [call.Value(0)]));
        Compose(family, "BiasGelu", call => call.Compose("Gelu", [Sum(call, call.Value(0), call.Value(1))]));
        Compose(family, "FastGelu", call => call.Compose("Gelu", [Sum(call, call.Value(0), call.Value(1))],
            ("approximate", "tanh")));
        Compose(family, "QuickGelu", call => call.Compose("Swish", [call.Value(0)],
            ("alpha", call.Float("alpha", 1.702))));
    }

    // a + b, or a where b is left out.
    static OnnxValue Sum(Call call, OnnxValue? a, OnnxValue? b) => a is null
        ? throw new OnnxException("An input is left out, but is needed.") : b is null ? a : call.Compose("Add", [a, b]);

    static void Joined(OpFamily family)
    {
        Compose(family, "FusedConv", call => Activated(call, Sum(call, call.ComposeSame("Conv",
            [call.Value(0), call.Value(1), call.Value(2)]), call.Value(3))));
        Compose(family, "FusedGemm", call => Activated(call, call.ComposeSame("Gemm",
            [call.Value(0), call.Value(1), call.Value(2)])));
        Compose(family, "FusedMatMul", FusedMatMul);
        Compose(family, "TransposeMatMul", FusedMatMul);
        foreach (string same in (string[])["QuantizeLinear", "DequantizeLinear", "GridSample", "Trilu"])
            family.Compose(Domain, same, call => [call.ComposeSame(same, [.. Enumerable.Range(0, call.Count)
                .Select(call.Value)])]);
    }

    static OnnxValue Activated(Call call, OnnxValue x)
    {
        double[] numbers = call.Node.Floats("activation_params") ?? [];
        double At(int i, string name, double usual) => i < numbers.Length ? numbers[i]
            : call.Float("activation_" + name, usual);
        OnnxTensor Bound(double number) => OnnxTensor.Scalar(x.Form.Type, number);
        return call.Node.Text("activation", "") switch
        {
            "" => x,
            "LeakyRelu" => call.Compose("LeakyRelu", [x], ("alpha", At(0, "alpha", 0.01))),
            "HardSigmoid" => call.Compose("HardSigmoid", [x], ("alpha", At(0, "alpha", 0.2)), ("beta",
                At(1, "beta", 0.5))),
            "Clip" => call.Compose("Clip", [x, Bound(At(0, "min", float.MinValue)),
                Bound(At(1, "max", float.MaxValue))]),
            "Relu" or "Sigmoid" or "Tanh" or "Softplus" or "Elu" => call.Compose(call.Node.Text("activation", ""), [x]),
            var other => throw Call.Unknown($"the activation '{other}'"),
        };
    }

    static OnnxValue FusedMatMul(Call call)
    {
        if (call.Flag("transBatchA") || call.Flag("transBatchB"))
            throw Call.Unknown("products whose batch axis is turned");
        double alpha = call.Float("alpha", 1);
        OnnxValue product = call.Compose("MatMul", [Turned(call, 0, "transA"), Turned(call, 1, "transB")]);
        return alpha == 1 ? product : call.Compose("Mul", [product, OnnxTensor.Scalar(product.Form.Type, alpha)]);
    }

    static OnnxValue? Turned(Call call, int input, string flag)
    {
        OnnxValue? x = call.Value(input);
        return !call.Flag(flag) || x?.Form.Dims.Length is not int rank || rank < 2 ? x : call.Compose("Transpose", [x],
            ("perm", (long[])[.. Enumerable.Range(0, rank - 2).Select(axis => (long)axis), rank - 1, rank - 2]));
    }

    static void Norms(OpFamily family)
    {
        family.Compose("", "SimplifiedLayerNormalization", call => [call.ComposeSame("RMSNormalization",
            [call.Value(0), call.Value(1)])]);
        family.Compose(Domain, "SkipLayerNormalization", call => Skip(call, call.Value(4), sum =>
            call.Compose("LayerNormalization", [sum, call.Value(2), call.Value(3)], Epsilon(call, 1e-12))));
        family.Compose(Domain, "SkipSimplifiedLayerNormalization", call => Skip(call, call.Value(3), sum =>
            call.Compose("RMSNormalization", [sum, call.Value(2)], Epsilon(call, 1e-5))));
        family.Compose(Domain, "EmbedLayerNormalization", EmbedLayerNorm);
    }

    static (string, object) Epsilon(Call call, double usual) => ("epsilon", call.Float("epsilon", usual));

    static OnnxValue?[] Skip(Call call, OnnxValue? bias, Func<OnnxValue, OnnxValue> norm)
    {
        OnnxValue sum = Sum(call, Sum(call, call.Value(0), call.Value(1)), bias);
        return [norm(sum), null, null, sum];
    }

    static OnnxValue?[] EmbedLayerNorm(Call call)
    {
        OnnxTensor ids = call[0];
        int steps = ids.Dims[^1];
        OnnxTensor places = call.Maybe(8) ?? OnnxTensor.List([.. Enumerable.Range(0, steps).Select(i => (long)i)]);
        OnnxValue sum = Sum(call, call.Compose("Gather", [call.Value(2), ids]),
            call.Compose("Gather", [call.Value(3), places]));
        if (call.Maybe(1) is { } segments && call.Value(4) is { } table)
            sum = Sum(call, sum, call.Compose("Gather", [table, segments]));
        OnnxValue y = call.Compose("LayerNormalization", [sum, call.Value(5), call.Value(6)], Epsilon(call, 1e-12));
        // How many tokens of each row there are.
        long[] mask = call.Maybe(7)?.Integers ?? [.. Enumerable.Repeat(1L, ids.Size)];
        long[] lengths = [.. mask.Chunk(Math.Max(1, steps)).Select(row => row.Sum())];
        return [y, OnnxTensor.Of(ElementType.Int32, [lengths.Length], lengths), sum];
    }

    static void Transformers(OpFamily family)
    {
        family.Compose(Domain, "Attention", PackedAttention);
        family.Compose(Domain, "MultiHeadAttention", call => Enumerable.Range(0, 3).All(i => call.Value(i)?.Form.Dims
            is { Length: 3 }) && call.Value(6) is null ? Heads(call, Biased(call, 0), Biased(call, 1), Biased(call, 2),
            call.Maybe(4), call.Value(5)) : throw Call.Unknown("queries, keys and values in one tensor, or what was "
            + "seen before"));
    }

    // One product makes queries, keys and values.
    static OnnxValue?[] PackedAttention(Call call)
    {
        if (call.Value(4) is not null || call.Node.Has("qkv_hidden_sizes") || call.Flag("do_rotary"))
            throw Call.Unknown("attention with what was seen before, with widths of its own or rotary positions");
        OnnxValue all = Sum(call, call.Compose("MatMul", [call.Value(0), call.Value(1)]), call.Value(2));
        long width = all.Form.Dims[^1] / 3;
        OnnxValue?[] parts = call.ComposeAll("Split", [all, OnnxTensor.List([width, width, width])], ("axis", 2L));
        return Heads(call, parts[0]!, parts[1]!, parts[2]!, call.Maybe(3), call.Value(5));
    }

    // The bias of all three lies in one row.
    static OnnxValue Biased(Call call, int part)
    {
        long Width(int i) => call.Value(i)!.Form.Dims[2];
        long start = Enumerable.Range(0, part).Sum(Width);
        return Sum(call, call.Value(part), call.Value(3) is not { } bias ? null : call.Compose("Slice",
            [bias, OnnxTensor.List([start]), OnnxTensor.List([start + Width(part)]), OnnxTensor.List([0L])]));
    }

    static OnnxValue?[] Heads(Call call, OnnxValue q, OnnxValue k, OnnxValue v, OnnxTensor? padding, OnnxValue? bias)
    {
        long heads = call.Int("num_heads", 1);
        double scale = call.Float("scale", 0), hidden = call.Float("mask_filter_value", -10000);
        OnnxValue? mask = padding is null ? bias
            : Sum(call, Shown(padding, q.Form.Dims[0], k.Form.Dims[1], hidden), bias);
        List<(string, object)> attributes = [("q_num_heads", heads), ("kv_num_heads", heads),
            ("is_causal", call.Int("unidirectional", 0))];
        if (scale != 0)
            attributes.Add(("scale", scale));
        return [call.Compose("Attention", [q, k, v, mask], [.. attributes])];
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
