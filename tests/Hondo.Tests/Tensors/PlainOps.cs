using Hondo.Tensors;

namespace Hondo.Tests.Tensors;

/// <summary>Ops of the tests: written as a user would, without the library's kernels.</summary>
static class PlainOps
{
    public static Tensor Times(this Tensor a, Tensor b) => Tape.Apply(new Times(), a, b);

    public static Tensor Total(this Tensor x) => Tape.Apply(new Total(), x);

    public static Tensor Scaled(this Tensor x, double factor) => Tape.Apply(new Scaled(factor), x);
}

/// <summary>y = a · b, element by element.</summary>
readonly record struct Times : IOp
{
    static string IOp.Name => "Times";

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x is [var a, var b] && a == b
        ? a
        : throw ShapeException.For<Times>(x, "both must have one shape");

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = x[0][i] * x[1][i];
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        for (int operand = 0; operand < 2; operand++)
            if (dx[operand].IsNeeded)
                for (int i = 0; i < dy.Length; i++)
                    dx[operand][i] += dy[i] * x[1 - operand][i];
    }
}

/// <summary>y = Σ x.</summary>
readonly record struct Total : IOp
{
    static string IOp.Name => "Total";

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => [];

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        y[0] = T.Zero;
        foreach (T value in x[0].Data)
            y[0] += value;
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        for (int i = 0; i < dx[0].Length; i++)
            dx[0][i] += dy[0];
    }
}

/// <summary>y = factor · x; obeys <see cref="View{T}.Accumulates"/>.</summary>
readonly record struct Scaled(double Factor) : IOp
{
    static string IOp.Name => "Scaled";

    static bool IOp.OverwritesGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0];

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = x[0][i] * T.CreateTruncating(Factor);
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        View<T> into = dx[0];
        for (int i = 0; i < dy.Length; i++)
            into[i] = (into.Accumulates ? into[i] : T.Zero) + dy[i] * T.CreateTruncating(Factor);
    }
}
