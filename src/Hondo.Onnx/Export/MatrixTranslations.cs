using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Onnx.Export;

/// <summary>Products of matrices.</summary>
static class MatrixTranslations
{
    /// <summary>All of them.</summary>
    public static OpTranslation[] All { get; } =
    [
        OpTranslation.Of<LinearOp>((_, t) => Linear(t)), OpTranslation.Of<MatMulOp>(MatMul),
    ];

    static Value Linear(Translation t)
    {
        Value x = t.Inputs[0], weight = t.Inputs[1];
        if (x.Rank == 2)
        {
            if (x.Image is { } image && weight.Weight is { } known)
                weight = weight with { Weight = ChannelsFirst(known, image) };
            else
                x = t.Plain(x);
            return t.Node("Gemm", Value.Plain(2), [x, t.Plain(weight), .. t.Inputs[2..]], ("transB", 1));
        }
        x = x.Rank > 0 && x.Image is null && x.Place(x.Rank - 1) == x.Rank - 1 ? x : t.Plain(x);
        Value product = t.Node("MatMul", x.Order, [x, t.Arrange(weight, [1, 0])]);
        return t.Inputs.Length > 2 ? t.Node("Add", x.Order, [product, t.Inputs[2]]) : product;
    }

    // The numbers of a flattened image lie channel by channel in the file: the weights' columns do so too.
    static Weight ChannelsFirst(Weight weight, Shape image)
    {
        int pixels = image[0] * image[1], channels = image[2];
        return channels == 1 ? weight : weight.Reshape(weight.Dims[0], pixels, channels).Transpose(0, 2, 1)
            .Reshape(weight.Dims[0], weight.Dims[1]);
    }

    static Value MatMul(MatMulOp op, Translation t) => t.Node("MatMul", Value.Plain(t.Dims.Length),
        [Matrices(t, t.Inputs[0], op.TransposeA), Matrices(t, t.Inputs[1], op.TransposeB)]);

    static Value Matrices(Translation t, Value x, bool isTransposed)
    {
        int[] order = Value.Plain(x.Rank);
        if (isTransposed && x.Rank > 1)
            (order[^1], order[^2]) = (order[^2], order[^1]);
        return t.Arrange(x, order);
    }
}
