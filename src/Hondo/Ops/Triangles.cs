using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// The numbers whose two indices are equal, along a new last axis      dx = dy at the places it came from
/// </summary>
/// <param name="First">One of the two axes, from 0.</param>
/// <param name="Second">The other.</param>
readonly record struct DiagonalView(int First, int Second) : IView
{
    public static string Name => "Diagonal";

    public Strided Select(Shape x)
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

/// <summary>
/// The numbers of each matrix on one side of a diagonal and on it, 0 elsewhere      dx = the same of dy
/// </summary>
/// <typeparam name="F">Which side.</typeparam>
/// <param name="Diagonal">Which diagonal: 0 the main one, above 0 those above it.</param>
readonly record struct TriangleOp<F>(int Diagonal) : IOp, ILinearOp where F : struct, ITriangle
{
    static string IOp.Name => F.Name;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0].Rank >= 2
        ? x[0]
        : throw ShapeException.For<TriangleOp<F>>(x, "a triangle needs a matrix, so at least two axes");

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = Keeps(x[0].Shape, i) ? x[0][i] : T.Zero;
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        for (int i = 0; i < dy.Length; i++)
            if (Keeps(x[0].Shape, i))
                dx[0][i] += dy[i];
    }

    bool Keeps(Shape x, int i) => F.Keeps(i % x[^1] - i / x[^1] % x[^2] - Diagonal);
}

/// <summary>A side of a diagonal.</summary>
interface ITriangle
{
    /// <summary>The name in errors, drawings and files.</summary>
    static abstract string Name { get; }

    /// <summary>True for numbers so many columns to the right of the diagonal.</summary>
    static abstract bool Keeps(int columns);
}

/// <summary>Below the diagonal.</summary>
readonly struct TrilFormula : ITriangle
{
    public static string Name => "Tril";

    public static bool Keeps(int columns) => columns <= 0;
}

/// <summary>Above the diagonal.</summary>
readonly struct TriuFormula : ITriangle
{
    public static string Name => "Triu";

    public static bool Keeps(int columns) => columns >= 0;
}

public static partial class TensorExtensions
{
    extension(Tensor x)
    {
        /// <summary>The numbers whose indices on two axes are equal, along a new last axis   [n, n] → [n]</summary>
        public Tensor Diagonal(int first = 0, int second = 1)
        {
            (first, second) = (x.Shape.Axis(first), x.Shape.Axis(second));
            return first != second
                ? Tape.Apply(new ViewOp<DiagonalView>(new(first, second)), x)
                : throw new ShapeException($"Diagonal of {x.Shape} needs two different axes, but got {first} twice.");
        }

        /// <summary>
        /// The numbers of each matrix below the diagonal and on it, 0 elsewhere; matrices lie on the last two
        /// axes.
        /// </summary>
        /// <param name="diagonal">Which diagonal: 0 the main one, above 0 those above it.</param>
        public Tensor Tril(int diagonal = 0) => Tape.Apply(new TriangleOp<TrilFormula>(diagonal), x);

        /// <summary>
        /// The numbers of each matrix above the diagonal and on it, 0 elsewhere; matrices lie on the last two
        /// axes.
        /// </summary>
        /// <param name="diagonal">Which diagonal: 0 the main one, above 0 those above it.</param>
        public Tensor Triu(int diagonal = 0) => Tape.Apply(new TriangleOp<TriuFormula>(diagonal), x);
    }
}
