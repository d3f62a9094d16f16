using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>The largest number along some axes      dy goes to the largest ones, in equal shares</summary>
/// <param name="Run">The axes that are taken together.</param>
readonly record struct MaxOp(AxisRun Run) : IReduction<MaxOp>
{
    static string IOp.Name => "Max";

    Tensor? IOp.Compose(ReadOnlySpan<Tensor> x) =>
        Compositions.Reduce(x[0], Run, t => Compositions.Extreme(t, t.Detach().Max(1, keepDims: true)));

    /// <inheritdoc/>
    public static MaxOp Over(AxisRun run) => new(run);

    static bool IOp.TakesWholeNumbers => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => Run.ReduceSome<MaxOp>(x[0]);

    DType IOp.ResultType(ReadOnlySpan<DType> x) => x[0];

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        var (outer, along, inner) = Run.Sizes(x[0].Shape);
        if (x[0].Type == DType.Int32)
            WholeFold.Run<WholeMaximum>(x[0].Ints, outer, along, inner, int.MinValue, y.Ints);
        else
            AxisReduction.Fold(new Larger(), (ReadOnlySpan<T>)x[0].Data, outer, along, inner, y.Data);
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
                int at = o * inner + i, first = o * along * inner + i, end = first + along * inner, ties = 0;
                for (int k = first; k < end; k += inner)
                    ties += values[k] == result[at] ? 1 : 0;
                T share = upstream[at] / T.CreateTruncating(ties);
                for (int k = first; k < end; k += inner)
                    if (values[k] == result[at])
                        into[k] += share;
            }
    }

    readonly struct Larger : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V a, V b) where V : struct, ILanes<V> => V.Max(a, b);
    }
}

/// <summary>The smallest number along some axes      dy goes to the smallest ones, in equal shares</summary>
/// <param name="Run">The axes that are taken together.</param>
readonly record struct MinOp(AxisRun Run) : IReduction<MinOp>
{
    static string IOp.Name => "Min";

    Tensor? IOp.Compose(ReadOnlySpan<Tensor> x) =>
        Compositions.Reduce(x[0], Run, t => Compositions.Extreme(t, t.Detach().Min(1, keepDims: true)));

    /// <inheritdoc/>
    public static MinOp Over(AxisRun run) => new(run);

    static bool IOp.TakesWholeNumbers => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => Run.ReduceSome<MinOp>(x[0]);

    DType IOp.ResultType(ReadOnlySpan<DType> x) => x[0];

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        var (outer, along, inner) = Run.Sizes(x[0].Shape);
        if (x[0].Type == DType.Int32)
            WholeFold.Run<WholeMinimum>(x[0].Ints, outer, along, inner, int.MaxValue, y.Ints);
        else
            AxisReduction.Fold(new Smaller(), (ReadOnlySpan<T>)x[0].Data, outer, along, inner, y.Data);
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
                int at = o * inner + i, first = o * along * inner + i, end = first + along * inner, ties = 0;
                for (int k = first; k < end; k += inner)
                    ties += values[k] == result[at] ? 1 : 0;
                T share = upstream[at] / T.CreateTruncating(ties);
                for (int k = first; k < end; k += inner)
                    if (values[k] == result[at])
                        into[k] += share;
            }
    }

    readonly struct Smaller : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V a, V b) where V : struct, ILanes<V> => V.Min(a, b);
    }
}

public static partial class TensorExtensions
{
    extension(Tensor x)
    {
        /// <summary>The largest number of all numbers.</summary>
        public Tensor Max() => Axes.Reduce<MaxOp>(x);

        /// <summary>The largest number along an axis; −1 is the last.</summary>
        /// <param name="axis">The axis.</param>
        /// <param name="keepDims">True leaves the axis with length 1 instead of removing it.</param>
        public Tensor Max(int axis, bool keepDims = false) => Axes.Reduce<MaxOp>(x, axis, keepDims);

        /// <summary>The largest number along several axes.</summary>
        /// <param name="axes">The axes, e.g. <c>[0, 2]</c>.</param>
        /// <param name="keepDims">True leaves the axes with length 1 instead of removing them.</param>
        public Tensor Max(ReadOnlySpan<int> axes, bool keepDims = false) => Axes.Reduce<MaxOp>(x, axes, keepDims);

        /// <summary>The smallest number of all numbers.</summary>
        public Tensor Min() => Axes.Reduce<MinOp>(x);

        /// <summary>The smallest number along an axis; −1 is the last.</summary>
        /// <param name="axis">The axis.</param>
        /// <param name="keepDims">True leaves the axis with length 1 instead of removing it.</param>
        public Tensor Min(int axis, bool keepDims = false) => Axes.Reduce<MinOp>(x, axis, keepDims);

        /// <summary>The smallest number along several axes.</summary>
        /// <param name="axes">The axes, e.g. <c>[0, 2]</c>.</param>
        /// <param name="keepDims">True leaves the axes with length 1 instead of removing them.</param>
        public Tensor Min(ReadOnlySpan<int> axes, bool keepDims = false) => Axes.Reduce<MinOp>(x, axes, keepDims);
    }
}
