using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Reductions over any axes: those that are neighbours in one op, others one run after the other, last ones first.
/// </summary>
static class Axes
{
    /// <summary>Over all axes.</summary>
    public static Tensor Reduce<TOp>(Tensor x) where TOp : struct, IReduction<TOp>, IEquatable<TOp> =>
        Tape.Apply(TOp.Over(new(0, x.Shape.Rank, false)), x);

    /// <summary>Over one axis.</summary>
    public static Tensor Reduce<TOp>(Tensor x, int axis, bool keepDims)
        where TOp : struct, IReduction<TOp>, IEquatable<TOp> =>
        Tape.Apply(TOp.Over(new(x.Shape.Axis(axis), 1, keepDims)), x);

    /// <summary>Over several axes, in any order.</summary>
    public static Tensor Reduce<TOp>(Tensor x, ReadOnlySpan<int> axes, bool keepDims)
        where TOp : struct, IReduction<TOp>, IEquatable<TOp>
    {
        uint taken = Taken(x.Shape, axes);
        for (int end = x.Shape.Rank; end > 0; end--)
        {
            int first = end;
            while (first > 0 && (taken >> (first - 1) & 1) != 0)
                first--;
            if (first == end)
                continue;
            x = Tape.Apply(TOp.Over(new(first, end - first, keepDims)), x);
            end = first;
        }
        return x;
    }

    /// <summary>How many numbers lie along the axes.</summary>
    public static int Length(Shape shape, ReadOnlySpan<int> axes)
    {
        int length = 1;
        foreach (int axis in axes)
            length *= shape[shape.Axis(axis)];
        return length;
    }

    static uint Taken(Shape shape, ReadOnlySpan<int> axes)
    {
        uint taken = 0;
        foreach (int axis in axes)
        {
            uint bit = 1u << shape.Axis(axis);
            if ((taken & bit) != 0)
                throw new ShapeException($"Axis {axis} of {shape} is named twice: name each axis once.");
            taken |= bit;
        }
        return taken;
    }
}
