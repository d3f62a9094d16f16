using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = x − ln Σ eˣ along an axis: the logarithms of a softmax      dx = dy − eʸ · Σ dy</summary>
/// <param name="Axis">The axis, from 0.</param>
public readonly record struct LogSoftmaxOp(int Axis) : IOp
{
    static string IOp.Name => "LogSoftmax";

    static bool IOp.OverwritesGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0];

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        var (outer, along, inner) = new AxisRun(Axis, 1, true).Sizes(x[0].Shape);
        Kernels.Softmax.LogAlong((ReadOnlySpan<T>)x[0].Data, outer, along, inner, y.Data);
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        var (outer, along, inner) = new AxisRun(Axis, 1, true).Sizes(x[0].Shape);
        if (dx[0].IsNeeded)
            Kernels.Softmax.LogBackward(
                (ReadOnlySpan<T>)y.Data, dy.Data, outer, along, inner, dx[0].Data, dx[0].Accumulates);
    }
}

/// <summary>Syntax of <see cref="Hondo.Ops.LogSoftmaxOp"/>.</summary>
public static class LogSoftmaxSyntax
{
    extension(Tensor x)
    {
        /// <summary>
        /// ln of the softmax along an axis, without the loss of digits that a logarithm of small numbers has.
        /// </summary>
        /// <param name="axis">The axis; −1 is the last.</param>
        public Tensor LogSoftmax(int axis = -1) => Tape.Apply(new LogSoftmaxOp(x.Shape.Axis(axis)), x);
    }
}
