using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>Mean of all numbers   y = Σ x / n      dx = dy / n</summary>
public readonly record struct Mean : IOp
{
    static string IOp.Name => "Mean";

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => [];

    void IOp.Forward<T>(Operands<T> x, View<T> y) =>
        y[0] = T.CreateTruncating(Reduction.Sum((ReadOnlySpan<T>)x[0].Data) / x[0].Length);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        if (!dx[0].IsNeeded)
            return;
        T share = dy[0] / T.CreateTruncating(dx[0].Length);
        foreach (ref T gradient in dx[0].Data)
            gradient += share;
    }
}

/// <summary>Syntax of <see cref="Mean"/>.</summary>
public static class MeanSyntax
{
    extension(Tensor x)
    {
        /// <summary>The mean of all numbers.</summary>
        public Tensor Mean() => Tape.Apply(new Mean(), x);
    }
}
