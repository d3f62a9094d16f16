using Hondo.Ops;
using Hondo.Tensors;
using static Hondo.Tests.Ops.Cases.Inputs;

namespace Hondo.Tests.Ops.Cases;

static class ElementwiseCases
{
    static readonly Shape TwoByThreeByFour = [2, 3, 4];

    public static IEnumerable<OpCase> Activations =>
    [
        new("Relu", x => x.Relu(), Signed([3, 4])),
        new("Sigmoid", x => x.Sigmoid(), Signed([3, 4])),
        new("Tanh", x => x.Tanh(), Signed([3, 4])),
        new("LeakyRelu", x => x.LeakyRelu(0.1), Signed([3, 4])),
        new("Elu", x => x.Elu(0.7), Signed([3, 4])),
        new("Celu", x => x.Celu(0.7), Signed([3, 4])),
        new("Selu", x => x.Selu(), Signed([3, 4])),
        new("Gelu", x => x.Gelu(), Signed([3, 4])),
        new("GeluTanh", x => x.GeluTanh(), Signed([3, 4])),
        new("Silu", x => x.Silu(), Signed([3, 4])),
        new("Softplus", x => x.Softplus(1.3), Signed([3, 4])),
        new("Softsign", x => x.Softsign(), Signed([3, 4])),
        new("Mish", x => x.Mish(), Signed([3, 4])),
        new("HardSigmoid", x => x.HardSigmoid(), Between(-5, 5, [3, 5])),
        new("HardSwish", x => x.HardSwish(), Between(-5, 5, [3, 5])),
        new("Relu6", x => x.Relu6(), Between(-3, 9, [3, 5])),
        new("LogSigmoid", x => x.LogSigmoid(), Signed([3, 4])),
        new("PRelu", (x, slope) => x.PRelu(slope), Signed([3, 4]), Between(0.1, 0.5, [4])),
        new("PRelu: one slope", (x, slope) => x.PRelu(slope), Signed([3, 4]), Between(0.1, 0.5, [1])),
        new("Softmax", x => x.Softmax(), Signed([3, 5])),
        new("Softmax: middle axis", x => x.Softmax(1), Signed([2, 4, 3])),
        new("LogSoftmax", x => x.LogSoftmax(), Signed([3, 5])),
        new("LogSoftmax: first axis", x => x.LogSoftmax(0), Signed([4, 3])),
        new("Hardmax", x => x.Hardmax(), Signed([3, 5])),
    ];

    public static IEnumerable<OpCase> Functions =>
    [
        new("Exp", x => x.Exp(), Signed([3, 4])),
        new("Expm1", x => x.Expm1(), Signed([3, 4])),
        new("Log", x => x.Log(), Between(0.3, 3, [3, 4])),
        new("Log1p", x => x.Log1p(), Between(-0.6, 3, [3, 4])),
        new("Sqrt", x => x.Sqrt(), Between(0.3, 3, [3, 4])),
        new("Rsqrt", x => x.Rsqrt(), Between(0.3, 3, [3, 4])),
        new("Square", x => x.Square(), Signed([3, 4])),
        new("Abs", x => x.Abs(), Signed([3, 4])),
        new("Clip", x => x.Clip(-0.9, 0.65), Signed([4, 5])),
        new("Sin", x => x.Sin(), Between(-4, 4, [3, 4])),
        new("Cos", x => x.Cos(), Between(-4, 4, [3, 4])),
        new("Tan", x => x.Tan(), Between(-1.2, 1.2, [3, 4])),
        new("Asin", x => x.Asin(), Between(-0.8, 0.8, [3, 4])),
        new("Acos", x => x.Acos(), Between(-0.8, 0.8, [3, 4])),
        new("Atan", x => x.Atan(), Between(-4, 4, [3, 4])),
        new("Sinh", x => x.Sinh(), Between(-2, 2, [3, 4])),
        new("Cosh", x => x.Cosh(), Between(-2, 2, [3, 4])),
        new("Reciprocal", x => x.Reciprocal(), Signed([3, 4])),
        new("Erf", x => x.Erf(), Signed([3, 4])),
        new("Floor", x => x.Floor(), Signed([3, 4])),
        new("Ceiling", x => x.Ceiling(), Signed([3, 4])),
        new("Round", x => x.Round(), Signed([3, 4])),
        new("Sign", x => x.Sign(), Signed([3, 4])),
        new("Detach", x => x.Detach(), Signed([3, 4])),
        new("Cast", x => x.To(DType.Float32).To(DType.Float64).Square(), Tensor.Of([0.5, -1.25, 3])) { Tolerance = 1 },
        new("Watch", x => Tape.Watch(x), Signed([3])),
    ];

    public static IEnumerable<OpCase> Arithmetic =>
    [
        new("Add", (a, b) => a + b, Signed([3, 4]), Signed([3, 4], 1)),
        new("Add: one operand twice", x => x + x, Signed([3, 4])),
        new("Expand", (a, b) => a + b, Signed([3, 1, 4]), Signed([2, 1], 1)),
        new("Expand: to a shape", x => x.Expand(TwoByThreeByFour), Signed([3, 1])),
        new("Subtract", (a, b) => a - b, Signed([3, 4]), Signed([4], 1)),
        new("Multiply", (a, b) => a * b, Signed([3, 4]), Signed([3, 1], 1)),
        new("Multiply: by itself", x => x * x, Signed([3, 4])),
        new("Divide", (a, b) => a / b, Signed([3, 4]), Signed([], 1)),
        new("Maximum", (a, b) => a.Maximum(b), Signed([3, 4]), Signed([3, 4], 1)),
        new("Minimum", (a, b) => a.Minimum(b), Signed([3, 4]), Signed([4], 1)),
        new("Power", (a, b) => a.Pow(b), Between(0.3, 2, [3, 4]), Between(-2, 2, [3, 4], 1)),
        new("Atan2", (a, b) => a.Atan2(b), Signed([3, 4]), Signed([3, 4], 1)),
        new("Negate", x => -x, Signed([3, 4])),
        new("AddScalar", x => 2 + (x + 0.3) - 0.2, Signed([3, 4])),
        new("SubtractFrom", x => 1.5 - x, Signed([3, 4])),
        new("Scale", x => 1.5 * x * 0.7, Signed([3, 4])),
        new("DivideBy", x => x / 0.7, Signed([3, 4])),
        new("DivideInto", x => 0.7 / x, Signed([3, 4])),
        new("PowerOf", x => x.Pow(1.7), Between(0.3, 2, [3, 4])),
        new("PowerOf: whole and negative", x => x.Pow(-3), Signed([3, 4])),
        new("WholePower", x => x.Pow(3), Signed([3, 4])),
        new("Compare", (a, b) => (a > b) + (a < b) * 2 + (a >= b) * 4 + (a <= b) * 8, Signed([3, 4]), Signed([4], 1)),
        new("Compare: equality", (a, b) => a.EqualTo(b) + a.NotEqualTo(b) * 2, Signed([3, 4]), Signed([3, 4]))
            { NaNVanishes = "NaN equals nothing and differs from everything" },
        new("CompareTo", x => (x > 0.5) + (x < 0.5) * 2 + (x >= 0.5) * 4 + (x <= 0.5) * 8, Signed([3, 4]))
            { NaNVanishes = "NaN compares with nothing: 0" },
        new("CompareTo: equality", x => x.EqualTo(0.5) + x.NotEqualTo(0.5) * 2, Signed([3, 4]))
            { NaNVanishes = "NaN equals nothing and differs from everything" },
        new("Where", x => (x[0] > 0).Where(x[1], x[2]), Signed([3, 4]), Signed([4], 1), Signed([3, 1], 2)),
        new("MaskedFill", x => x[0].MaskedFill(x[1] > 0, -7.5), Signed([3, 4]), Signed([4], 1)),
    ];
}
