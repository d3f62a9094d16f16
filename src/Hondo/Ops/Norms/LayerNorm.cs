using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// y = γ·x̂ + β,   x̂ = (x − μ) / √(σ² + ε), μ and σ² over the last axes   (Ba et al. 2016, arXiv:1607.06450)
/// [rows.., features..] (, γ [features..], β [features..]) → the same, each row by itself
/// dx = (g − mean(g) − x̂·mean(g·x̂)) / √(σ² + ε) with g = γ·dy,   dγ = Σ dy·x̂,   dβ = Σ dy
/// </summary>
/// <param name="Axes">How many of the last axes are normalized together.</param>
/// <param name="Epsilon">ε, which keeps a row that never changes from being divided by 0.</param>
public readonly record struct LayerNormOp(int Axes, double Epsilon) : IOp
{
    static string IOp.Name => "LayerNorm";

    static bool IOp.OverwritesGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => NormRows.Infer<LayerNormOp>(x, Axes);

    int IOp.MemoBytes(ReadOnlySpan<Shape> x, DType type) => NormRows.MemoBytes(x[0], Axes, type);

    void IOp.Forward<T>(Operands<T> x, View<T> y) => NormRows.Forward(x, Axes, true, Epsilon, y);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx) =>
        NormRows.Backward(x, Axes, true, dy, dx);
}

/// <summary>Syntax of <see cref="Hondo.Ops.LayerNormOp"/>.</summary>
public static class LayerNormSyntax
{
    extension(Tensor x)
    {
        /// <summary>Layer norm over the last axes.</summary>
        /// <param name="scale">γ, as long as the last axes, or null for 1.</param>
        /// <param name="shift">β; given exactly when <paramref name="scale"/> is.</param>
        /// <param name="axes">How many of the last axes are normalized together, without γ.</param>
        /// <param name="epsilon">ε.</param>
        public Tensor LayerNorm(Tensor? scale = null, Tensor? shift = null, int axes = 1, double epsilon = 1e-5) =>
            scale is { } gamma && shift is { } beta
                ? Tape.Apply(new LayerNormOp(gamma.Shape.Rank, epsilon), x, gamma, beta)
                : Tape.Apply(new LayerNormOp(axes, epsilon), x);
    }
}
