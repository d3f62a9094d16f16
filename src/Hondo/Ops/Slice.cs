using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>A part of each axis      dx = dy at the places it came from</summary>
/// <param name="Starts">The first index on each axis.</param>
/// <param name="Lengths">How many indices.</param>
/// <param name="Steps">From one index to the next.</param>
/// <param name="Dropped">Bit a: axis a, of length 1, is left out of the result.</param>
readonly record struct SliceOp(AxisValues Starts, AxisValues Lengths, AxisValues Steps, uint Dropped) : IOp
{
    static string IOp.Name => "Slice";

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
        int offset = 0, rank = 0;
        for (int axis = 0; axis < x.Rank; axis++)
        {
            offset += Starts[axis] * of[axis];
            if ((Dropped >> axis & 1) == 0)
                (lengths[rank], strides[rank++]) = (Lengths[axis], Steps[axis] * of[axis]);
        }
        return new(Shape.Create(lengths[..rank]), offset, AxisValues.Create(strides[..rank]));
    }
}

/// <summary>Which part of an axis a slice takes: a range, every n-th of a range, or one index.</summary>
public readonly record struct AxisSlice
{
    readonly Range _range;
    readonly int _step;

    AxisSlice(Range range, int step, bool isIndex) => (_range, _step, IsIndex) = (range, step, isIndex);

    /// <summary>True for one index, whose axis is dropped.</summary>
    public bool IsIndex { get; }

    /// <summary>A range.</summary>
    public static implicit operator AxisSlice(Range range) => new(range, 1, false);

    /// <summary>One index; the axis is dropped.</summary>
    public static implicit operator AxisSlice(Index index) => new(index..index, 1, true);

    /// <summary>One index; the axis is dropped.</summary>
    public static implicit operator AxisSlice(int index) => (Index)index;

    /// <summary>Every n-th index of a range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is below 1.</exception>
    public static AxisSlice Of(Range range, int step) => step >= 1 ? new(range, step, false)
        : throw new ArgumentOutOfRangeException(nameof(step), step, "A slice goes forwards: give a step of at "
            + "least 1, and Flip the axis to go backwards.");

    internal (int Start, int Length, int Step) Resolve(Shape shape, int axis)
    {
        int length = shape[axis], start = _range.Start.GetOffset(length);
        int end = IsIndex ? start + 1 : _range.End.GetOffset(length);
        if (start < 0 || end > length || end < start)
            throw new ShapeException(IsIndex
                ? $"Slice: index {_range.Start} is outside axis {axis} of {shape}, whose length is {length}."
                : $"Slice: {_range} is outside axis {axis} of {shape}, whose length is {length}.");
        return (start, (end - start + _step - 1) / _step, _step);
    }
}

public static partial class TensorExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// A part of each axis, by C#'s ranges: <c>x.Slice(1..3, .., ^2..)</c>; an index instead of a range picks one
        /// and drops the axis: <c>x.Slice(^1)</c>; <c>(1..9).By(2)</c> takes every second. Axes not named stay whole.
        /// </summary>
        public Tensor Slice(params ReadOnlySpan<AxisSlice> parts)
        {
            Shape shape = x.Shape;
            if (parts.Length > shape.Rank)
                throw new ShapeException($"Slice of {shape} got {parts.Length} parts: give at most one for each axis.");
            Span<int> starts = stackalloc int[Shape.MaxRank], lengths = stackalloc int[Shape.MaxRank];
            Span<int> steps = stackalloc int[Shape.MaxRank];
            uint dropped = 0;
            for (int axis = 0; axis < shape.Rank; axis++)
            {
                AxisSlice part = axis < parts.Length ? parts[axis] : Range.All;
                (starts[axis], lengths[axis], steps[axis]) = part.Resolve(shape, axis);
                dropped |= part.IsIndex ? 1u << axis : 0;
            }
            return Tape.Apply(new SliceOp(AxisValues.Create(starts[..shape.Rank]),
                AxisValues.Create(lengths[..shape.Rank]), AxisValues.Create(steps[..shape.Rank]), dropped), x);
        }

        /// <summary>A part of one axis.</summary>
        /// <param name="axis">The axis; −1 is the last.</param>
        /// <param name="part">The part, e.g. <c>2..5</c> or <c>^1</c>.</param>
        public Tensor SliceAxis(int axis, AxisSlice part)
        {
            axis = x.Shape.Axis(axis);
            Span<AxisSlice> parts = [Range.All, Range.All, Range.All, Range.All, Range.All, Range.All];
            parts[axis] = part;
            return x.Slice(parts[..(axis + 1)]);
        }
    }

    extension(Range range)
    {
        /// <summary>Every n-th index of this range.</summary>
        public AxisSlice By(int step) => AxisSlice.Of(range, step);
    }
}
