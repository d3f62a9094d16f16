using System.Numerics;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>Euclidean length   y = √(Σ x²) along some axes      dx = dy · x / y, 0 where y is 0</summary>
/// <param name="Run">The axes that are taken together.</param>
public readonly record struct NormOp(AxisRun Run) : IReduction<NormOp>
{
    static string IOp.Name => "Norm";

    /// <inheritdoc/>
    public static NormOp Over(AxisRun run) => new(run);

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => Run.Reduce(x[0]);

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        var (outer, along, inner) = Run.Sizes(x[0].Shape);
        Span<T> result = y.Data;
        ReadOnlySpan<T> values = x[0].Data;
        for (int o = 0; o < outer; o++)
            for (int i = 0; i < inner; i++)
                result[o * inner + i] = Length(values, o * along * inner + i, along, inner);
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        if (!dx[0].IsNeeded)
            return;
        var (outer, along, inner) = Run.Sizes(x[0].Shape);
        ReadOnlySpan<T> values = x[0].Data, result = y.Data, upstream = dy.Data;
        Span<T> into = dx[0].Data;
        for (int o = 0; o < outer; o++)
            for (int i = 0; i < inner; i++)
            {
                int at = o * inner + i, first = o * along * inner + i;
                T slope = result[at] == T.Zero ? T.Zero : upstream[at] / result[at];
                for (int k = first; k < first + along * inner; k += inner)
                    into[k] += slope * values[k];
            }
    }

    static T Length<T>(ReadOnlySpan<T> values, int first, int along, int inner)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        for (int k = first; k < first + along * inner; k += inner)
        {
            double value = double.CreateTruncating(values[k]);
            sum += value * value;
        }
        return T.CreateTruncating(Math.Sqrt(sum));
    }
}

/// <summary>Syntax of <see cref="Hondo.Ops.NormOp"/>.</summary>
public static class NormSyntax
{
    extension(Tensor x)
    {
        /// <summary>The Euclidean length of all numbers.</summary>
        public Tensor Norm() => Axes.Reduce<NormOp>(x);

        /// <summary>The Euclidean length along an axis; −1 is the last.</summary>
        /// <param name="axis">The axis.</param>
        /// <param name="keepDims">True leaves the axis with length 1 instead of removing it.</param>
        public Tensor Norm(int axis, bool keepDims = false) => Axes.Reduce<NormOp>(x, axis, keepDims);

        /// <summary>The Euclidean length along several axes.</summary>
        /// <param name="axes">The axes, e.g. <c>[0, 2]</c>.</param>
        /// <param name="keepDims">True leaves the axes with length 1 instead of removing them.</param>
        public Tensor Norm(ReadOnlySpan<int> axes, bool keepDims = false) => Axes.Reduce<NormOp>(x, axes, keepDims);
    }
}
