using Hondo.Onnx.Values;

namespace Hondo.Onnx.Ops;

/// <summary>Functions of one number.</summary>
static class UnaryOps
{
    public static void AddTo(OpFamily family)
    {
        Trigonometry(family);
        Rounding(family);
        Activations(family);
        ParameterizedActivations(family);
        Predicates(family);
    }

    /// <summary>f of every number of a float tensor.</summary>
    public static OnnxTensor Map(OnnxTensor x, Func<double, double> f)
    {
        double[] numbers = x.Numbers, results = new double[numbers.Length];
        for (int i = 0; i < results.Length; i++)
            results[i] = f(numbers[i]);
        return OnnxTensor.Of(x.Type, x.Dims.ToArray(), results);
    }

    /// <summary>f of every number of an integer tensor.</summary>
    public static OnnxTensor Map(OnnxTensor x, Func<long, long> f)
    {
        long[] integers = x.Integers, results = new long[integers.Length];
        for (int i = 0; i < results.Length; i++)
            results[i] = f(integers[i]);
        return OnnxTensor.Of(x.Type, x.Dims.ToArray(), results);
    }

    static void Float(OpFamily family, string name, Func<double, double> f) =>
        family.Add(name, call => Map(call[0], f));

    static void Number(OpFamily family, string name, Func<double, double> f, Func<long, long> whole) =>
        family.Add(name, call => call[0].IsFloat ? Map(call[0], f) : Map(call[0], whole));

    static void Trigonometry(OpFamily family)
    {
        Float(family, "Sin", Math.Sin);
        Float(family, "Cos", Math.Cos);
        Float(family, "Tan", Math.Tan);
        Float(family, "Asin", Math.Asin);
        Float(family, "Acos", Math.Acos);
        Float(family, "Atan", Math.Atan);
        Float(family, "Sinh", Math.Sinh);
        Float(family, "Cosh", Math.Cosh);
        Float(family, "Tanh", Math.Tanh);
        Float(family, "Asinh", Math.Asinh);
        Float(family, "Acosh", Math.Acosh);
        Float(family, "Atanh", Math.Atanh);
        Float(family, "Exp", Math.Exp);
        Float(family, "Log", Math.Log);
        Float(family, "Sqrt", Math.Sqrt);
        Float(family, "Reciprocal", x => 1 / x);
        Float(family, "Erf", SpecialFunctions.Erf);
    }

    static void Rounding(OpFamily family)
    {
        Float(family, "Ceil", Math.Ceiling);
        Float(family, "Floor", Math.Floor);
        Float(family, "Round", x => Math.Round(x, MidpointRounding.ToEven));
        Number(family, "Abs", Math.Abs, x => x < 0 ? -x : x);
        Number(family, "Neg", x => -x, x => -x);
        Number(family, "Sign", x => double.IsNaN(x) ? x : Math.Sign(x), x => Math.Sign(x));
        family.Add("Identity", call => call.Value(0));
        family.Add("BitwiseNot", call => Map(call[0], x => ~x));
        family.Add("Not", call => Map(call[0], x => x ^ 1));
    }

    static void Activations(OpFamily family)
    {
        Number(family, "Relu", x => x > 0 || double.IsNaN(x) ? x : 0, x => Math.Max(x, 0));
        Float(family, "Sigmoid", SpecialFunctions.Sigmoid);
        Float(family, "Softplus", SpecialFunctions.Softplus);
        Float(family, "Softsign", x => x / (1 + Math.Abs(x)));
        Float(family, "HardSwish", x => x * Math.Clamp(x / 6 + 0.5, 0, 1));
        Float(family, "Mish", x => x * Math.Tanh(SpecialFunctions.Softplus(x)));
        family.Add("Gelu", call => call.Node.Text("approximate", "none") == "tanh"
            ? Map(call[0], x => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))))
            : Map(call[0], x => 0.5 * x * (1 + SpecialFunctions.Erf(x / Math.Sqrt(2)))));
    }

    static void ParameterizedActivations(OpFamily family)
    {
        Parameterized(family, "LeakyRelu", ("alpha", 0.01), ("", 0), (x, a, _) => x < 0 ? a * x : x);
        Parameterized(family, "Elu", ("alpha", 1), ("", 0), (x, a, _) => x < 0 ? a * (Math.Exp(x) - 1) : x);
        Parameterized(family, "Celu", ("alpha", 1), ("", 0),
            (x, a, _) => Math.Max(0, x) + Math.Min(0, a * (Math.Exp(x / a) - 1)));
        Parameterized(family, "Selu", ("alpha", 1.67326319217681884765625), ("gamma", 1.05070102214813232421875),
            (x, a, gamma) => gamma * (x > 0 ? x : a * (Math.Exp(x) - 1)));
        Parameterized(family, "HardSigmoid", ("alpha", 0.2), ("beta", 0.5), (x, a, b) => Math.Clamp(a * x + b, 0, 1));
        Parameterized(family, "ThresholdedRelu", ("alpha", 1), ("", 0), (x, a, _) => x > a ? x : 0);
        Parameterized(family, "Swish", ("alpha", 1), ("", 0), (x, a, _) => x * SpecialFunctions.Sigmoid(a * x));
        Parameterized(family, "Affine", ("alpha", 1), ("beta", 0), (x, a, b) => a * x + b);
        Parameterized(family, "ScaledTanh", ("alpha", 1), ("beta", 1), (x, a, b) => a * Math.Tanh(b * x));
        Parameterized(family, "Shrink", ("lambd", 0.5), ("bias", 0),
            (x, a, bias) => x < -a ? x + bias : x > a ? x - bias : 0);
    }

    static void Parameterized(OpFamily family, string name, (string Name, double Usual) a,
        (string Name, double Usual) b,
        Func<double, double, double, double> f) => family.Add(name, call =>
        {
            double first = call.Float(a.Name, a.Usual), second = b.Name.Length > 0 ? call.Float(b.Name, b.Usual) : 0;
            if (call[0].IsFloat)
                return Map(call[0], x => f(x, first, second));
            return Map(call[0], (long x) => (long)f(x, first, second));
        });

    static void Predicates(OpFamily family)
    {
        family.Add("IsNaN", call => Test(call[0], double.IsNaN));
        family.Add("IsInf", call =>
        {
            bool negative = call.Flag("detect_negative", true), positive = call.Flag("detect_positive", true);
            return Test(call[0], x => (negative && double.IsNegativeInfinity(x))
                || (positive && double.IsPositiveInfinity(x)));
        });
    }

    static OnnxTensor Test(OnnxTensor x, Func<double, bool> test) =>
        OnnxTensor.Of(ElementType.Bool, x.Dims.ToArray(), [.. x.Numbers.Select(n => test(n) ? 1L : 0L)]);
}
