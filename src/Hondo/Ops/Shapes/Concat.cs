using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>Operands one after the other along an axis      dx = its part of dy</summary>
/// <param name="Axis">The axis, from 0.</param>
public readonly record struct ConcatOp(int Axis) : IOp
{
    static string IOp.Name => "Concat";

    static bool IOp.OverwritesGradients => true;

    static bool IOp.TakesWholeNumbers => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => Joining.Concat(x, Axis);

    DType IOp.ResultType(ReadOnlySpan<DType> x) => Joining.CommonType("Concat", x);

    void IOp.Forward<T>(Operands<T> x, View<T> y) => Joining.Join(x, y, Axis);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx) => Joining.Send(dy, dx, Axis);
}

/// <summary>Syntax of <see cref="Hondo.Ops.ConcatOp"/>.</summary>
public static class ConcatSyntax
{
    extension(Tensor)
    {
        /// <summary>
        /// Tensors one after the other along an axis; on all other axes they must have the same lengths.
        /// </summary>
        public static Tensor Concat(int axis, params ReadOnlySpan<Tensor> parts) => parts.Length > 0
            ? Tape.Apply(new ConcatOp(parts[0].Shape.Axis(axis)), parts)
            : throw new ArgumentException("Concat got no tensors: give at least one.", nameof(parts));
    }
}
