using System.Buffers;
using System.Numerics;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>ln Σ eˣ along some axes, without overflow      dx = dy · e^(x − y), the softmax</summary>
/// <param name="Run">The axes that are taken together.</param>
readonly record struct LogSumExpOp(AxisRun Run) : IReduction<LogSumExpOp>
{
    static string IOp.Name => "LogSumExp";

    Tensor? IOp.Compose(ReadOnlySpan<Tensor> x) => Compositions.Reduce(x[0], Run,
        t => Compositions.FromTop(t, 1).Exp().Sum(1).Log() + t.Detach().Max(1));

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

/// <summary>Euclidean length   y = √(Σ x²) along some axes      dx = dy · x / y, 0 where y is 0</summary>
/// <param name="Run">The axes that are taken together.</param>
readonly record struct NormOp(AxisRun Run) : IReduction<NormOp>
{
    static string IOp.Name => "Norm";

    Tensor? IOp.Compose(ReadOnlySpan<Tensor> x) =>
        Compositions.Reduce(x[0], Run, t => t.Square().Sum(1).Sqrt());

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

public static partial class TensorExtensions
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

        /// <summary>
        /// (Σ |x|ᵖ)^(1/p) along some axes: 1 sums the magnitudes; for 2 use <c>Norm</c> without a power.
        /// </summary>
        /// <param name="power">p, above 0.</param>
        /// <param name="axes">The axes.</param>
        /// <param name="keepDims">True leaves the axes with length 1 instead of removing them.</param>
        public Tensor PowerNorm(double power, ReadOnlySpan<int> axes, bool keepDims = false) => power switch
        {
            1 => x.Abs().Sum(axes, keepDims),
            2 => x.Norm(axes, keepDims),
            _ => x.Abs().Pow(power).Sum(axes, keepDims).Pow(1 / power),
        };

        /// <summary>x / ‖x‖ along an axis: vectors of length 1 in the same directions.</summary>
        /// <param name="axis">The axis along which the vectors lie.</param>
        /// <param name="epsilon">Shorter vectors are divided by this instead.</param>
        public Tensor Normalize(int axis = -1, double epsilon = 1e-12) =>
            x / x.Norm(axis, keepDims: true).Clip(low: epsilon);
    }
}
