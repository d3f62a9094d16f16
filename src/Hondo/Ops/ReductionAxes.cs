using System.Numerics;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>An op that takes the numbers along some axes together.</summary>
/// <typeparam name="TSelf">The op.</typeparam>
interface IReduction<TSelf> : IOp where TSelf : struct, IReduction<TSelf>, IEquatable<TSelf>
{
    /// <summary>The op over a run of axes.</summary>
    static abstract TSelf Over(AxisRun run);
}

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

/// <summary>
/// The adjoint of a sum: repeats numbers along the middle axis      [outer, inner] → [outer, along, inner]
/// </summary>
static class BroadcastAlong
{
    /// <summary>into = factor · dy along the axis, or into += that.</summary>
    public static void Send<T>(ReadOnlySpan<T> dy, int outer, int along, int inner, double factor, View<T> into)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> dx = into.Data;
        T scale = T.CreateTruncating(factor);
        for (int o = 0, start = 0; o < outer; o++, start += along * inner)
            if (inner == 1)
                SendOne(dy[o] * scale, dx.Slice(start, along), into.Accumulates);
            else
                for (int k = 0; k < along; k++)
                    SendRow(dy.Slice(o * inner, inner), factor, dx.Slice(start + k * inner, inner), into.Accumulates);
    }

    static void SendOne<T>(T share, Span<T> dx, bool accumulates) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (accumulates)
            Loops.Map(new Shifted(double.CreateTruncating(share)), (ReadOnlySpan<T>)dx, dx);
        else
            dx.Fill(share);
    }

    static void SendRow<T>(ReadOnlySpan<T> dy, double factor, Span<T> dx, bool accumulates)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (accumulates)
            Loops.Accumulate(new Scale(factor), dy, dx);
        else
            Loops.Map(new Scale(factor), dy, dx);
    }
}
