using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// The mean of height × width windows that share the input out, whatever its size
/// [batch, h, w, channels] → [batch, height, width, channels]
/// dx = Σ dy / count over the windows that hold x
/// </summary>
/// <param name="Height">Rows of windows.</param>
/// <param name="Width">Columns of windows.</param>
public readonly record struct AdaptiveAveragePoolOp(int Height, int Width) : IOp
{
    static string IOp.Name => "AdaptiveAveragePool";

    static bool IOp.OverwritesGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x is [[var batch, > 0, > 0, var channels]] && Height > 0 && Width > 0
        ? [batch, Height, Width, channels]
        : throw ShapeException.For<AdaptiveAveragePoolOp>(x,
            "it must be [batch, height, width, channels], and the windows 1 or more each way");

    void IOp.Forward<T>(Operands<T> x, View<T> y) =>
        AveragePooling.Forward(Sizes(x[0].Shape), false, (ReadOnlySpan<T>)x[0].Data, y.Data);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        if (dx[0].IsNeeded)
            AveragePooling.Backward(
                Sizes(x[0].Shape), false, (ReadOnlySpan<T>)dy.Data, dx[0].Data, dx[0].Accumulates);
    }

    PoolSizes Sizes(Shape x) => new(x[0], PoolAxis.Adaptive(x[1], Height), PoolAxis.Adaptive(x[2], Width), x[3]);
}

/// <summary>Syntax of <see cref="Hondo.Ops.AdaptiveAveragePoolOp"/>.</summary>
public static class AdaptiveAveragePoolSyntax
{
    extension(Tensor x)
    {
        /// <summary>The mean of height × width windows that share the input out.</summary>
        /// <param name="height">Rows of windows.</param>
        /// <param name="width">Columns of windows.</param>
        public Tensor AdaptiveAveragePool(int height, int width) =>
            Tape.Apply(new AdaptiveAveragePoolOp(height, width), x);
    }
}
