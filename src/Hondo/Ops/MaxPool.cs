using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// The largest number of each window, channel by channel; NaN when there is one
/// [batch, height, width, channels] → [batch, rows, columns, channels]      dx = dy where x was the first largest
/// </summary>
/// <param name="Vertical">The windows along the height.</param>
/// <param name="Horizontal">The windows along the width.</param>
readonly record struct MaxPoolOp(PoolWindow Vertical, PoolWindow Horizontal) : IOp
{
    static string IOp.Name => "MaxPool";

    Tensor? IOp.Compose(ReadOnlySpan<Tensor> x) => Compositions.MaxPool(x[0], Vertical, Horizontal,
        PoolWindow.Infer<MaxPoolOp>(Vertical, Horizontal, x[0].Shape));

    static bool IOp.OverwritesGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) =>
        PoolWindow.Infer<MaxPoolOp>(Vertical, Horizontal, x[0], findsPlaces: true);

    Extent IOp.MemoBytes(ReadOnlySpan<Shape> x, DType type) =>
        (Extent)PoolWindow.Sizes(Vertical, Horizontal, x[0]).OutputLength * type.Size;

    void IOp.Forward<T>(Operands<T> x, View<T> y) => MaxPooling.Forward(
        PoolWindow.Sizes(Vertical, Horizontal, x[0].Shape), (ReadOnlySpan<T>)x[0].Data, y.Data, x.Memo<T>(), false);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        MaxPooling.Backward(PoolWindow.Sizes(Vertical, Horizontal, x[0].Shape), (ReadOnlySpan<T>)x.Memo<T>(),
            dy.Data, dx[0].Data, dx[0].Accumulates);
    }
}

/// <summary>
/// Max pooling of max(0, x) without a pass over x for the ReLU, forward or backward: the largest number of a window
/// is rectified, and where it was not positive nothing goes back      dx = dy where x was the first largest and x > 0
/// </summary>
/// <param name="Vertical">The windows along the height.</param>
/// <param name="Horizontal">The windows along the width.</param>
readonly record struct ReluMaxPoolOp(PoolWindow Vertical, PoolWindow Horizontal) : IOp
{
    static string IOp.Name => "ReluMaxPool";

    Tensor? IOp.Compose(ReadOnlySpan<Tensor> x) => Compositions.MaxPool(x[0], Vertical, Horizontal,
        PoolWindow.Infer<MaxPoolOp>(Vertical, Horizontal, x[0].Shape)).Relu();

    static bool IOp.OverwritesGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => PoolWindow.Infer<ReluMaxPoolOp>(Vertical, Horizontal, x[0],
        findsPlaces: true);

    Extent IOp.MemoBytes(ReadOnlySpan<Shape> x, DType type) =>
        (Extent)PoolWindow.Sizes(Vertical, Horizontal, x[0]).OutputLength * type.Size;

    void IOp.Forward<T>(Operands<T> x, View<T> y) => MaxPooling.Forward(
        PoolWindow.Sizes(Vertical, Horizontal, x[0].Shape), (ReadOnlySpan<T>)x[0].Data, y.Data, x.Memo<T>(), true);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        MaxPooling.Backward(PoolWindow.Sizes(Vertical, Horizontal, x[0].Shape), (ReadOnlySpan<T>)x.Memo<T>(),
            dy.Data, dx[0].Data, dx[0].Accumulates);
    }
}

public static partial class TensorExtensions
{
    extension(Tensor x)
    {
        /// <summary>The largest number of each window of [batch, height, width, channels].</summary>
        /// <param name="vertical">The windows along the height.</param>
        /// <param name="horizontal">The windows along the width.</param>
        public Tensor MaxPool(PoolWindow vertical, PoolWindow horizontal) =>
            Tape.Apply(new MaxPoolOp(vertical, horizontal), x);

        /// <summary>The largest number of each window of [batch, length, channels].</summary>
        /// <param name="window">The windows.</param>
        public Tensor MaxPool(PoolWindow window) => PoolRows.Along(x, window,
            static (row, along) => row.MaxPool(new PoolWindow(1), along));

        /// <summary>The largest number of each window of max(0, x).</summary>
        /// <param name="vertical">The windows along the height.</param>
        /// <param name="horizontal">The windows along the width.</param>
        public Tensor ReluMaxPool(PoolWindow vertical, PoolWindow horizontal) =>
            Tape.Apply(new ReluMaxPoolOp(vertical, horizontal), x);
    }
}
