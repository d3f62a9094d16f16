using System.Numerics;
using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Optimizers;

/// <summary>
/// Adam   m ← β₁·m + (1 − β₁)·g,  v ← β₂·v + (1 − β₂)·g²,  w ← w − α·m̂ / (√v̂ + ε)  with the bias-corrected
/// m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ)   (Kingma and Ba 2014, arXiv:1412.6980)
/// </summary>
/// <param name="parameters">What to train.</param>
/// <param name="learningRate">α.</param>
/// <param name="beta1">β₁, the share of the mean that is kept, from 0 to below 1.</param>
/// <param name="beta2">β₂, the share of the squares that is kept, from 0 to below 1.</param>
/// <param name="epsilon">ε, above 0.</param>
public sealed class Adam(IEnumerable<Parameter> parameters, double learningRate = 0.001, double beta1 = 0.9,
    double beta2 = 0.999, double epsilon = 1e-8)
    : AdamFamily(parameters, learningRate, beta1, beta2, epsilon)
{
    /// <inheritdoc/>
    protected override void Update<T>(Span<T> values, ReadOnlySpan<T> gradients) =>
        Run(new AdamRule(CorrectedRate, Beta, Beta2, RootOfBias, Epsilon), values, gradients);
}

/// <summary>
/// Adam as the courses write it, without bias correction   m ← β₁·m + (1 − β₁)·g,  v ← β₂·v + (1 − β₂)·g²,
/// w ← w − α·m / (√v + ε). Its first steps are up to (1 − β₁)/√(1 − β₂) ≈ 3.2 times those of <see cref="Adam"/>.
/// </summary>
/// <param name="parameters">What to train.</param>
/// <param name="learningRate">α.</param>
/// <param name="beta1">β₁, the share of the mean that is kept, from 0 to below 1.</param>
/// <param name="beta2">β₂, the share of the squares that is kept, from 0 to below 1.</param>
/// <param name="epsilon">ε, above 0.</param>
public sealed class AdamUncorrected(IEnumerable<Parameter> parameters, double learningRate = 0.001, double beta1 = 0.9,
    double beta2 = 0.999, double epsilon = 1e-8)
    : AdamFamily(parameters, learningRate, beta1, beta2, epsilon)
{
    /// <inheritdoc/>
    protected override void Update<T>(Span<T> values, ReadOnlySpan<T> gradients) =>
        Run(new AdamRule(LearningRate, Beta, Beta2, 1, Epsilon), values, gradients);
}

/// <summary>
/// Adam with decoupled weight decay   w ← w − α·λ·w, then a step of <see cref="Adam"/>   (Loshchilov and Hutter 2017,
/// arXiv:1711.05101). Only weights decay, not biases and scales (<see cref="Parameter.IsDecayed"/>).
/// </summary>
/// <param name="parameters">What to train.</param>
/// <param name="learningRate">α.</param>
/// <param name="weightDecay">λ, from 0.</param>
/// <param name="beta1">β₁, the share of the mean that is kept, from 0 to below 1.</param>
/// <param name="beta2">β₂, the share of the squares that is kept, from 0 to below 1.</param>
/// <param name="epsilon">ε, above 0.</param>
public sealed class AdamW(IEnumerable<Parameter> parameters, double learningRate = 0.001, double weightDecay = 0.01,
    double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8)
    : AdamFamily(parameters, learningRate, beta1, beta2, epsilon)
{
    readonly DecoupledDecay _decay = new(weightDecay);

    private protected override bool DecaysWeights => true;

    /// <inheritdoc/>
    protected override void Update<T>(Span<T> values, ReadOnlySpan<T> gradients)
    {
        _decay.Apply<T>(Slab, LearningRate);
        Run(new AdamRule(CorrectedRate, Beta, Beta2, RootOfBias, Epsilon), values, gradients);
    }

    /// <inheritdoc/>
    public override string ToString() => Text(Call("AdamW").Add("weightDecay", _decay.Lambda, 0.01));
}

/// <summary>What Adam and its kin share: a mean of the gradients and a second state, each kept in part.</summary>
public abstract class AdamFamily : Optimizer, IMomentum
{
    readonly OptimizerState _mean, _second;

    private protected AdamFamily(IEnumerable<Parameter> parameters, double learningRate, double beta1, double beta2,
        double epsilon, string second = "squares") : base(parameters, learningRate)
    {
        Beta = beta1;
        Beta2 = Fraction.Checked(beta2, nameof(beta2));
        Epsilon = Fraction.Positive(epsilon, nameof(epsilon));
        (_mean, _second) = (AddState("mean"), AddState(second));
    }

    /// <summary>β₁, which a schedule may move.</summary>
    public double Beta { get; set => field = Fraction.Checked(value, "beta1"); }

    private protected double Beta2 { get; }

    private protected double Epsilon { get; }

    /// <summary>α / (1 − β₁ᵗ), for a mean that begins at 0.</summary>
    private protected double CorrectedRate => LearningRate / (1 - Math.Pow(Beta, StepCount));

    /// <summary>√(1 − β₂ᵗ), for squares that begin at 0.</summary>
    private protected double RootOfBias => Math.Sqrt(1 - Math.Pow(Beta2, StepCount));

    private protected void Run<T, TRule>(TRule rule, Span<T> values, ReadOnlySpan<T> gradients)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> where TRule : struct, IUpdate2 =>
        Updates.Run(rule, values, gradients, _mean.Values<T>(), _second.Values<T>());

    private protected void Run<T, TRule>(TRule rule, Span<T> values, ReadOnlySpan<T> gradients, OptimizerState third)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> where TRule : struct, IUpdate3 =>
        Updates.Run(rule, values, gradients, _mean.Values<T>(), _second.Values<T>(), third.Values<T>());

    /// <summary>The call that makes it, with what all of them have.</summary>
    private protected string Text(CallWriter call) =>
        End(call.Add("beta1", Beta, 0.9).Add("beta2", Beta2, 0.999).Add("epsilon", Epsilon, 1e-8));

    /// <inheritdoc/>
    public override string ToString() => Text(Call(GetType().Name));
}

/// <summary>
/// Adam's formula, shared by <see cref="Adam"/>, <see cref="AdamW"/> and <see cref="AdamUncorrected"/>.
/// </summary>
/// <param name="rate">α / (1 − β₁ᵗ).</param>
/// <param name="beta1">β₁.</param>
/// <param name="beta2">β₂.</param>
/// <param name="rootOfBias">√(1 − β₂ᵗ).</param>
/// <param name="epsilon">ε.</param>
readonly struct AdamRule(double rate, double beta1, double beta2, double rootOfBias, double epsilon) : IUpdate2
{
    // m / (√v / r + ε) = r·m / (√v + r·ε): one division of a register less, a third of the time.
    readonly double _rate = rate * rootOfBias, _epsilon = epsilon * rootOfBias;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<V>(ref V w, V g, ref V m, ref V v) where V : struct, ILanes<V>
    {
        m = (V.Create(beta1) * m) + (V.Create(1 - beta1) * g);
        v = (V.Create(beta2) * v) + (V.Create(1 - beta2) * g * g);
        w -= V.Create(_rate) * m / (V.Sqrt(v) + V.Create(_epsilon));
    }
}
