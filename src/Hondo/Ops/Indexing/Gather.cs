using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// y[.., i, ..] = x[.., index[.., i, ..], ..] along an axis; on the others x and the indices have the same lengths
/// dx: each dy is added to the number it came from
/// </summary>
/// <param name="Axis">The axis, from 0.</param>
public readonly record struct GatherOp(int Axis) : IOp
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

/// <summary>Syntax of <see cref="Hondo.Ops.GatherOp"/>.</summary>
public static class GatherSyntax
{
    extension(Tensor x)
    {
        /// <summary>For each place of the indices, the number that they name along an axis.</summary>
        /// <param name="indices">Int32, with this tensor's lengths on all other axes.</param>
        /// <param name="axis">The axis.</param>
        public Tensor Gather(Tensor indices, int axis) => Tape.Apply(new GatherOp(x.Shape.Axis(axis)), x, indices);
    }
}
