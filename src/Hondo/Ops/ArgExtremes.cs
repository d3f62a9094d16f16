using System.Numerics;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// The index of the largest number along an axis, as Int32; of several the first, and of the first NaN if any.
/// </summary>
/// <param name="Run">The axis.</param>
readonly record struct ArgMaxOp(AxisRun Run) : IReduction<ArgMaxOp>
{
    static string IOp.Name => "ArgMax";

    static bool IOp.StopsGradients => true;

    /// <inheritdoc/>
    public static ArgMaxOp Over(AxisRun run) => new(run);

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => Run.ReduceSome<ArgMaxOp>(x[0]);

    static bool IOp.TakesWholeNumbers => true;

    DType IOp.ResultType(ReadOnlySpan<DType> x) => DType.Int32;

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        var (outer, along, inner) = Run.Sizes(x[0].Shape);
        ReadOnlySpan<T> values = x[0].Data;
        Span<int> indices = y.Ints;
        for (int o = 0; o < outer; o++)
            for (int i = 0; i < inner; i++)
                indices[o * inner + i] = x[0].Type == DType.Int32
                    ? First((ReadOnlySpan<int>)x[0].Ints[(o * along * inner + i)..], along, inner)
                    : First(values[(o * along * inner + i)..], along, inner);
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx) { }

    internal static int First<T>(ReadOnlySpan<T> values, int along, int inner) where T : INumber<T>
    {
        int best = 0;
        for (int k = 1; k < along && !T.IsNaN(values[best * inner]); k++)
            if (values[k * inner] > values[best * inner] || T.IsNaN(values[k * inner]))
                best = k;
        return best;
    }
}

/// <summary>
/// The index of the smallest number along an axis, as Int32; of several the first, and of the first NaN if any.
/// </summary>
/// <param name="Run">The axis.</param>
readonly record struct ArgMinOp(AxisRun Run) : IReduction<ArgMinOp>
{
    static string IOp.Name => "ArgMin";

    static bool IOp.StopsGradients => true;

    /// <inheritdoc/>
    public static ArgMinOp Over(AxisRun run) => new(run);

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => Run.ReduceSome<ArgMinOp>(x[0]);

    static bool IOp.TakesWholeNumbers => true;

    DType IOp.ResultType(ReadOnlySpan<DType> x) => DType.Int32;

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        var (outer, along, inner) = Run.Sizes(x[0].Shape);
        ReadOnlySpan<T> values = x[0].Data;
        Span<int> indices = y.Ints;
        for (int o = 0; o < outer; o++)
            for (int i = 0; i < inner; i++)
                indices[o * inner + i] = x[0].Type == DType.Int32
                    ? First((ReadOnlySpan<int>)x[0].Ints[(o * along * inner + i)..], along, inner)
                    : First(values[(o * along * inner + i)..], along, inner);
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx) { }

    static int First<T>(ReadOnlySpan<T> values, int along, int inner) where T : INumber<T>
    {
        int best = 0;
        for (int k = 1; k < along && !T.IsNaN(values[best * inner]); k++)
            if (values[k * inner] < values[best * inner] || T.IsNaN(values[k * inner]))
                best = k;
        return best;
    }
}

public static partial class TensorExtensions
{
    extension(Tensor x)
    {
        /// <summary>The row-major index of the largest of all numbers.</summary>
        public Tensor ArgMax() => Axes.Reduce<ArgMaxOp>(x);

        /// <summary>The index of the largest number along an axis; −1 is the last.</summary>
        /// <param name="axis">The axis.</param>
        /// <param name="keepDims">True leaves the axis with length 1 instead of removing it.</param>
        public Tensor ArgMax(int axis, bool keepDims = false) => Axes.Reduce<ArgMaxOp>(x, axis, keepDims);

        /// <summary>The row-major index of the smallest of all numbers.</summary>
        public Tensor ArgMin() => Axes.Reduce<ArgMinOp>(x);

        /// <summary>The index of the smallest number along an axis; −1 is the last.</summary>
        /// <param name="axis">The axis.</param>
        /// <param name="keepDims">True leaves the axis with length 1 instead of removing it.</param>
        public Tensor ArgMin(int axis, bool keepDims = false) => Axes.Reduce<ArgMinOp>(x, axis, keepDims);
    }
}
