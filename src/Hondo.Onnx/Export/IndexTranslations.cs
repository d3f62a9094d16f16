using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Onnx.Export;

/// <summary>Ops that pick numbers by their indices.</summary>
static class IndexTranslations
{
    /// <summary>All of them.</summary>
    public static OpTranslation[] All { get; } =
    [
        OpTranslation.Of<IndexSelectOp>((op, t) => t.Node("Gather", Value.Plain(t.Dims.Length),
            [t.Plain(t.Inputs[0]), t.Plain(t.Inputs[1])], ("axis", op.Axis))),
        OpTranslation.Of<GatherOp>((op, t) => t.Node("GatherElements", Value.Plain(t.Dims.Length),
            [t.Plain(t.Inputs[0]), t.Plain(t.Inputs[1])], ("axis", op.Axis))),
        OpTranslation.Of<ScatterAddOp>((op, t) => t.Node("ScatterElements", Value.Plain(t.Dims.Length),
            [t.Plain(t.Inputs[0]), t.Plain(t.Inputs[1]), t.Plain(t.Inputs[2])], ("axis", op.Axis),
            ("reduction", "add"))),
        OpTranslation.Of<OneHotOp>((op, t) => OneHot(t, t.Plain(t.Inputs[0]), op.Classes)),
    ];

    /// <summary>Rows of 0 with a 1 at each index.</summary>
    public static Value OneHot(Translation t, Value x, int classes) => t.Node("OneHot", new Value
    {
        Dims = [.. x.Dims, classes], Order = [.. x.Order, x.Rank], Type = DType.Float32,
    }, [x, Translation.Integers(classes), Translation.Of(Weight.Of([0f, 1f], 2))], ("axis", -1));
}
