using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Slices of an axis, by their indices in any order, also repeatedly      [.., n, ..] , int32 [i..] → [.., i.., ..]
/// dx: each dy is added to the slice it came from, in the order of the indices
/// </summary>
/// <param name="Axis">The axis, from 0.</param>
/// <param name="Padding">An index whose slice gets no gradient; −1 for none.</param>
public readonly record struct IndexSelectOp(int Axis, int Padding = -1) : IOp
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
        if (!dx[0].IsNeeded)
            return;
        (int outer, int length, int inner) = new AxisRun(Axis, 1, true).Sizes(x[0].Shape);
        ReadOnlySpan<int> indices = x[1].Ints;
        for (int o = 0, at = 0; o < outer; o++)
            for (int i = 0; i < indices.Length; i++, at += inner)
                if (indices[i] != Padding)
                    Loops.Accumulate(default(Identity), (ReadOnlySpan<T>)dy.Data.Slice(at, inner),
                        dx[0].Data.Slice((o * length + indices[i]) * inner, inner));
    }
}

/// <summary>Syntax of <see cref="Hondo.Ops.IndexSelectOp"/>.</summary>
public static class IndexSelectSyntax
{
    extension(Tensor x)
    {
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
    }
}
