using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// The mean of each window, channel by channel      [batch, height, width, channels] → [batch, rows, columns, channels]
/// dx = Σ dy / count over the windows that hold x
/// </summary>
/// <param name="Vertical">The windows along the height.</param>
/// <param name="Horizontal">The windows along the width.</param>
/// <param name="CountIncludePad">True divides by the whole window where it reaches over the border.</param>
readonly record struct AveragePoolOp(PoolWindow Vertical, PoolWindow Horizontal, bool CountIncludePad) : IOp, ILinearOp
{
    static string IOp.Name => "AveragePool";

    static bool IOp.OverwritesGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => Vertical.Dilation == 1 && Horizontal.Dilation == 1
        ? PoolWindow.Infer<AveragePoolOp>(Vertical, Horizontal, x[0])
        : throw ShapeException.For<AveragePoolOp>(x, "only max pooling has windows with gaps; make the dilation 1");

    void IOp.Forward<T>(Operands<T> x, View<T> y) => AveragePooling.Forward(
        PoolWindow.Sizes(Vertical, Horizontal, x[0].Shape), CountIncludePad, (ReadOnlySpan<T>)x[0].Data, y.Data);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        AveragePooling.Backward(PoolWindow.Sizes(Vertical, Horizontal, x[0].Shape), CountIncludePad,
            (ReadOnlySpan<T>)dy.Data, dx[0].Data, dx[0].Accumulates);
    }
}

public static partial class TensorExtensions
{
    extension(Tensor x)
    {
        /// <summary>The mean of each window of [batch, height, width, channels].</summary>
        /// <param name="vertical">The windows along the height.</param>
        /// <param name="horizontal">The windows along the width.</param>
        /// <param name="countIncludePad">True divides by the whole window where it reaches over the border.</param>
        public Tensor AveragePool(PoolWindow vertical, PoolWindow horizontal, bool countIncludePad = true) =>
            Tape.Apply(new AveragePoolOp(vertical, horizontal, countIncludePad), x);

        /// <summary>The mean of each window of [batch, length, channels].</summary>
        /// <param name="window">The windows.</param>
        /// <param name="countIncludePad">True divides by the whole window where it reaches over the border.</param>
        public Tensor AveragePool(PoolWindow window, bool countIncludePad = true) => PoolRows.Along(x, window,
            countIncludePad
                ? static (row, along) => row.AveragePool(new PoolWindow(1), along)
                : static (row, along) => row.AveragePool(new PoolWindow(1), along, countIncludePad: false));
    }
}
