using System.Numerics;
using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>Which of two numbers wins: the larger or the smaller one.</summary>
interface IExtreme : IBinary
{
    /// <summary>The name in errors, drawings and files; behind "Arg" that of the index.</summary>
    static abstract string Name { get; }

    /// <summary>True when a wins; never for NaN.</summary>
    static abstract bool Wins<T>(T a, T b) where T : INumber<T>;

    /// <summary>The winners of whole numbers along an axis.</summary>
    static abstract void Fold(ReadOnlySpan<int> x, int outer, int along, int inner, Span<int> y);
}

/// <summary>The larger number.</summary>
readonly struct MaxFormula : IExtreme
{
    public static string Name => "Max";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V a, V b) where V : struct, ILanes<V> => V.Max(a, b);

    public static bool Wins<T>(T a, T b) where T : INumber<T> => a > b;

    public static void Fold(ReadOnlySpan<int> x, int outer, int along, int inner, Span<int> y) =>
        WholeFold.Run<WholeMaximum>(x, outer, along, inner, int.MinValue, y);
}

/// <summary>The smaller number.</summary>
readonly struct MinFormula : IExtreme
{
    public static string Name => "Min";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V a, V b) where V : struct, ILanes<V> => V.Min(a, b);

    public static bool Wins<T>(T a, T b) where T : INumber<T> => a < b;

    public static void Fold(ReadOnlySpan<int> x, int outer, int along, int inner, Span<int> y) =>
        WholeFold.Run<WholeMinimum>(x, outer, along, inner, int.MaxValue, y);
}

/// <summary>
/// The largest or smallest number along some axes      dy goes to the numbers that equal it, in equal shares
/// </summary>
/// <typeparam name="F">Which.</typeparam>
/// <param name="Run">The axes that are taken together.</param>
readonly record struct ExtremeOp<F>(AxisRun Run) : IReduction<ExtremeOp<F>> where F : struct, IExtreme
{
    static string IOp.Name => F.Name;

    Tensor? IOp.Compose(ReadOnlySpan<Tensor> x) => Compositions.Reduce(x[0], Run,
        t => Compositions.Extreme(t, Axes.Reduce<ExtremeOp<F>>(t.Detach(), 1, keepDims: true)));

    /// <inheritdoc/>
    public static ExtremeOp<F> Over(AxisRun run) => new(run);

    static bool IOp.TakesWholeNumbers => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => Run.ReduceSome<ExtremeOp<F>>(x[0]);

    DType IOp.ResultType(ReadOnlySpan<DType> x) => x[0];

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        var (outer, along, inner) = Run.Sizes(x[0].Shape);
        if (x[0].Type == DType.Int32)
            F.Fold(x[0].Ints, outer, along, inner, y.Ints);
        else
            AxisReduction.Fold(default(F), (ReadOnlySpan<T>)x[0].Data, outer, along, inner, y.Data);
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
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
}

/// <summary>
/// The index of the largest or smallest number along an axis, as Int32; of several the first, and of the first NaN if
/// any.
/// </summary>
/// <typeparam name="F">Which.</typeparam>
/// <param name="Run">The axis.</param>
readonly record struct ArgExtremeOp<F>(AxisRun Run) : IReduction<ArgExtremeOp<F>> where F : struct, IExtreme
{
    static string IOp.Name => "Arg" + F.Name;

    static bool IOp.StopsGradients => true;

    /// <inheritdoc/>
    public static ArgExtremeOp<F> Over(AxisRun run) => new(run);

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => Run.ReduceSome<ArgExtremeOp<F>>(x[0]);

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
            if (F.Wins(values[k * inner], values[best * inner]) || T.IsNaN(values[k * inner]))
                best = k;
        return best;
    }
}

public static partial class TensorExtensions
{
    extension(Tensor x)
    {
        /// <summary>The largest number of all numbers.</summary>
        public Tensor Max() => Axes.Reduce<ExtremeOp<MaxFormula>>(x);

        /// <summary>The largest number along an axis; −1 is the last.</summary>
        /// <param name="axis">The axis.</param>
        /// <param name="keepDims">True leaves the axis with length 1 instead of removing it.</param>
        public Tensor Max(int axis, bool keepDims = false) => Axes.Reduce<ExtremeOp<MaxFormula>>(x, axis, keepDims);

        /// <summary>The largest number along several axes.</summary>
        /// <param name="axes">The axes, e.g. <c>[0, 2]</c>.</param>
        /// <param name="keepDims">True leaves the axes with length 1 instead of removing them.</param>
        public Tensor Max(ReadOnlySpan<int> axes, bool keepDims = false) =>
            Axes.Reduce<ExtremeOp<MaxFormula>>(x, axes, keepDims);

        /// <summary>The smallest number of all numbers.</summary>
        public Tensor Min() => Axes.Reduce<ExtremeOp<MinFormula>>(x);

        /// <summary>The smallest number along an axis; −1 is the last.</summary>
        /// <param name="axis">The axis.</param>
        /// <param name="keepDims">True leaves the axis with length 1 instead of removing it.</param>
        public Tensor Min(int axis, bool keepDims = false) => Axes.Reduce<ExtremeOp<MinFormula>>(x, axis, keepDims);

        /// <summary>The smallest number along several axes.</summary>
        /// <param name="axes">The axes, e.g. <c>[0, 2]</c>.</param>
        /// <param name="keepDims">True leaves the axes with length 1 instead of removing them.</param>
        public Tensor Min(ReadOnlySpan<int> axes, bool keepDims = false) =>
            Axes.Reduce<ExtremeOp<MinFormula>>(x, axes, keepDims);

        /// <summary>The row-major index of the largest of all numbers.</summary>
        public Tensor ArgMax() => Axes.Reduce<ArgExtremeOp<MaxFormula>>(x);

        /// <summary>The index of the largest number along an axis; −1 is the last.</summary>
        /// <param name="axis">The axis.</param>
        /// <param name="keepDims">True leaves the axis with length 1 instead of removing it.</param>
        public Tensor ArgMax(int axis, bool keepDims = false) =>
            Axes.Reduce<ArgExtremeOp<MaxFormula>>(x, axis, keepDims);

        /// <summary>The row-major index of the smallest of all numbers.</summary>
        public Tensor ArgMin() => Axes.Reduce<ArgExtremeOp<MinFormula>>(x);

        /// <summary>The index of the smallest number along an axis; −1 is the last.</summary>
        /// <param name="axis">The axis.</param>
        /// <param name="keepDims">True leaves the axis with length 1 instead of removing it.</param>
        public Tensor ArgMin(int axis, bool keepDims = false) =>
            Axes.Reduce<ArgExtremeOp<MinFormula>>(x, axis, keepDims);
    }
}
