using Hondo.Tensors;

namespace Hondo.Ops;

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
            + "least 1, and "
            + "Flip the axis to go backwards.");

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
