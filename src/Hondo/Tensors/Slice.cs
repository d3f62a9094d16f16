namespace Hondo.Tensors;

/// <summary>A part of each axis      dx = dy at the places it came from</summary>
/// <param name="Starts">The first index on each axis.</param>
/// <param name="Lengths">How many indices.</param>
/// <param name="Steps">From one index to the next.</param>
/// <param name="Dropped">Bit a: axis a, of length 1, is left out of the result.</param>
readonly record struct SliceView(AxisValues Starts, AxisValues Lengths, AxisValues Steps, uint Dropped) : IView
{
    public static string Name => "Slice";

    public Strided Select(Shape x)
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

    /// <summary>The op that takes a part of each axis; axes not named stay whole.</summary>
    internal static ViewOp<SliceView> Of(Shape shape, ReadOnlySpan<AxisSlice> parts)
    {
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
        return new(new(AxisValues.Create(starts[..shape.Rank]), AxisValues.Create(lengths[..shape.Rank]),
            AxisValues.Create(steps[..shape.Rank]), dropped));
    }

    (int Start, int Length, int Step) Resolve(Shape shape, int axis)
    {
        int length = shape[axis], start = _range.Start.GetOffset(length);
        int end = IsIndex ? start + 1 : _range.End.GetOffset(length);
        if (start < 0 || end > length || end < start)
            throw new ShapeException(IsIndex
                ? $"Slice: index {_range.Start} is outside axis {axis} of {shape}, whose length is {length}."
                : $"Slice: {_range} is outside axis {axis} of {shape}, whose length is {length}.");
        return (start, (int)(((long)end - start + _step - 1) / _step), _step);
    }
}

/// <summary>
/// The numbers, or the slices of the leading axes, where a mask is not 0      [m.., n..], mask [m..] → [count, n..]
/// dx = dy at the places it came from
/// </summary>
/// <param name="Count">How many places of the mask are not 0.</param>
readonly record struct MaskedSelectOp(int Count) : IOp, ILinearOp
{
    static string IOp.Name => "MaskedSelect";

    uint ILinearOp.Selectors => 2;

    /// <summary>The op for what a mask holds now.</summary>
    public static MaskedSelectOp Of(Tensor mask)
    {
        int count = 0;
        for (int i = 0; i < mask.Size; i++)
            count += mask.NumberAt(i) != 0 ? 1 : 0;
        return new(count);
    }

    static bool IOp.TakesWholeNumbers => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[1].Rank <= x[0].Rank && x[0].Slice(0, x[1].Rank) == x[1]
        ? [Count, .. x[0].AsSpan()[x[1].Rank..]]
        : throw ShapeException.For<MaskedSelectOp>(x, "the mask must have the lengths of the first axes");

    DType IOp.ResultType(ReadOnlySpan<DType> x) => x[0];

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        int run = Run(x), to = 0;
        for (int i = 0; i < x[1].Length; i++)
            if (IsSet(x[1], i))
                x[0].Data.Slice(i * run, run).CopyTo(y.Data[(run * to++)..]);
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        int run = Run(x), from = 0;
        for (int i = 0; i < x[1].Length && dx[0].IsNeeded; i++)
            if (IsSet(x[1], i))
                for (int k = 0; k < run; k++)
                    dx[0][i * run + k] += dy[from++];
    }

    static int Run<T>(Operands<T> x) where T : unmanaged => x[0].Length / Math.Max(1, x[1].Length);

    /// <summary>True where a mask of any type is not 0.</summary>
    public static bool IsSet<T>(View<T> mask, int i) where T : unmanaged => mask.Type switch
    {
        DType.Int32 => mask.Ints[i] != 0,
        DType.Float64 => mask.As<double>()[i] != 0,
        _ => mask.As<float>()[i] != 0,
    };
}
