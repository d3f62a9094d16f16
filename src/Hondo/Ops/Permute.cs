using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>The axes in another order      dx = dy at the places it came from</summary>
/// <param name="Axes">For each axis of the result, the axis of x that it is.</param>
readonly record struct PermuteView(AxisValues Axes) : IView
{
    public static string Name => "Transpose";

    public Strided Select(Shape x)
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
            return Tape.Apply(new ViewOp<PermuteView>(new(AxisValues.Create(order[..axes.Length]))), x);
        }

        /// <summary>Two axes exchanged; by default the last two.</summary>
        public Tensor Transpose(int first = -2, int second = -1)
        {
            Span<int> order = stackalloc int[Shape.MaxRank];
            for (int axis = 0; axis < x.Shape.Rank; axis++)
                order[axis] = axis;
            (first, second) = (x.Shape.Axis(first), x.Shape.Axis(second));
            (order[first], order[second]) = (second, first);
            return Tape.Apply(new ViewOp<PermuteView>(new(AxisValues.Create(order[..x.Shape.Rank]))), x);
        }
    }
}
