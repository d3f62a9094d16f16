using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>Sum   y = Σ x along some axes      dx = dy, repeated</summary>
/// <param name="Run">The axes that are taken together.</param>
public readonly record struct SumOp(AxisRun Run) : IReduction<SumOp>
{
    static string IOp.Name => "Sum";

    static bool IOp.OverwritesGradients => true;

    /// <inheritdoc/>
    public static SumOp Over(AxisRun run) => new(run);

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => Run.Reduce(x[0]);

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        var (outer, along, inner) = Run.Sizes(x[0].Shape);
        AxisReduction.Sum((ReadOnlySpan<T>)x[0].Data, outer, along, inner, y.Data);
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        if (!dx[0].IsNeeded)
            return;
        var (outer, along, inner) = Run.Sizes(x[0].Shape);
        BroadcastAlong.Send((ReadOnlySpan<T>)dy.Data, outer, along, inner, 1, dx[0]);
    }
}

/// <summary>Syntax of <see cref="Hondo.Ops.SumOp"/>.</summary>
public static class SumSyntax
{
    extension(Tensor x)
    {
        /// <summary>The sum of all numbers.</summary>
        public Tensor Sum() => Axes.Reduce<SumOp>(x);

        /// <summary>The sum along an axis; −1 is the last.</summary>
        /// <param name="axis">The axis.</param>
        /// <param name="keepDims">True leaves the axis with length 1 instead of removing it.</param>
        public Tensor Sum(int axis, bool keepDims = false) => Axes.Reduce<SumOp>(x, axis, keepDims);

        /// <summary>The sum along several axes.</summary>
        /// <param name="axes">The axes, e.g. <c>[0, 2]</c>.</param>
        /// <param name="keepDims">True leaves the axes with length 1 instead of removing them.</param>
        public Tensor Sum(ReadOnlySpan<int> axes, bool keepDims = false) => Axes.Reduce<SumOp>(x, axes, keepDims);
    }
}
