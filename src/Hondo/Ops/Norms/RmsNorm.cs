using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// y = γ·x̂,   x̂ = x / √(mean(x²) + ε) over the last axes   (Zhang and Sennrich 2019, arXiv:1910.07467)
/// [rows.., features..] (, γ [features..]) → the same, each row by itself
/// dx = (g − x̂·mean(g·x̂)) / √(mean(x²) + ε) with g = γ·dy,   dγ = Σ dy·x̂
/// </summary>
/// <param name="Axes">How many of the last axes are normalized together.</param>
/// <param name="Epsilon">ε, which keeps a row that never changes from being divided by 0.</param>
public readonly record struct RmsNormOp(int Axes, double Epsilon) : IOp
{
    static string IOp.Name => "RmsNorm";

    static bool IOp.OverwritesGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => NormRows.Infer<RmsNormOp>(x, Axes);

    int IOp.MemoBytes(ReadOnlySpan<Shape> x, DType type) => NormRows.MemoBytes(x[0], Axes, type);

    void IOp.Forward<T>(Operands<T> x, View<T> y) => NormRows.Forward(x, Axes, false, Epsilon, y);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx) =>
        NormRows.Backward(x, Axes, false, dy, dx);
}

/// <summary>Syntax of <see cref="Hondo.Ops.RmsNormOp"/>.</summary>
public static class RmsNormSyntax
{
    extension(Tensor x)
    {
        /// <summary>RMS norm over the last axes.</summary>
        /// <param name="scale">γ, as long as the last axes, or null for 1.</param>
        /// <param name="axes">How many of the last axes are normalized together, without γ.</param>
        /// <param name="epsilon">ε.</param>
        public Tensor RmsNorm(Tensor? scale = null, int axes = 1, double epsilon = 1e-6) => scale is { } gamma
            ? Tape.Apply(new RmsNormOp(gamma.Shape.Rank, epsilon), x, gamma)
            : Tape.Apply(new RmsNormOp(axes, epsilon), x);
    }
}
