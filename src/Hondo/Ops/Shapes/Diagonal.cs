using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// The numbers whose two indices are equal, along a new last axis      dx = dy at the places it came from
/// </summary>
/// <param name="First">One of the two axes, from 0.</param>
/// <param name="Second">The other.</param>
public readonly record struct DiagonalOp(int First, int Second) : IOp
{
    static string IOp.Name => "Diagonal";

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
        int rank = 0;
        for (int axis = 0; axis < x.Rank; axis++)
            if (axis != First && axis != Second)
                (lengths[rank], strides[rank++]) = (x[axis], of[axis]);
        (lengths[rank], strides[rank++]) = (Math.Min(x[First], x[Second]), of[First] + of[Second]);
        return new(Shape.Create(lengths[..rank]), 0, AxisValues.Create(strides[..rank]));
    }
}

/// <summary>Syntax of <see cref="Hondo.Ops.DiagonalOp"/>.</summary>
public static class DiagonalSyntax
{
    extension(Tensor x)
    {
        /// <summary>The numbers whose indices on two axes are equal, along a new last axis   [n, n] → [n]</summary>
        public Tensor Diagonal(int first = 0, int second = 1)
        {
            (first, second) = (x.Shape.Axis(first), x.Shape.Axis(second));
            return first != second
                ? Tape.Apply(new DiagonalOp(first, second), x)
                : throw new ShapeException($"Diagonal of {x.Shape} needs two different axes, but got {first} twice.");
        }
    }
}
