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
readonly record struct AdaptiveAveragePoolOp(int Height, int Width) : IOp, ILinearOp
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
        AveragePooling.Backward(
            Sizes(x[0].Shape), false, (ReadOnlySpan<T>)dy.Data, dx[0].Data, dx[0].Accumulates);
    }

    PoolSizes Sizes(Shape x) => new(x[0], PoolAxis.Adaptive(x[1], Height), PoolAxis.Adaptive(x[2], Width), x[3]);
}

/// <summary>
/// The largest number of height × width windows that share the input out, whatever its size
/// [batch, h, w, channels] → [batch, height, width, channels]
/// dx = Σ dy over the windows whose first largest number is x
/// </summary>
/// <param name="Height">Rows of windows.</param>
/// <param name="Width">Columns of windows.</param>
readonly record struct AdaptiveMaxPoolOp(int Height, int Width) : IOp
{
    static string IOp.Name => "AdaptiveMaxPool";

    Tensor? IOp.Compose(ReadOnlySpan<Tensor> x)
    {
        (Shape of, List<Tensor> largest) = (x[0].Shape, []);
        for (int i = 0; i < Height * Width; i++)
        {
            Tensor window = x[0][.., Part(i / Width, Height, of[1]), Part(i % Width, Width, of[2])];
            window = window.Reshape([of[0], -1, of[3]]);
            largest.Add(window.Gather(window.ArgMax(1, keepDims: true), 1));
        }
        return Tensor.Concat(1, [.. largest]).Reshape([of[0], Height, Width, of[3]]);
    }

    static Range Part(long i, int parts, int length) =>
        (int)(i * length / parts)..(int)(((i + 1) * length + parts - 1) / parts);

    static bool IOp.OverwritesGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x is [[var batch, > 0, > 0, var channels]] && Height > 0 && Width > 0
        ? Sizes(x[0]).ProblemOfMax is { } problem ? throw ShapeException.For<AdaptiveMaxPoolOp>(x, problem)
            : [batch, Height, Width, channels]
        : throw ShapeException.For<AdaptiveMaxPoolOp>(x,
            "it must be [batch, height, width, channels], and the windows 1 or more each way");

    Extent IOp.MemoBytes(ReadOnlySpan<Shape> x, DType type) =>
        Extent.Product(x[0][0], Height, Width, x[0][3]) * type.Size;

    void IOp.Forward<T>(Operands<T> x, View<T> y) =>
        MaxPooling.Forward(Sizes(x[0].Shape), (ReadOnlySpan<T>)x[0].Data, y.Data, x.Memo<T>(), false);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        MaxPooling.Backward(Sizes(x[0].Shape), (ReadOnlySpan<T>)x.Memo<T>(), dy.Data, dx[0].Data,
            dx[0].Accumulates);
    }

    PoolSizes Sizes(Shape x) => new(x[0], PoolAxis.Adaptive(x[1], Height), PoolAxis.Adaptive(x[2], Width), x[3]);
}

public static partial class TensorExtensions
{
    extension(Tensor x)
    {
        /// <summary>The mean of height × width windows that share the input out.</summary>
        /// <param name="height">Rows of windows.</param>
        /// <param name="width">Columns of windows.</param>
        public Tensor AdaptiveAveragePool(int height, int width) =>
            Tape.Apply(new AdaptiveAveragePoolOp(height, width), x);

        /// <summary>The largest number of height × width windows that share the input out.</summary>
        /// <param name="height">Rows of windows.</param>
        /// <param name="width">Columns of windows.</param>
        public Tensor AdaptiveMaxPool(int height, int width) => Tape.Apply(new AdaptiveMaxPoolOp(height, width), x);
    }
}
