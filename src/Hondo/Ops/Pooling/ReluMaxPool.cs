using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Max pooling of max(0, x) without a pass over x for the ReLU, forward or backward: the largest number of a window
/// is rectified, and where it was not positive nothing goes back      dx = dy where x was the first largest and x > 0
/// </summary>
/// <param name="Vertical">The windows along the height.</param>
/// <param name="Horizontal">The windows along the width.</param>
public readonly record struct ReluMaxPoolOp(PoolWindow Vertical, PoolWindow Horizontal) : IOp
{
    static string IOp.Name => "ReluMaxPool";

    static bool IOp.OverwritesGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => PoolWindow.Infer<ReluMaxPoolOp>(Vertical, Horizontal, x[0]);

    int IOp.MemoBytes(ReadOnlySpan<Shape> x, DType type) =>
        checked(PoolWindow.Sizes(Vertical, Horizontal, x[0]).OutputLength * type.Size);

    void IOp.Forward<T>(Operands<T> x, View<T> y) => MaxPooling.Forward(
        PoolWindow.Sizes(Vertical, Horizontal, x[0].Shape), (ReadOnlySpan<T>)x[0].Data, y.Data, x.Memo<T>(), true);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        if (dx[0].IsNeeded)
            MaxPooling.Backward(PoolWindow.Sizes(Vertical, Horizontal, x[0].Shape), (ReadOnlySpan<T>)x.Memo<T>(),
                dy.Data, dx[0].Data, dx[0].Accumulates);
    }
}

/// <summary>Syntax of <see cref="Hondo.Ops.ReluMaxPoolOp"/>.</summary>
public static class ReluMaxPoolSyntax
{
    extension(Tensor x)
    {
        /// <summary>The largest number of each window of max(0, x).</summary>
        /// <param name="vertical">The windows along the height.</param>
        /// <param name="horizontal">The windows along the width.</param>
        public Tensor ReluMaxPool(PoolWindow vertical, PoolWindow horizontal) =>
            Tape.Apply(new ReluMaxPoolOp(vertical, horizontal), x);
    }
}
