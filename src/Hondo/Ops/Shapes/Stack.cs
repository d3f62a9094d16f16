using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>Operands of one shape beside each other along a new axis      dx = its part of dy</summary>
/// <param name="Axis">The axis, from 0.</param>
public readonly record struct StackOp(int Axis) : IOp
{
    static string IOp.Name => "Stack";

    static bool IOp.OverwritesGradients => true;

    static bool IOp.TakesWholeNumbers => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => Joining.Stack(x, Axis);

    DType IOp.ResultType(ReadOnlySpan<DType> x) => Joining.CommonType("Stack", x);

    void IOp.Forward<T>(Operands<T> x, View<T> y) => Joining.Join(x, y, Axis);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx) => Joining.Send(dy, dx, Axis);
}

/// <summary>Syntax of <see cref="Hondo.Ops.StackOp"/>.</summary>
public static class StackSyntax
{
    extension(Tensor)
    {
        /// <summary>Tensors of one shape beside each other along a new axis.</summary>
        public static Tensor Stack(int axis, params ReadOnlySpan<Tensor> parts) => parts.Length == 0
            ? throw new ArgumentException("Stack got no tensors: give at least one.", nameof(parts))
            : Tape.Apply(new StackOp(axis < 0 ? axis + parts[0].Shape.Rank + 1 : axis), parts);
    }
}
