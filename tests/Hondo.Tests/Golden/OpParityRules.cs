using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Tests.Golden;

/// <summary>How the golden cases of ops are written in Hondo.</summary>
static class OpParityRules
{
    public static Tensor[] Compute(OpParityCase c) =>
        Several(c) ?? [Unary(c) ?? Activation(c) ?? Binary(c) ?? Reduction(c) ?? Linear(c) ?? OpParityShapes.Compute(c)
            ?? OpParityLosses.Compute(c) ?? OpParityPooling.Compute(c) ?? OpParityConvolutions.Compute(c)
            ?? throw new NotSupportedException($"No rule for the op {c.Op}.")];

    static Tensor[]? Several(OpParityCase c) => (c.Op, c.Name) switch
    {
        ("max", "max_dim") => [c["x"].Max(c.Whole("dim")), c["x"].ArgMax(c.Whole("dim"))],
        ("min", "min_dim") => [c["x"].Min(c.Whole("dim")), c["x"].ArgMin(c.Whole("dim"))],
        ("topk", _) => [c["x"].TopK(c.Whole("k"), c.Whole("dim")), c["x"].ArgTopK(c.Whole("k"), c.Whole("dim"))],
        ("sort", _) => [c["x"].Sort(c.Whole("dim")), c["x"].ArgSort(c.Whole("dim"))],
        ("split", _) => c["x"].Split(c.List("sizes"), c.Whole("dim")),
        ("chunk", _) => [.. Enumerable.Range(0, 2).Select(i => c["x"].Chunk(2, c.Whole("dim"))[i])],
        _ => null,
    };

    static Tensor? Unary(OpParityCase c) => c.Op switch
    {
        "neg" => -c["x"],
        "abs" => c["x"].Abs(),
        "exp" => c["x"].Exp(),
        "expm1" => c["x"].Expm1(),
        "log" => c["x"].Log(),
        "log1p" => c["x"].Log1p(),
        "sqrt" => c["x"].Sqrt(),
        "rsqrt" => c["x"].Rsqrt(),
        "square" => c["x"].Square(),
        "reciprocal" => c["x"].Reciprocal(),
        "sin" => c["x"].Sin(),
        "cos" => c["x"].Cos(),
        "tan" => c["x"].Tan(),
        "asin" => c["x"].Asin(),
        "acos" => c["x"].Acos(),
        "atan" => c["x"].Atan(),
        "sinh" => c["x"].Sinh(),
        "cosh" => c["x"].Cosh(),
        "erf" => c["x"].Erf(),
        "sign" => c["x"].Sign(),
        "floor" => c["x"].Floor(),
        "round" => c["x"].Round(),
        "clamp_min" => c["x"].Clip(c.Number("min")),
        "pow_scalar" or "pow_square_negative" or "pow_cube_negative" => c["x"].Pow(c.Number("exponent")),
        "add_scalar" => c["x"] + c.Number("scalar"),
        "rsub_scalar" => c.Number("scalar") - c["x"],
        "rdiv_scalar" => c.Number("scalar") / c["x"],
        "masked_fill" => c["x"].MaskedFill(c["mask"], c.Number("value")),
        _ => null,
    };

    static Tensor? Activation(OpParityCase c) => c.Op switch
    {
        "tanh" => c["x"].Tanh(),
        "sigmoid" => c["x"].Sigmoid(),
        "logsigmoid" => c["x"].LogSigmoid(),
        "relu" => c["x"].Relu(),
        "relu6" => c["x"].Relu6(),
        "leaky_relu" => c["x"].LeakyRelu(c.Number("negative_slope")),
        "elu" => c["x"].Elu(c.Number("alpha")),
        "celu" => c["x"].Celu(c.Number("alpha")),
        "selu" => c["x"].Selu(),
        "gelu_erf" => c["x"].Gelu(),
        "gelu_tanh" => c["x"].GeluTanh(),
        "silu" => c["x"].Silu(),
        "mish" => c["x"].Mish(),
        "softsign" => c["x"].Softsign(),
        "softplus" or "softplus_large" => c["x"].Softplus(c.Number("beta")),
        "hardsigmoid" => c["x"].HardSigmoid(),
        "hardswish" => c["x"].HardSwish(),
        "hardtanh" => c["x"].HardTanh(c.Number("min"), c.Number("max")),
        _ => null,
    };

    static Tensor? Binary(OpParityCase c) => c.Op switch
    {
        "prelu" => Channels(c["x"]).PRelu(c["weight"]).Permute(Back(c["x"].Shape.Rank)),
        "add" => c["x"] + c["y"],
        "sub" => c["x"] - c["y"],
        "mul" => c.Name == "reused_input" ? OpParityShapes.Reused(c["x"]) : c["x"] * c["y"],
        "div" => c["x"] / c["y"],
        "maximum" => c["x"].Maximum(c["y"]),
        "minimum" => c["x"].Minimum(c["y"]),
        "pow" => c["input"].Pow(c["exponent"]),
        "atan2" => c["y"].Atan2(c["x"]),
        "where" => c["cond"].Where(c["x"], c["y"]),
        _ => null,
    };

    static Tensor? Reduction(OpParityCase c)
    {
        Tensor x = c.Has("x") ? c["x"] : default;
        bool keeps = c.Is("keepdim");
        int[]? axes = !c.HasAttribute("dim") || c.Op is "concat" or "stack" ? null
            : c.Attribute("dim").ValueKind == System.Text.Json.JsonValueKind.Array ? c.List("dim") : [c.Whole("dim")];
        int correction = c.HasAttribute("unbiased") && c.Is("unbiased") ? 1 : 0;
        return c.Op switch
        {
            "sum" => axes is null ? x.Sum() : x.Sum(axes, keeps),
            "mean" => axes is null ? x.Mean() : x.Mean(axes, keeps),
            "max" => x.Max(),
            "min" => x.Min(),
            "amax" => x.Max(axes, keeps),
            "prod" => x.Prod(axes, keeps),
            "argmax" => x.ArgMax(axes![0]),
            "argmin" => x.ArgMin(axes![0]),
            "var" => axes is null ? x.Var(correction) : x.Var(axes, keeps, correction),
            "std" => axes is null ? x.Std(correction) : x.Std(axes, keeps, correction),
            "logsumexp" => x.LogSumExp(axes, keeps),
            "norm" => x.PowerNorm(c.Number("p"), axes ?? [.. Enumerable.Range(0, x.Shape.Rank)], keeps),
            "normalize" => x.Normalize(axes![0], c.Number("eps")),
            "cumsum" => x.CumSum(axes![0]),
            "softmax" => x.Softmax(axes![0]),
            "log_softmax" => x.LogSoftmax(axes![0]),
            _ => null,
        };
    }

    static Tensor? Linear(OpParityCase c) => c.Op switch
    {
        "matmul" when c.Has("input") => c["input"].MatMul(c["other"]),
        "matmul" => c["x"].MatMul(c["y"], c.Text("transpose") == "left", c.Text("transpose") == "right"),
        "outer" => c["x"].Outer(c["y"]),
        "addmm" => c["c"] * c.Number("beta") + c["x"].MatMul(c["y"]) * c.Number("alpha"),
        "einsum" => c.Text("equation") switch
        {
            "bij,bkj->bik" or "bhqd,bhkd->bhqk" => c["x"].MatMul(c["y"], transposeB: true),
            "ij->ji" => c["x"].Transpose(),
            "ijk,k->ij" => c["x"].MatMul(c["y"]),
            "ii->i" => c["x"].Diagonal(),
            "ij,ij->" => (c["x"] * c["y"]).Sum(),
            _ => null,
        },
        _ => null,
    };

    /// <summary>The channels from the second axis to the last, and back.</summary>
    internal static Tensor Channels(Tensor x) =>
        x.Permute([0, .. Enumerable.Range(2, x.Shape.Rank - 2), 1]);

    internal static int[] Back(int rank) => [0, rank - 1, .. Enumerable.Range(1, rank - 2)];

}
