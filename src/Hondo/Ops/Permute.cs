using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>The axes in another order      dx = dy at the places it came from</summary>
/// <param name="Axes">For each axis of the result, the axis of x that it is.</param>
readonly record struct PermuteOp(AxisValues Axes) : IOp, ILinearOp
{
    static string IOp.Name => "Transpose";

    static bool IOp.TakesWholeNumbers => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => Select(x[0]).Shape;

    DType IOp.ResultType(ReadOnlySpan<DType> x) => x[0];

    void IOp.Forward<T>(Operands<T> x, View<T> y) => Select(x[0].Shape).Copy((ReadOnlySpan<T>)x[0].Data, y.Data);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        if (dx[0].IsNeeded)
            Select(x[0].Shape).Add((ReadOnlySpan<T>)dy.Data, dx[0].Data);
    }

    Strided Select(Shape x)
    {
        Span<int> lengths = stackalloc int[Shape.MaxRank], strides = stackalloc int[Shape.MaxRank];
        AxisValues of = AxisValues.StridesOf(x);
        for (int axis = 0; axis < x.Rank; axis++)
            (lengths[axis], strides[axis]) = (x[Axes[axis]], of[Axes[axis]]);
        return new(Shape.Create(lengths[..x.Rank]), 0, AxisValues.Create(strides[..x.Rank]));
    }
}

public static partial class TensorExtensions
{
    extension(Tensor x)
    {
        /// <summary>The axes in another order: <c>Permute(0, 2, 1)</c> exchanges the last two of three.</summary>
        /// <param name="axes">For each axis of the result, the axis of this tensor that it is; each once.</param>
        public Tensor Permute(params ReadOnlySpan<int> axes)
        {
            Span<int> order = stackalloc int[Shape.MaxRank];
            uint seen = 0;
            for (int i = 0; i < axes.Length && i < order.Length; i++)
                seen |= 1u << (order[i] = x.Shape.Axis(axes[i]));
            if (axes.Length != x.Shape.Rank || seen != (1u << x.Shape.Rank) - 1)
                throw new ShapeException($"Permute of {x.Shape} got axes [{string.Join(", ", axes.ToArray())}]: "
                    + $"name each of its {x.Shape.Rank} axes once.");
            return Tape.Apply(new PermuteOp(AxisValues.Create(order[..axes.Length])), x);
        }

        /// <summary>Two axes exchanged; by default the last two.</summary>
        public Tensor Transpose(int first = -2, int second = -1)
        {
            Span<int> order = stackalloc int[Shape.MaxRank];
            for (int axis = 0; axis < x.Shape.Rank; axis++)
                order[axis] = axis;
            (first, second) = (x.Shape.Axis(first), x.Shape.Axis(second));
            (order[first], order[second]) = (second, first);
            return Tape.Apply(new PermuteOp(AxisValues.Create(order[..x.Shape.Rank])), x);
        }
    }
}
