using System.Numerics;

namespace Hondo.Tensors;

/// <summary>Runs an op's code on nodes: the only place where a DType becomes a type argument.</summary>
static class Kernel
{
    /// <summary>The type in which an op computes: its result's, or for whole-number results its operand's.</summary>
    public static DType WorkingType(DType result, ReadOnlySpan<Node> operands)
    {
        if (result.IsFloating)
            return result;
        foreach (Node node in operands)
            if (node.Type.IsFloating)
                return node.Type;
        return DType.Float32;
    }

    public static void Forward<TOp>(
        in TOp op, DType working, ReadOnlySpan<Node> inputs, Node result, Block memo, in StepInfo step)
        where TOp : struct, IOp
    {
        if (working == DType.Float64)
            Forward<TOp, double>(op, inputs, result, memo, step);
        else
            Forward<TOp, float>(op, inputs, result, memo, step);
    }

    public static void Backward<TOp>(in TOp op, DType working, ReadOnlySpan<Node> inputs, Node result, Block memo,
        in StepInfo step, uint accumulates) where TOp : struct, IOp
    {
        if (working == DType.Float64)
            Backward<TOp, double>(op, inputs, result, memo, step, accumulates);
        else
            Backward<TOp, float>(op, inputs, result, memo, step, accumulates);
    }

    static void Forward<TOp, T>(in TOp op, ReadOnlySpan<Node> inputs, Node result, Block memo, in StepInfo step)
        where TOp : struct, IOp where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        op.Forward(Operands<T>.Values(inputs, memo, step), new View<T>(result.Value.Bytes, result.Shape, result.Type));

    static void Backward<TOp, T>(
        in TOp op, ReadOnlySpan<Node> inputs, Node result, Block memo, in StepInfo step, uint accumulates)
        where TOp : struct, IOp where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        op.Backward(
            Operands<T>.Values(inputs, memo, step),
            new View<T>(result.Value.Bytes, result.Shape, result.Type),
            new View<T>(result.Gradient.Bytes, result.Shape, result.Type),
            Operands<T>.Gradients(inputs, accumulates));
}
