using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// y = x, plus each number of a source at the place that its index names along an axis, in the order of the indices
/// dx = dy,  dsource = dy at those places
/// </summary>
/// <param name="Axis">The axis, from 0.</param>
public readonly record struct ScatterAddOp(int Axis) : IOp
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

/// <summary>Syntax of <see cref="Hondo.Ops.ScatterAddOp"/>.</summary>
public static class ScatterAddSyntax
{
    extension(Tensor x)
    {
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
