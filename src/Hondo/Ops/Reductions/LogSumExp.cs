using System.Buffers;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>ln Σ eˣ along some axes, without overflow      dx = dy · e^(x − y), the softmax</summary>
/// <param name="Run">The axes that are taken together.</param>
public readonly record struct LogSumExpOp(AxisRun Run) : IReduction<LogSumExpOp>
{
    static string IOp.Name => "LogSumExp";

    /// <inheritdoc/>
    public static LogSumExpOp Over(AxisRun run) => new(run);

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => Run.ReduceSome<LogSumExpOp>(x[0]);

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        var (outer, along, inner) = Run.Sizes(x[0].Shape);
        ReadOnlySpan<T> values = x[0].Data;
        T[] rented = ArrayPool<T>.Shared.Rent(2 * along);
        Span<T> strip = rented.AsSpan(0, along), scratch = rented.AsSpan(along, along);
        for (int o = 0; o < outer; o++)
            for (int i = 0; i < inner; i++)
            {
                for (int k = 0; k < along; k++)
                    strip[k] = values[(o * along + k) * inner + i];
                y[o * inner + i] = T.CreateTruncating(Kernels.Softmax.LogSumExp((ReadOnlySpan<T>)strip, scratch));
            }
        ArrayPool<T>.Shared.Return(rented);
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        if (!dx[0].IsNeeded)
            return;
        var (outer, along, inner) = Run.Sizes(x[0].Shape);
        ReadOnlySpan<T> values = x[0].Data, result = y.Data, upstream = dy.Data;
        Span<T> into = dx[0].Data;
        for (int o = 0; o < outer; o++)
            for (int k = 0; k < along; k++)
                for (int i = 0; i < inner; i++)
                {
                    int at = (o * along + k) * inner + i;
                    into[at] += Elementwise.Exp(values[at] - result[o * inner + i]) * upstream[o * inner + i];
                }
    }
}

/// <summary>Syntax of <see cref="Hondo.Ops.LogSumExpOp"/>.</summary>
public static class LogSumExpSyntax
{
    extension(Tensor x)
    {
        /// <summary>ln Σ eˣ over all numbers.</summary>
        public Tensor LogSumExp() => Axes.Reduce<LogSumExpOp>(x);

        /// <summary>ln Σ eˣ along an axis; −1 is the last.</summary>
        /// <param name="axis">The axis.</param>
        /// <param name="keepDims">True leaves the axis with length 1 instead of removing it.</param>
        public Tensor LogSumExp(int axis, bool keepDims = false) => Axes.Reduce<LogSumExpOp>(x, axis, keepDims);

        /// <summary>ln Σ eˣ along several axes.</summary>
        /// <param name="axes">The axes, e.g. <c>[0, 2]</c>.</param>
        /// <param name="keepDims">True leaves the axes with length 1 instead of removing them.</param>
        public Tensor LogSumExp(ReadOnlySpan<int> axes, bool keepDims = false) =>
            Axes.Reduce<LogSumExpOp>(x, axes, keepDims);
    }
}
