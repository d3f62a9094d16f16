using System.Numerics;
using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>Sum   y = Σ x along some axes      dx = dy, repeated</summary>
/// <param name="Run">The axes that are taken together.</param>
readonly record struct SumOp(AxisRun Run) : IReduction<SumOp>, ILinearOp
{
    static string IOp.Name => "Sum";

    static bool IOp.OverwritesGradients => true;

    /// <inheritdoc/>
    public static SumOp Over(AxisRun run) => new(run);

    static bool IOp.TakesWholeNumbers => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => Run.Reduce(x[0]);

    DType IOp.ResultType(ReadOnlySpan<DType> x) => x[0];

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        var (outer, along, inner) = Run.Sizes(x[0].Shape);
        if (x[0].Type == DType.Int32)
            WholeFold.Run<WholeSum>(x[0].Ints, outer, along, inner, 0, y.Ints);
        else
            AxisReduction.Sum((ReadOnlySpan<T>)x[0].Data, outer, along, inner, y.Data);
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        var (outer, along, inner) = Run.Sizes(x[0].Shape);
        BroadcastAlong.Send((ReadOnlySpan<T>)dy.Data, outer, along, inner, 1, dx[0]);
    }
}

/// <summary>Mean   y = Σ x / n along some axes      dx = dy / n, repeated</summary>
/// <param name="Run">The axes that are taken together.</param>
readonly record struct MeanOp(AxisRun Run) : IReduction<MeanOp>, ILinearOp
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
        var (outer, along, inner) = Run.Sizes(x[0].Shape);
        BroadcastAlong.Send((ReadOnlySpan<T>)dy.Data, outer, along, inner, 1.0 / along, dx[0]);
    }
}

/// <summary>Product   y = Π x along some axes      dx = dy · the product of all others</summary>
/// <param name="Run">The axes that are taken together.</param>
readonly record struct ProdOp(AxisRun Run) : IReduction<ProdOp>
{
    static string IOp.Name => "Prod";

    Tensor? IOp.Compose(ReadOnlySpan<Tensor> x) => Compositions.Reduce(x[0], Run, t =>
    {
        Tensor product = t.SliceAxis(1, ..0).Sum(1) + 1;
        for (int k = 0; k < t.Shape[1]; k++)
            product *= t.SliceAxis(1, k);
        return product;
    });

    /// <inheritdoc/>
    public static ProdOp Over(AxisRun run) => new(run);

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => Run.Reduce(x[0]);

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        var (outer, along, inner) = Run.Sizes(x[0].Shape);
        if (along == 0)
            y.Data.Fill(T.One);
        else
            AxisReduction.Fold(new Times(), (ReadOnlySpan<T>)x[0].Data, outer, along, inner, y.Data);
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        var (outer, along, inner) = Run.Sizes(x[0].Shape);
        for (int o = 0; o < outer; o++)
            for (int i = 0; i < inner; i++)
            {
                int first = o * along * inner + i;
                T product = dy[o * inner + i];
                (int zeros, T others) = WithoutZeros((ReadOnlySpan<T>)x[0].Data, first, along, inner);
                for (int k = first; k < first + along * inner; k += inner)
                    if (zeros == 0)
                        dx[0][k] += product * (others / x[0][k]);
                    else if (zeros == 1 && x[0][k] == T.Zero)
                        dx[0][k] += product * others;
            }
    }

    // One 0 leaves a gradient to itself alone, two leave none: dividing by the factor would give NaN.
    static (int Zeros, T Product) WithoutZeros<T>(ReadOnlySpan<T> values, int first, int along, int inner)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int zeros = 0;
        T product = T.One;
        for (int k = first; k < first + along * inner; k += inner)
            if (values[k] == T.Zero)
                zeros++;
            else
                product *= values[k];
        return (zeros, product);
    }

    readonly struct Times : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V a, V b) where V : struct, ILanes<V> => a * b;
    }
}

public static partial class TensorExtensions
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

        /// <summary>The product of all numbers.</summary>
        public Tensor Prod() => Axes.Reduce<ProdOp>(x);

        /// <summary>The product along an axis; −1 is the last.</summary>
        /// <param name="axis">The axis.</param>
        /// <param name="keepDims">True leaves the axis with length 1 instead of removing it.</param>
        public Tensor Prod(int axis, bool keepDims = false) => Axes.Reduce<ProdOp>(x, axis, keepDims);

        /// <summary>The product along several axes.</summary>
        /// <param name="axes">The axes, e.g. <c>[0, 2]</c>.</param>
        /// <param name="keepDims">True leaves the axes with length 1 instead of removing them.</param>
        public Tensor Prod(ReadOnlySpan<int> axes, bool keepDims = false) => Axes.Reduce<ProdOp>(x, axes, keepDims);
    }
}
