using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Onnx.Export;

/// <summary>Functions of each number by itself.</summary>
static class ElementwiseTranslations
{
    static readonly Value One = Translation.Number(1), Half = Translation.Number(0.5);

    /// <summary>All of them.</summary>
    public static OpTranslation[] All { get; } =
    [
        Same<Unary<AbsFormula>>("Abs"), Same<Unary<AcosFormula>>("Acos"), Same<Unary<AsinFormula>>("Asin"),
        Same<Unary<AtanFormula>>("Atan"), Same<Unary<CosFormula>>("Cos"), Same<Unary<CoshFormula>>("Cosh"),
        Same<Unary<ErfFormula>>("Erf"), Same<Unary<ExpFormula>>("Exp"), Same<Unary<HardSwishFormula>>("HardSwish"),
        Same<Unary<LogFormula>>("Log"), Same<Unary<NegateFormula>>("Neg"), Same<Unary<ReciprocalFormula>>("Reciprocal"),
        Same<Unary<ReluFormula>>("Relu"), Same<Unary<SeluFormula>>("Selu"), Same<Unary<SigmoidFormula>>("Sigmoid"),
        Same<Unary<SinFormula>>("Sin"), Same<Unary<SinhFormula>>("Sinh"), Same<Unary<SoftsignFormula>>("Softsign"),
        Same<Unary<SqrtFormula>>("Sqrt"), Same<Unary<TanFormula>>("Tan"), Same<Unary<TanhFormula>>("Tanh"),
        Same<StaircaseOp<FloorFormula>>("Floor"), Same<StaircaseOp<CeilingFormula>>("Ceil"),
        Same<StaircaseOp<RoundFormula>>("Round"), Same<StaircaseOp<SignFormula>>("Sign"),
        Same<Binary<AddFormula>>("Add"), Same<Binary<SubtractFormula>>("Sub"), Same<Binary<MultiplyFormula>>("Mul"),
        Same<Binary<DivideFormula>>("Div"), Same<Binary<MaximumFormula>>("Max"), Same<Binary<MinimumFormula>>("Min"),
        Same<Binary<PowerFormula>>("Pow"), Same<Binary<PReluFormula>>("PRelu"),
        OpTranslation.Of<DropoutOp>((_, t) => t.Inputs[0]),
        OpTranslation.Of<DetachOp>((_, t) => t.Inputs[0]),
        OpTranslation.Of<Watch>((_, t) => t.Inputs[0]),
        OpTranslation.Of<Unary<CeluFormula>>((op, t) => t.Elementwise("Celu", t.Inputs, [("alpha", op.Formula.Alpha)])),
        OpTranslation.Of<Unary<EluFormula>>((op, t) => t.Elementwise("Elu", t.Inputs, [("alpha", op.Formula.Alpha)])),
        OpTranslation.Of<Unary<LeakyReluFormula>>((op, t) =>
            t.Elementwise("LeakyRelu", t.Inputs, [("alpha", op.Formula.Slope)])),
        OpTranslation.Of<Unary<HardSigmoidFormula>>((_, t) =>
            t.Elementwise("HardSigmoid", t.Inputs, [("alpha", 1 / 6.0), ("beta", 0.5)])),
        OpTranslation.Of<Unary<Relu6Formula>>((_, t) => Clip(t, 0, 6)),
        OpTranslation.Of<Unary<ClipFormula>>((op, t) => Clip(t, op.Formula.Low, op.Formula.High)),
        OpTranslation.Of<Unary<Expm1Formula>>((_, t) => t.Elementwise("Sub", t.Elementwise("Exp", t.Inputs), One)),
        OpTranslation.Of<Unary<Log1pFormula>>((_, t) => t.Elementwise("Log", t.Elementwise("Add", t.Inputs[0], One))),
        OpTranslation.Of<Unary<LogSigmoidFormula>>((_, t) => t.Elementwise("Neg",
            t.Elementwise("Softplus", t.Elementwise("Neg", t.Inputs)))),
        OpTranslation.Of<Unary<RsqrtFormula>>((_, t) => t.Elementwise("Reciprocal", t.Elementwise("Sqrt", t.Inputs))),
        OpTranslation.Of<Unary<SquareFormula>>((_, t) => t.Elementwise("Mul", t.Inputs[0], t.Inputs[0])),
        OpTranslation.Of<Unary<SiluFormula>>((_, t) =>
            t.Elementwise("Mul", t.Inputs[0], t.Elementwise("Sigmoid", t.Inputs))),
        OpTranslation.Of<Unary<SoftplusFormula>>((op, t) => Softplus(t, op.Formula.Beta)),
        OpTranslation.Of<Unary<MishFormula>>((_, t) => t.Writer.Opset >= 18 ? t.Elementwise("Mish", t.Inputs)
            : t.Elementwise("Mul", t.Inputs[0], t.Elementwise("Tanh", t.Elementwise("Softplus", t.Inputs)))),
        OpTranslation.Of<Unary<GeluFormula>>((_, t) => Gelu(t)),
        OpTranslation.Of<Unary<GeluTanhFormula>>((_, t) => GeluTanh(t)),
    ];

    static OpTranslation Same<TOp>(string name)
        where TOp : struct, IOp, IEquatable<TOp> =>
        OpTranslation.Of<TOp>((_, t) => t.Elementwise(name, t.Inputs));

    static Value Clip(Translation t, double low, double high) =>
        t.Elementwise("Clip", t.Inputs[0], Translation.Number(low), Translation.Number(high));

    static Value Softplus(Translation t, double beta) => beta == 1 ? t.Elementwise("Softplus", t.Inputs)
        : t.Elementwise("Div", t.Elementwise("Softplus", t.Elementwise("Mul", t.Inputs[0], Translation.Number(beta))),
            Translation.Number(beta));

    // x · (1 + erf(x / √2)) / 2
    static Value Gelu(Translation t) => t.Writer.Opset >= 20 ? t.Elementwise("Gelu", t.Inputs)
        : t.Elementwise("Mul", t.Elementwise("Mul", t.Inputs[0], t.Elementwise("Add",
            t.Elementwise("Erf", t.Elementwise("Div", t.Inputs[0], Translation.Number(Math.Sqrt(2)))), One)), Half);

    // x · (1 + tanh(√(2/π)·(x + 0.044715·x³))) / 2
    static Value GeluTanh(Translation t)
    {
        Value x = t.Inputs[0];
        if (t.Writer.Opset >= 20)
            return t.Elementwise("Gelu", t.Inputs, [("approximate", "tanh")]);
        Value cube = t.Elementwise("Mul", t.Elementwise("Mul", x, x), x);
        Value sum = t.Elementwise("Add", x, t.Elementwise("Mul", cube, Translation.Number(0.044715)));
        Value tanh = t.Elementwise("Tanh", t.Elementwise("Mul", sum, Translation.Number(Math.Sqrt(2 / Math.PI))));
        return t.Elementwise("Mul", t.Elementwise("Mul", x, t.Elementwise("Add", tanh, One)), Half);
    }
}
