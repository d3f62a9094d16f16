using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>The numbers of each matrix below the diagonal and on it, 0 elsewhere      dx = the same of dy</summary>
/// <param name="Diagonal">Which diagonal: 0 the main one, above 0 those above it.</param>
public readonly record struct TrilOp(int Diagonal) : IOp
{
    static string IOp.Name => "Tril";

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0].Rank >= 2
        ? x[0]
        : throw ShapeException.For<TrilOp>(x, "a triangle needs a matrix, so at least two axes");

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = Keeps(x[0].Shape, i) ? x[0][i] : T.Zero;
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        for (int i = 0; i < dy.Length && dx[0].IsNeeded; i++)
            if (Keeps(x[0].Shape, i))
                dx[0][i] += dy[i];
    }

    bool Keeps(Shape x, int i)
    {
        int column = i % x[^1], row = i / x[^1] % x[^2];
        return column <= row + Diagonal;
    }
}

/// <summary>Syntax of <see cref="Hondo.Ops.TrilOp"/>.</summary>
public static class TrilSyntax
{
    extension(Tensor x)
    {
        /// <summary>
        /// The numbers of each matrix below the diagonal and on it, 0 elsewhere; matrices lie on the last two
        /// axes.
        /// </summary>
        /// <param name="diagonal">Which diagonal: 0 the main one, above 0 those above it.</param>
        public Tensor Tril(int diagonal = 0) => Tape.Apply(new TrilOp(diagonal), x);
    }
}
