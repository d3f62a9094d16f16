using System.Globalization;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Onnx.Export;

/// <summary>Operations with a number, comparisons, choices and conversions.</summary>
static class ScalarTranslations
{
    /// <summary>All of them.</summary>
    public static OpTranslation[] All { get; } =
    [
        OpTranslation.Of<Unary<AddScalarFormula>>((op, t) => With(t, "Add", op.Formula.Value)),
        OpTranslation.Of<Unary<ScaleFormula>>((op, t) => With(t, "Mul", op.Formula.Value)),
        OpTranslation.Of<Unary<DivideByFormula>>((op, t) => With(t, "Div", op.Formula.Value)),
        OpTranslation.Of<Unary<PowerOfFormula>>((op, t) => With(t, "Pow", op.Formula.Exponent)),
        OpTranslation.Of<Unary<WholePowerFormula>>((op, t) => With(t, "Pow", op.Formula.Exponent)),
        OpTranslation.Of<Unary<SubtractFromFormula>>((op, t) =>
            t.Elementwise("Sub", Translation.Number(op.Formula.Value), t.Inputs[0])),
        OpTranslation.Of<Unary<DivideIntoFormula>>((op, t) =>
            t.Elementwise("Div", Translation.Number(op.Formula.Value), t.Inputs[0])),
        .. Comparison<GreaterFormula>("Greater"), .. Comparison<GreaterOrEqualFormula>("GreaterOrEqual"),
        .. Comparison<LessFormula>("Less"), .. Comparison<LessOrEqualFormula>("LessOrEqual"),
        .. Comparison<EqualFormula>("Equal"), .. Comparison<NotEqualFormula>("Equal", isNegated: true),
        Whole<WholeSum>("Add"), Whole<WholeDifference>("Sub"), Whole<WholeProduct>("Mul"), Whole<WholeMaximum>("Max"),
        Whole<WholeMinimum>("Min"),
        OpTranslation.Of<WhereOp>((_, t) => t.Elementwise("Where", Truth(t, t.Inputs[0]), t.Inputs[1], t.Inputs[2])),
        OpTranslation.Of<MaskedFillOp>((op, t) => t.Elementwise("Where", Truth(t, t.Inputs[1]),
            Translation.Number(op.Value), t.Inputs[0])),
        OpTranslation.Of<CastOp>((op, t) => t.Elementwise("Cast", t.Inputs,
            [("to", GraphWriter.TypeOf(op.Type == DType.Float64 ? throw t.Refuse("a cast to Float64",
                "Compute in Float32.") : op.Type))])),
    ];

    static Value With(Translation t, string op, double value) =>
        t.Elementwise(op, t.Inputs[0], Translation.Number(value));

    static OpTranslation Whole<F>(string name) where F : struct, IWholeFormula, IEquatable<F> =>
        OpTranslation.Of<WholeOp<F>>((_, t) => t.Elementwise(name, t.Inputs));

    static OpTranslation[] Comparison<F>(string name, bool isNegated = false)
        where F : struct, IComparison, IEquatable<F> =>
    [
        OpTranslation.Of<CompareOp<F>>((_, t) => Compare(t, name, isNegated, t.Inputs)),
        OpTranslation.Of<CompareToOp<F>>((op, t) => Compare(t, name, isNegated, [t.Inputs[0], Limit(t, op.Value)])),
    ];

    // Hondo's comparisons give 0 and 1, ONNX's truth values, which no shape is written down for.
    static Value Compare(Translation t, string name, bool isNegated, Value[] operands)
    {
        Value truth = t.Elementwise(name, operands);
        return t.Elementwise("Cast", [isNegated ? t.Elementwise("Not", truth) : truth],
            [("to", GraphWriter.TypeOf(t.Type))]);
    }

    static Value Limit(Translation t, double limit) => t.Inputs[0].Type != DType.Int32 ? Translation.Number(limit)
        : limit == (int)limit ? Translation.Of(Weight.Of([(int)limit]))
        : throw t.Refuse(string.Create(CultureInfo.InvariantCulture, $"a comparison of whole numbers with {limit}"),
            "Compare them with a whole number.");

    /// <summary>Whether numbers are not 0.</summary>
    static Value Truth(Translation t, Value x) => x.Repeated is { } small ? x with { Repeated = Truth(t, small) }
        : t.Node("Cast", x, [x], ("to", GraphWriter.TypeOf(null)));
}
