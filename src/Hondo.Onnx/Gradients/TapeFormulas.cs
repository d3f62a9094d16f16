using Hondo.Onnx.Values;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Onnx.Gradients;

/// <summary>Functions of one number.</summary>
static class TapeFormulas
{
    public static void AddTo(Dictionary<string, TapeOp> ops)
    {
        Plain(ops);
        Activations(ops);
        ops["Clip"] = Clip;
        ops["Cast"] = call => Cast(call, (ElementType)call.Node.Int("to", 0));
        ops["CastLike"] = call => Cast(call, call.Plain.Value(1) is TapeValue like ? like.Type
            : call.Constant(1).Type);
        ops["Identity"] = call => [call.Plain.Value(0)];
        ops["Dropout"] = Dropout;
    }

    static void Add(Dictionary<string, TapeOp> ops, string name, Func<Tensor, Tensor> f) =>
        ops[name] = call => [call[0].Map(f)];

    static void Plain(Dictionary<string, TapeOp> ops)
    {
        Add(ops, "Sin", x => x.Sin());
        Add(ops, "Cos", x => x.Cos());
        Add(ops, "Tan", x => x.Tan());
        Add(ops, "Asin", x => x.Asin());
        Add(ops, "Acos", x => x.Acos());
        Add(ops, "Atan", x => x.Atan());
        Add(ops, "Sinh", x => x.Sinh());
        Add(ops, "Cosh", x => x.Cosh());
        Add(ops, "Tanh", x => x.Tanh());
        Add(ops, "Asinh", x => (x + (x.Square() + 1).Sqrt()).Log());
        Add(ops, "Acosh", x => (x + (x.Square() - 1).Sqrt()).Log());
        Add(ops, "Atanh", x => 0.5 * ((1 + x) / (1 - x)).Log());
        Add(ops, "Exp", x => x.Exp());
        Add(ops, "Log", x => x.Log());
        Add(ops, "Sqrt", x => x.Sqrt());
        Add(ops, "Reciprocal", x => 1 / x);
        Add(ops, "Erf", x => x.Erf());
        Add(ops, "Abs", x => x.Abs());
        Add(ops, "Neg", x => -x);
        // Steps: their gradient is 0, as in other programs.
        Add(ops, "Sign", x => x.Sign());
        Add(ops, "Floor", x => x.Floor());
        Add(ops, "Ceil", x => x.Ceiling());
        Add(ops, "Round", x => x.Round());
    }

    static void Activations(Dictionary<string, TapeOp> ops)
    {
        Add(ops, "Relu", x => x.Relu());
        Add(ops, "Sigmoid", x => x.Sigmoid());
        Add(ops, "Softplus", x => x.Softplus());
        Add(ops, "Softsign", x => x.Softsign());
        Add(ops, "HardSwish", x => x.HardSwish());
        Add(ops, "Mish", x => x.Mish());
        foreach (string name in (string[])["Gelu", "LeakyRelu", "Elu", "Celu", "Selu", "HardSigmoid", "Swish",
            "ThresholdedRelu", "Affine", "ScaledTanh", "Shrink"])
            ops[name] = call => [call[0].Map(Activation(name, call.Node))];
    }

    /// <summary>An activation with the attributes of a node.</summary>
    public static Func<Tensor, Tensor> Activation(string name, Node node)
    {
        double Of(string attribute, double usual) => node.Float(attribute, usual);
        double alpha = Of("alpha", name is "LeakyRelu" ? 0.01 : name is "HardSigmoid" ? 0.2 : 1), beta = Of("beta", 0);
        return name switch
        {
            "Gelu" => node.Text("approximate", "none") == "tanh" ? x => x.GeluTanh() : x => x.Gelu(),
            "LeakyRelu" => x => x.LeakyRelu(alpha),
            "Elu" => x => x.Elu(alpha),
            "Celu" => x => x.Celu(alpha),
            "Selu" => x => x.Elu(Of("alpha", 1.67326319217681884765625)) * Of("gamma", 1.05070102214813232421875),
            "HardSigmoid" => x => (x * alpha + Of("beta", 0.5)).Clip(0, 1),
            "Swish" => x => x * (x * alpha).Sigmoid(),
            "ThresholdedRelu" => x => x * (x > alpha).To(x.DType),
            "Affine" => x => x * alpha + beta,
            "ScaledTanh" => x => (x * Of("beta", 1)).Tanh() * alpha,
            _ => x => Shrink(x, Of("lambd", 0.5), Of("bias", 0)),
        };
    }

    static Tensor Shrink(Tensor x, double threshold, double bias)
    {
        Tensor below = (x < -threshold).To(x.DType), above = (x > threshold).To(x.DType);
        return x * (below + above) + (below - above) * bias;
    }

    static OnnxValue?[] Clip(TapeCall call)
    {
        double low = call.Has(1) ? call.Constant(1).AsNumbers()[0] : double.NegativeInfinity;
        double high = call.Has(2) ? call.Constant(2).AsNumbers()[0] : double.PositiveInfinity;
        // The standard gives the upper bound where the bounds cross.
        return [call[0].Map(x => low <= high ? x.Clip(low, high) : x * 0 + high)];
    }

    static OnnxValue?[]? Cast(TapeCall call, ElementType to) => call.Plain.Value(0) is TapeValue x && to.IsFloat()
        && !to.IsSmallFloat() ? [(to is ElementType.Float16 or ElementType.BFloat16 && to != x.Type
            ? x.Map(numbers => Tape.Apply(new RoundTo(to), numbers)) : x).As(to)] : null;

    static OnnxValue?[]? Dropout(TapeCall call)
    {
        if (call.Node.Wants(1))
            return null;
        double rate = call.Has(1) ? call.Constant(1).AsNumbers()[0] : 0.5;
        return [call[0].Map(x => x.Dropout(Math.Clamp(rate, 0, 0.99), RandomStream.OfLayer()))];
    }
}

/// <summary>y = x, rounded to what a type can hold      dx = dy</summary>
/// <param name="Type">The type.</param>
readonly record struct RoundTo(ElementType Type) : IOp
{
    static string IOp.Name => "RoundTo";

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0];

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = T.CreateSaturating(Type.Round(double.CreateSaturating(x[0][i])));
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        for (int i = 0; i < dy.Length && dx[0].IsNeeded; i++)
            dx[0][i] += dy[i];
    }
}
