using System.Numerics;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>Operands one after the other along an axis      dx = its part of dy</summary>
/// <param name="Axis">The axis, from 0.</param>
readonly record struct ConcatOp(int Axis) : IOp, ILinearOp
{
    static string IOp.Name => "Concat";

    static bool IOp.OverwritesGradients => true;

    static bool IOp.TakesWholeNumbers => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => Joining.Concat(x, Axis);

    DType IOp.ResultType(ReadOnlySpan<DType> x) => Joining.CommonType("Concat", x);

    void IOp.Forward<T>(Operands<T> x, View<T> y) => Joining.Join(x, y, Axis);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx) => Joining.Send(dy, dx, Axis);
}

/// <summary>Operands of one shape beside each other along a new axis      dx = its part of dy</summary>
/// <param name="Axis">The axis, from 0.</param>
readonly record struct StackOp(int Axis) : IOp, ILinearOp
{
    static string IOp.Name => "Stack";

    static bool IOp.OverwritesGradients => true;

    static bool IOp.TakesWholeNumbers => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => Joining.Stack(x, Axis);

    DType IOp.ResultType(ReadOnlySpan<DType> x) => Joining.CommonType("Stack", x);

    void IOp.Forward<T>(Operands<T> x, View<T> y) => Joining.Join(x, y, Axis);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx) => Joining.Send(dy, dx, Axis);
}

/// <summary>
/// What concatenating and stacking share: before the axis, each operand gives a run of numbers in turn.
/// </summary>
static class Joining
{
    public static Shape Concat(ReadOnlySpan<Shape> x, int axis)
    {
        int length = 0;
        foreach (Shape part in x)
        {
            if (part.Rank != x[0].Rank || part.With(axis, 0) != x[0].With(axis, 0))
                throw ShapeException.For<ConcatOp>(x, $"all axes but axis {axis} must have the same lengths");
            length += part[axis];
        }
        return x[0].With(axis, length);
    }

    public static Shape Stack(ReadOnlySpan<Shape> x, int axis)
    {
        foreach (Shape part in x)
            if (part != x[0])
                throw ShapeException.For<StackOp>(x, "all must have the same shape");
        if ((uint)axis > (uint)x[0].Rank)
            throw ShapeException.For<StackOp>(x, $"the new axis must be 0 to {x[0].Rank}, not {axis}");
        return [.. x[0].AsSpan()[..axis], x.Length, .. x[0].AsSpan()[axis..]];
    }

    public static DType CommonType(string op, ReadOnlySpan<DType> types)
    {
        foreach (DType type in types)
            if (type != types[0])
                throw new ArgumentException($"{op} got {types[0]} and {type} tensors: convert them to one type "
                    + $"with To.");
        return types[0];
    }

    public static void Join<T>(Operands<T> x, View<T> y, int axis) where T : unmanaged
    {
        int outer = y.Shape.SizeBefore(axis), row = outer == 0 ? 0 : y.Length / outer, at = 0;
        for (int i = 0; i < x.Count; i++)
        {
            ReadOnlySpan<T> part = x[i].Data;
            int run = outer == 0 ? 0 : part.Length / outer;
            for (int o = 0; o < outer; o++)
                part.Slice(o * run, run).CopyTo(y.Data[(o * row + at)..]);
            at += run;
        }
    }

    public static void Send<T>(View<T> dy, Operands<T> dx, int axis) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int outer = dy.Shape.SizeBefore(axis), row = outer == 0 ? 0 : dy.Length / outer, at = 0;
        for (int i = 0; i < dx.Count; i++)
        {
            int run = outer == 0 ? 0 : dx[i].Length / outer;
            if (dx[i].IsNeeded)
                for (int o = 0; o < outer; o++)
                    SendRun(dy.Data.Slice(o * row + at, run), dx[i].Data.Slice(o * run, run), dx[i].Accumulates);
            at += run;
        }
    }

    static void SendRun<T>(ReadOnlySpan<T> dy, Span<T> dx, bool accumulates)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!accumulates)
            dy.CopyTo(dx);
        else
            for (int k = 0; k < dx.Length; k++)
                dx[k] += dy[k];
    }
}

public static partial class TensorExtensions
{
    extension(Tensor)
    {
        /// <summary>
        /// Tensors one after the other along an axis; on all other axes they must have the same lengths.
        /// </summary>
        public static Tensor Concat(int axis, params ReadOnlySpan<Tensor> parts) => parts.Length > 0
            ? Tape.Apply(new ConcatOp(parts[0].Shape.Axis(axis)), parts)
            : throw new ArgumentException("Concat got no tensors: give at least one.", nameof(parts));

        /// <summary>Tensors of one shape beside each other along a new axis.</summary>
        public static Tensor Stack(int axis, params ReadOnlySpan<Tensor> parts) => parts.Length == 0
            ? throw new ArgumentException("Stack got no tensors: give at least one.", nameof(parts))
            : Tape.Apply(new StackOp(axis < 0 ? axis + parts[0].Shape.Rank + 1 : axis), parts);
    }
}
