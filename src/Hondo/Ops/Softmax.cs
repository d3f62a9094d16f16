using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = eˣ / Σ eˣ along an axis: positive, with sum 1      dx = y · (dy − Σ dy·y)</summary>
/// <param name="Axis">The axis, from 0.</param>
readonly record struct SoftmaxOp(int Axis) : IOp
{
    static string IOp.Name => "Softmax";

    Tensor? IOp.Compose(ReadOnlySpan<Tensor> x)
    {
        Tensor powers = Compositions.FromTop(x[0], Axis).Exp();
        return powers / powers.Sum(Axis, keepDims: true);
    }

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
        Kernels.Softmax.Backward(
            (ReadOnlySpan<T>)y.Data, dy.Data, outer, along, inner, dx[0].Data, dx[0].Accumulates);
    }
}

/// <summary>y = x − ln Σ eˣ along an axis: the logarithms of a softmax      dx = dy − eʸ · Σ dy</summary>
/// <param name="Axis">The axis, from 0.</param>
readonly record struct LogSoftmaxOp(int Axis) : IOp
{
    static string IOp.Name => "LogSoftmax";

    Tensor? IOp.Compose(ReadOnlySpan<Tensor> x)
    {
        Tensor below = Compositions.FromTop(x[0], Axis);
        return below - below.Exp().Sum(Axis, keepDims: true).Log();
    }

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
        Kernels.Softmax.LogBackward(
            (ReadOnlySpan<T>)y.Data, dy.Data, outer, along, inner, dx[0].Data, dx[0].Accumulates);
    }
}

/// <summary>y = 1 at the largest number along an axis (the first of equal ones), else 0. No gradient passes.</summary>
/// <param name="Axis">The axis, from 0.</param>
readonly record struct HardmaxOp(int Axis) : IOp
{
    static string IOp.Name => "Hardmax";

    static bool IOp.StopsGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0];

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        var (outer, along, inner) = new AxisRun(Axis, 1, true).Sizes(x[0].Shape);
        y.Data.Clear();
        if (along == 0)
            return;
        for (int o = 0; o < outer; o++)
            for (int i = 0; i < inner; i++)
            {
                int first = o * along * inner + i;
                ReadOnlySpan<T> strip = x[0].Data[first..];
                y[first + ArgExtremeOp<MaxFormula>.First(strip, along, inner) * inner] = T.One;
            }
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx) { }
}

public static partial class TensorExtensions
{
    extension(Tensor x)
    {
        /// <summary>eˣ / Σ eˣ along an axis: probabilities that sum to 1.</summary>
        /// <param name="axis">The axis; −1 is the last.</param>
        public Tensor Softmax(int axis = -1) => Tape.Apply(new SoftmaxOp(x.Shape.Axis(axis)), x);

        /// <summary>
        /// ln of the softmax along an axis, without the loss of digits that a logarithm of small numbers has.
        /// </summary>
        /// <param name="axis">The axis; −1 is the last.</param>
        public Tensor LogSoftmax(int axis = -1) => Tape.Apply(new LogSoftmaxOp(x.Shape.Axis(axis)), x);

        /// <summary>1 at the largest number along an axis, else 0.</summary>
        /// <param name="axis">The axis; −1 is the last.</param>
        public Tensor Hardmax(int axis = -1) => Tape.Apply(new HardmaxOp(x.Shape.Axis(axis)), x);
    }
}
