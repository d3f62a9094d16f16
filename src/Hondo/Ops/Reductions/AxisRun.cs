using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Neighbouring axes that a reduction takes together      [outer.., axes.., inner..] → [outer.., inner..]
/// </summary>
/// <param name="First">The first of them, from 0.</param>
/// <param name="Count">How many.</param>
/// <param name="KeepsAxes">True leaves them with length 1 instead of removing them.</param>
public readonly record struct AxisRun(int First, int Count, bool KeepsAxes)
{
    /// <summary>The shape after the reduction.</summary>
    public Shape Reduce(Shape x)
    {
        Span<int> axes = stackalloc int[Shape.MaxRank];
        int rank = 0;
        for (int axis = 0; axis < x.Rank; axis++)
            if (axis < First || axis >= First + Count)
                axes[rank++] = x[axis];
            else if (KeepsAxes)
                axes[rank++] = 1;
        return Shape.Create(axes[..rank]);
    }

    /// <summary>
    /// The numbers before, along and after the axes: number (o, k, i) lies at (o · along + k) · inner + i.
    /// </summary>
    public (int Outer, int Along, int Inner) Sizes(Shape x)
    {
        (int outer, int along, int inner) = (1, 1, 1);
        for (int axis = 0; axis < x.Rank; axis++)
            if (axis < First)
                outer *= x[axis];
            else if (axis < First + Count)
                along *= x[axis];
            else
                inner *= x[axis];
        return (outer, along, inner);
    }

    /// <summary>The same shape, checked to have numbers to choose from.</summary>
    internal Shape ReduceSome<TOp>(Shape x) where TOp : IOp => x.Size > 0 || Sizes(x).Along > 0
        ? Reduce(x)
        : throw ShapeException.For<TOp>([x], "there is nothing to choose from along an axis of length 0");
}
