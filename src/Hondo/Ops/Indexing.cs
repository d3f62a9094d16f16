using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// y[.., i, ..] = x[.., index[.., i, ..], ..] along an axis; on the others x and the indices have the same lengths
/// dx: each dy is added to the number it came from
/// </summary>
/// <param name="Axis">The axis, from 0.</param>
readonly record struct GatherOp(int Axis) : IOp, ILinearOp
{
    static string IOp.Name => "GatherElements";

    static bool IOp.TakesWholeNumbers => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0].Rank == x[1].Rank && x[0].With(Axis, 0) == x[1].With(Axis, 0)
        ? x[1]
        : throw ShapeException.For<GatherOp>(x, $"on all axes but axis {Axis} both must have the same lengths");

    DType IOp.ResultType(ReadOnlySpan<DType> x) => Indices.ResultType("Gather", x);

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = x[0][Source("Gather", x[0].Shape, x[1].Shape, x[1].Ints, i, Axis)];
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        for (int i = 0; i < dy.Length && dx[0].IsNeeded; i++)
            dx[0][Source("Gather", x[0].Shape, x[1].Shape, x[1].Ints, i, Axis)] += dy[i];
    }

    /// <summary>Where the number lies that place i of the indices means.</summary>
    internal static int Source(string op, Shape x, Shape shape, ReadOnlySpan<int> indices, int i, int axis)
    {
        int inner = x.SizeAfter(axis), length = x[axis];
        return (i / (shape[axis] * inner) * length + Indices.Check(op, indices[i], i, length)) * inner + i % inner;
    }
}

/// <summary>
/// Slices of an axis, by their indices in any order, also repeatedly      [.., n, ..] , int32 [i..] → [.., i.., ..]
/// dx: each dy is added to the slice it came from, in the order of the indices
/// </summary>
/// <param name="Axis">The axis, from 0.</param>
/// <param name="Padding">An index whose slice gets no gradient; −1 for none.</param>
readonly record struct IndexSelectOp(int Axis, int Padding = -1) : IOp, ILinearOp
{
    static string IOp.Name => "IndexSelect";

    static bool IOp.TakesWholeNumbers => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) =>
        [.. x[0].AsSpan()[..Axis], .. x[1].AsSpan(), .. x[0].AsSpan()[(Axis + 1)..]];

    DType IOp.ResultType(ReadOnlySpan<DType> x) => Indices.ResultType("IndexSelect", x);

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        (int outer, int length, int inner) = new AxisRun(Axis, 1, true).Sizes(x[0].Shape);
        ReadOnlySpan<int> indices = x[1].Ints;
        for (int o = 0, at = 0; o < outer; o++)
            for (int i = 0; i < indices.Length; i++, at += inner)
                x[0].Data.Slice((o * length + Indices.Check("IndexSelect", indices[i], i, length)) * inner, inner)
                    .CopyTo(y.Data[at..]);
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        (int outer, int length, int inner) = new AxisRun(Axis, 1, true).Sizes(x[0].Shape);
        ReadOnlySpan<int> indices = x[1].Ints;
        for (int o = 0, at = 0; o < outer; o++)
            for (int i = 0; i < indices.Length; i++, at += inner)
                if (indices[i] != Padding)
                    Loops.Accumulate(default(Identity), (ReadOnlySpan<T>)dy.Data.Slice(at, inner),
                        dx[0].Data.Slice((o * length + indices[i]) * inner, inner));
    }
}

/// <summary>
/// y = x, plus each number of a source at the place that its index names along an axis, in the order of the indices
/// dx = dy,  dsource = dy at those places
/// </summary>
/// <param name="Axis">The axis, from 0.</param>
readonly record struct ScatterAddOp(int Axis) : IOp, ILinearOp
{
    static string IOp.Name => "ScatterAdd";

    static bool IOp.TakesWholeNumbers => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[1] == x[2] && x[0].Rank == x[1].Rank
        && x[0].With(Axis, 0) == x[1].With(Axis, 0)
        ? x[0]
        : throw ShapeException.For<ScatterAddOp>(x, "indices and source must have one shape, and on all axes but axis "
            + $"{Axis} the lengths of x");

    DType IOp.ResultType(ReadOnlySpan<DType> x) => x[0].IsFloating && x[2] == x[0]
        ? Indices.ResultType("ScatterAdd", x)
        : throw new ArgumentException($"ScatterAdd adds floating numbers of one type, but got {x[0]} and {x[2]}.");

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        x[0].Data.CopyTo(y.Data);
        for (int i = 0; i < x[2].Length; i++)
            y[GatherOp.Source("ScatterAdd", x[0].Shape, x[1].Shape, x[1].Ints, i, Axis)] += x[2][i];
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        for (int i = 0; i < dy.Length && dx[0].IsNeeded; i++)
            dx[0][i] += dy[i];
        for (int i = 0; i < x[2].Length && dx[2].IsNeeded; i++)
            dx[2][i] += dy[GatherOp.Source("ScatterAdd", x[0].Shape, x[1].Shape, x[1].Ints, i, Axis)];
    }
}

/// <summary>What ops with Int32 indices share.</summary>
static class Indices
{
    /// <summary>The result's type: that of the numbers, with Int32 indices as the second operand.</summary>
    public static DType ResultType(string op, ReadOnlySpan<DType> x) => x[1] == DType.Int32
        ? x[0]
        : throw new ArgumentException($"{op} takes Int32 indices, but got {x[1]}: convert them with To(DType.Int32).");

    /// <summary>The index, checked.</summary>
    public static int Check(string op, int index, int position, int length) => (uint)index < (uint)length
        ? index
        : throw new ArgumentOutOfRangeException(nameof(index), $"{op}: index {index} at place {position} is "
            + $"outside 0 to {length - 1}, the axis's {length} numbers.");
}

public static partial class TensorExtensions
{
    extension(Tensor x)
    {
        /// <summary>For each place of the indices, the number that they name along an axis.</summary>
        /// <param name="indices">Int32, with this tensor's lengths on all other axes.</param>
        /// <param name="axis">The axis.</param>
        public Tensor Gather(Tensor indices, int axis) => Tape.Apply(new GatherOp(x.Shape.Axis(axis)), x, indices);

        /// <summary>Slices of an axis by their indices; the axis is replaced by the axes of the indices.</summary>
        /// <param name="indices">Int32, of any shape.</param>
        /// <param name="axis">The axis.</param>
        public Tensor IndexSelect(Tensor indices, int axis) =>
            Tape.Apply(new IndexSelectOp(x.Shape.Axis(axis)), x, indices);

        /// <summary>
        /// Rows of this table [rows, features] by their numbers, such as tokens      int32 [..] → [.., features]
        /// </summary>
        /// <param name="indices">Int32, of any shape.</param>
        /// <param name="padding">A row that gets no gradient, or null.</param>
        public Tensor Embedding(Tensor indices, int? padding = null) => x.Shape.Rank == 2
            ? Tape.Apply(new IndexSelectOp(0, padding ?? -1), x, indices)
            : throw new ShapeException($"Embedding looks up rows of a table [rows, features], not of {x.Shape}.");

        /// <summary>
        /// This tensor, plus each number of a source at the place that its index names along an axis.
        /// </summary>
        /// <param name="indices">Int32, with this tensor's lengths on all other axes.</param>
        /// <param name="source">The numbers, in the shape of the indices.</param>
        /// <param name="axis">The axis.</param>
        public Tensor ScatterAdd(Tensor indices, Tensor source, int axis) =>
            Tape.Apply(new ScatterAddOp(x.Shape.Axis(axis)), x, indices, source);
    }
}
