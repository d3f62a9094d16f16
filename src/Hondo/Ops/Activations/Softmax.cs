using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = eˣ / Σ eˣ along an axis: positive, with sum 1      dx = y · (dy − Σ dy·y)</summary>
/// <param name="Axis">The axis, from 0.</param>
public readonly record struct SoftmaxOp(int Axis) : IOp
{
    static string IOp.Name => "Softmax";

    static bool IOp.OverwritesGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0];

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        var (outer, along, inner) = new AxisRun(Axis, 1, true).Sizes(x[0].Shape);
        Kernels.Softmax.Along((ReadOnlySpan<T>)x[0].Data, outer, along, inner, y.Data);
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        var (outer, along, inner) = new AxisRun(Axis, 1, true).Sizes(x[0].Shape);
        if (dx[0].IsNeeded)
            Kernels.Softmax.Backward(
                (ReadOnlySpan<T>)y.Data, dy.Data, outer, along, inner, dx[0].Data, dx[0].Accumulates);
    }
}

/// <summary>Syntax of <see cref="Hondo.Ops.SoftmaxOp"/>.</summary>
public static class SoftmaxSyntax
{
    extension(Tensor x)
    {
        /// <summary>eˣ / Σ eˣ along an axis: probabilities that sum to 1.</summary>
        /// <param name="axis">The axis; −1 is the last.</param>
        public Tensor Softmax(int axis = -1) => Tape.Apply(new SoftmaxOp(x.Shape.Axis(axis)), x);
    }
}
