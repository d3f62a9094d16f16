using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// y = x·Wᵀ (+ b)      [.., inputs] , [outputs, inputs] (, [outputs]) → [.., outputs]
/// dx = dy·W,  dW = dyᵀ·x,  db = Σ dy over the rows
/// </summary>
readonly record struct LinearOp : IOp, IBilinearOp
{
    static string IOp.Name => "Linear";

    static bool IOp.OverwritesGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x)
    {
        if (x[1] is not [var outputs, var inputs])
            throw ShapeException.For<LinearOp>(x, "the weight must be [outputs, inputs]");
        if (x[0].Rank == 0 || x[0][^1] != inputs)
            throw ShapeException.For<LinearOp>(x, $"the last axis of x must be {inputs}, the weight's inputs");
        if (x.Length > 2 && x[2] != [outputs])
            throw ShapeException.For<LinearOp>(x, $"the bias must be [{outputs}]");
        return x[0].With(-1, outputs);
    }

    long IOp.MultiplyAdds(ReadOnlySpan<Shape> x, Shape y) => (long)y.Size * x[1][1];

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        var (input, weight) = x;
        int inputs = weight.Shape[1], outputs = weight.Shape[0], rows = Rows(y.Shape);
        var result = new Matrix<T>(y.Data, rows, outputs);
        var a = new ReadOnlyMatrix<T>(input.Data, rows, inputs);
        var w = new ReadOnlyMatrix<T>(weight.Data, outputs, inputs);
        if (x.Count == 2)
        {
            Gemm.Multiply(a, w.Transposed, result);
            return;
        }
        Gemm.Multiply(a, w.Transposed, ReadOnlyMatrix<T>.Row(x[2].Data, rows), result);
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        var (input, weight) = x;
        int inputs = weight.Shape[1], outputs = weight.Shape[0], rows = Rows(y.Shape);
        var gradient = new ReadOnlyMatrix<T>(dy.Data, rows, outputs);
        if (dx[0].IsNeeded)
            Product(gradient, new(weight.Data, outputs, inputs), dx[0], rows, inputs);
        if (dx[1].IsNeeded)
            Product(gradient.Transposed, new(input.Data, rows, inputs), dx[1], outputs, inputs);
        if (dx.Count > 2 && dx[2].IsNeeded)
            Reduction.SumRows((ReadOnlySpan<T>)dy.Data, rows, outputs, dx[2].Data, dx[2].Accumulates);
    }

    static void Product<T>(ReadOnlyMatrix<T> a, ReadOnlyMatrix<T> b, View<T> into, int rows, int columns)
        where T : unmanaged
    {
        var result = new Matrix<T>(into.Data, rows, columns);
        if (into.Accumulates)
            Gemm.MultiplyAdd(a, b, result);
        else
            Gemm.Multiply(a, b, result);
    }

    static int Rows(Shape y) => y.SizeBefore(y.Rank - 1);
}

public static partial class TensorExtensions
{
    extension(Tensor x)
    {
        /// <summary>x·Wᵀ + b over the last axis.</summary>
        /// <param name="weight">[outputs, inputs].</param>
        /// <param name="bias">[outputs], or null for none.</param>
        public Tensor Linear(Tensor weight, Tensor? bias) =>
            bias is { } b ? Tape.Apply(new LinearOp(), x, weight, b) : Tape.Apply(new LinearOp(), x, weight);
    }
}
