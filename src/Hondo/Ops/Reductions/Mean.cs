using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>Mean   y = Σ x / n along some axes      dx = dy / n, repeated</summary>
/// <param name="Run">The axes that are taken together.</param>
public readonly record struct MeanOp(AxisRun Run) : IReduction<MeanOp>
{
    static string IOp.Name => "Mean";

    static bool IOp.OverwritesGradients => true;

    /// <inheritdoc/>
    public static MeanOp Over(AxisRun run) => new(run);

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => Run.Reduce(x[0]);

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        var (outer, along, inner) = Run.Sizes(x[0].Shape);
        AxisReduction.Sum((ReadOnlySpan<T>)x[0].Data, outer, along, inner, y.Data);
        Loops.Map(new Scale(1.0 / along), (ReadOnlySpan<T>)y.Data, y.Data);
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        if (!dx[0].IsNeeded)
            return;
        var (outer, along, inner) = Run.Sizes(x[0].Shape);
        BroadcastAlong.Send((ReadOnlySpan<T>)dy.Data, outer, along, inner, 1.0 / along, dx[0]);
    }
}

/// <summary>Syntax of <see cref="Hondo.Ops.MeanOp"/>.</summary>
public static class MeanSyntax
{
    extension(Tensor x)
    {
        /// <summary>The mean of all numbers.</summary>
        public Tensor Mean() => Axes.Reduce<MeanOp>(x);

        /// <summary>The mean along an axis; −1 is the last.</summary>
        /// <param name="axis">The axis.</param>
        /// <param name="keepDims">True leaves the axis with length 1 instead of removing it.</param>
        public Tensor Mean(int axis, bool keepDims = false) => Axes.Reduce<MeanOp>(x, axis, keepDims);

        /// <summary>The mean along several axes.</summary>
        /// <param name="axes">The axes, e.g. <c>[0, 2]</c>.</param>
        /// <param name="keepDims">True leaves the axes with length 1 instead of removing them.</param>
        public Tensor Mean(ReadOnlySpan<int> axes, bool keepDims = false) => Axes.Reduce<MeanOp>(x, axes, keepDims);
    }
}
