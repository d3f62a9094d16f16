using System.Numerics;
using System.Runtime.CompilerServices;
using Hondo.Kernels;

namespace Hondo.Tensors;

/// <summary>Ops outside steps: plain maths on memory of their own.</summary>
static class Eager
{
    [ThreadStatic] static Arena? _memos;

    public static Leaf Run<TOp>(in TOp op, ReadOnlySpan<Node> operands) where TOp : struct, IOp
    {
        (Shape shape, DType type, int memoBytes) = Infer(op, operands);
        var result = new Leaf(shape, type, TOp.Name);
        Arena memos = _memos ??= new();
        Block memo = memos.Rent(memoBytes);
        Kernel.Forward(op, Kernel.WorkingType(type, operands), operands, result, memo,
            new StepInfo(Mode.Inference, 1, 0));
        memos.Return(memo);
        return result;
    }

    /// <summary>The shape and type of a result, and the bytes of its memo.</summary>
    public static (Shape Shape, DType Type, int MemoBytes) Infer<TOp>(in TOp op, ReadOnlySpan<Node> operands)
        where TOp : struct, IOp
    {
        var shapes = new Shape[operands.Length];
        var types = new DType[operands.Length];
        for (int i = 0; i < operands.Length; i++)
            (shapes[i], types[i]) = (operands[i].Shape, operands[i].Type);
        CheckTypes<TOp>(types);
        Shape shape = Infer(op, shapes);
        DType type = op.ResultType(types);
        Extent memo = op.MemoBytes(shapes, type);
        return memo <= Block.MostBytes ? (shape, type, memo.To("what an op keeps for Backward"))
            : throw ShapeException.For<TOp>(shapes, $"what it keeps for Backward takes {memo} bytes, but at most "
                + $"{Block.MostBytes} are possible. Use a smaller batch");
    }

    // An op's rule reads the operands that it has; whoever passes fewer is told so.
    static Shape Infer<TOp>(in TOp op, Shape[] shapes) where TOp : struct, IOp
    {
        try
        {
            return op.Infer(shapes);
        }
        catch (IndexOutOfRangeException error)
        {
            throw new ShapeException($"{TOp.Name} takes more operands than the {shapes.Length} that it got: "
                + $"{string.Join(" and ", shapes)}.", error);
        }
    }

    static void CheckTypes<TOp>(DType[] types) where TOp : IOp
    {
        bool single = Array.IndexOf(types, DType.Float32) >= 0, twice = Array.IndexOf(types, DType.Float64) >= 0;
        if (single && twice)
            throw new ArgumentException($"{TOp.Name} got Float32 and Float64 operands: convert one of them, "
                + "for example x.To(DType.Float32).");
        if (!TOp.TakesWholeNumbers && Array.IndexOf(types, DType.Int32) is >= 0 and var i)
            throw new ArgumentException($"{TOp.Name} computes with Float32 or Float64 numbers, but operand {i + 1} is "
                + "Int32: convert it with x.To(DType.Float32).");
    }
}

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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
