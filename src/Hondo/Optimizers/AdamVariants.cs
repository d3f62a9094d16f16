using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Optimizers;

/// <summary>
/// Adam with the largest gradient as its scale   m ← β₁·m + (1 − β₁)·g,  u ← max(β₂·u, |g| + ε),
/// w ← w − α / (1 − β₁ᵗ) · m / u   (Kingma and Ba 2014, arXiv:1412.6980, section 7.1)
/// </summary>
/// <param name="parameters">What to train.</param>
/// <param name="learningRate">α.</param>
/// <param name="beta1">β₁, the share of the mean that is kept, from 0 to below 1.</param>
/// <param name="beta2">β₂, the share of the largest gradient that is kept, from 0 to below 1.</param>
/// <param name="epsilon">ε, above 0.</param>
public sealed class Adamax(IEnumerable<Parameter> parameters, double learningRate = 0.002, double beta1 = 0.9,
    double beta2 = 0.999, double epsilon = 1e-8)
    : AdamFamily(parameters, learningRate, beta1, beta2, epsilon, "largest")
{
    /// <inheritdoc/>
    protected override void Update<T>(Span<T> values, ReadOnlySpan<T> gradients) =>
        Run(new Rule(CorrectedRate, Beta, Beta2, Epsilon), values, gradients);

    readonly struct Rule(double rate, double beta1, double beta2, double epsilon) : IUpdate2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<V>(ref V w, V g, ref V m, ref V u) where V : struct, ILanes<V>
        {
            m = (V.Create(beta1) * m) + (V.Create(1 - beta1) * g);
            u = V.Max(V.Create(beta2) * u, V.Abs(g) + V.Create(epsilon));
            w -= V.Create(rate) * (m / u);
        }
    }
}

/// <summary>
/// Adam whose divisor never falls   u ← max(u, v),  w ← w − α·m̂ / (√(u / (1 − β₂ᵗ)) + ε)   (Reddi et al. 2018,
/// arXiv:1904.09237; u is the largest uncorrected v, as in PyTorch)
/// </summary>
public sealed class AmsGrad : AdamFamily
{
    readonly OptimizerState _largest;

    /// <summary>Adam with the largest squares so far.</summary>
    /// <param name="parameters">What to train.</param>
    /// <param name="learningRate">α.</param>
    /// <param name="beta1">β₁, the share of the mean that is kept, from 0 to below 1.</param>
    /// <param name="beta2">β₂, the share of the squares that is kept, from 0 to below 1.</param>
    /// <param name="epsilon">ε, above 0.</param>
    public AmsGrad(IEnumerable<Parameter> parameters, double learningRate = 0.001, double beta1 = 0.9,
        double beta2 = 0.999, double epsilon = 1e-8) : base(parameters, learningRate, beta1, beta2, epsilon) =>
        _largest = AddState("largest");

    /// <inheritdoc/>
    protected override void Update<T>(Span<T> values, ReadOnlySpan<T> gradients) =>
        Run(new Rule(CorrectedRate, Beta, Beta2, RootOfBias, Epsilon), values, gradients, _largest);

    readonly struct Rule(double rate, double beta1, double beta2, double rootOfBias, double epsilon) : IUpdate3
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<V>(ref V w, V g, ref V m, ref V v, ref V u) where V : struct, ILanes<V>
        {
            m = (V.Create(beta1) * m) + (V.Create(1 - beta1) * g);
            v = (V.Create(beta2) * v) + (V.Create(1 - beta2) * g * g);
            u = V.Max(u, v);
            w -= V.Create(rate) * (m / ((V.Sqrt(u) / V.Create(rootOfBias)) + V.Create(epsilon)));
        }
    }
}

/// <summary>
/// Rectified Adam   Adam's step times r = √((ρ − 4)(ρ − 2)ρ∞ / ((ρ∞ − 4)(ρ∞ − 2)ρ)), where ρ∞ = 2 / (1 − β₂) − 1 and
/// ρ = ρ∞ − 2t·β₂ᵗ / (1 − β₂ᵗ); while ρ ≤ 5 the step is w ← w − α·m̂   (Liu et al. 2019, arXiv:1908.03265)
/// </summary>
/// <param name="parameters">What to train.</param>
/// <param name="learningRate">α.</param>
/// <param name="beta1">β₁, the share of the mean that is kept, from 0 to below 1.</param>
/// <param name="beta2">β₂, the share of the squares that is kept, from 0 to below 1.</param>
/// <param name="epsilon">ε, above 0.</param>
public sealed class RAdam(IEnumerable<Parameter> parameters, double learningRate = 0.001, double beta1 = 0.9,
    double beta2 = 0.999, double epsilon = 1e-8)
    : AdamFamily(parameters, learningRate, beta1, beta2, epsilon)
{
    /// <inheritdoc/>
    protected override void Update<T>(Span<T> values, ReadOnlySpan<T> gradients)
    {
        double power = Math.Pow(Beta2, StepCount), most = (2 / (1 - Beta2)) - 1;
        double rho = most - (2 * StepCount * power / (1 - power));
        // ε joins √v before the bias is corrected (as in PyTorch), so here it is corrected too.
        if (rho > 5)
            Run(new AdamRule(CorrectedRate * Rectification(rho, most), Beta, Beta2, RootOfBias, Epsilon / RootOfBias),
                values, gradients);
        else
            Run(new PlainRule(CorrectedRate, Beta, Beta2), values, gradients);
    }

    static double Rectification(double rho, double most) =>
        Math.Sqrt((rho - 4) * (rho - 2) * most / ((most - 4) * (most - 2) * rho));

    readonly struct PlainRule(double rate, double beta1, double beta2) : IUpdate2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<V>(ref V w, V g, ref V m, ref V v) where V : struct, ILanes<V>
        {
            m = (V.Create(beta1) * m) + (V.Create(1 - beta1) * g);
            v = (V.Create(beta2) * v) + (V.Create(1 - beta2) * g * g);
            w -= V.Create(rate) * m;
        }
    }
}
