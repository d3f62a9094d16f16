using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Optimizers;

/// <summary>
/// Adam   m ← β₁·m + (1 − β₁)·g,  v ← β₂·v + (1 − β₂)·g²,  w ← w − α·m̂ / (√v̂ + ε)  with the bias-corrected
/// m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ)   (Kingma and Ba 2014, arXiv:1412.6980)
/// </summary>
public sealed class Adam : Optimizer, IMomentum
{
    readonly OptimizerState _mean, _squares;
    readonly double _beta2, _epsilon;

    /// <summary>An optimizer of adaptive steps, the usual first choice.</summary>
    /// <param name="parameters">What to train.</param>
    /// <param name="learningRate">α.</param>
    /// <param name="beta1">β₁, the share of the mean that is kept, from 0 to below 1.</param>
    /// <param name="beta2">β₂, the share of the squares that is kept, from 0 to below 1.</param>
    /// <param name="epsilon">ε, above 0.</param>
    public Adam(IEnumerable<Parameter> parameters, double learningRate = 0.001, double beta1 = 0.9,
        double beta2 = 0.999, double epsilon = 1e-8) : base(parameters, learningRate)
    {
        Beta = beta1;
        _beta2 = Fraction.Checked(beta2, nameof(beta2));
        _epsilon = Fraction.Positive(epsilon, nameof(epsilon));
        (_mean, _squares) = (AddState("mean"), AddState("squares"));
    }

    /// <summary>β₁, which a schedule may move.</summary>
    public double Beta { get; set => field = Fraction.Checked(value, "beta1"); }

    /// <inheritdoc/>
    protected override void Update<T>(Span<T> values, ReadOnlySpan<T> gradients)
    {
        double rate = LearningRate / (1 - Math.Pow(Beta, StepCount)), bias = 1 - Math.Pow(_beta2, StepCount);
        Updates.Run(new AdamRule(rate, Beta, _beta2, Math.Sqrt(bias), _epsilon), values, gradients,
            _mean.Values<T>(), _squares.Values<T>());
    }

    /// <inheritdoc/>
    public override string ToString() => End(Call("Adam")
        .Add("beta1", Beta, 0.9).Add("beta2", _beta2, 0.999).Add("epsilon", _epsilon, 1e-8));
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

/// <summary>
/// Adam as the courses write it, without bias correction   m ← β₁·m + (1 − β₁)·g,  v ← β₂·v + (1 − β₂)·g²,
/// w ← w − α·m / (√v + ε). Its first steps are up to (1 − β₁)/√(1 − β₂) ≈ 3.2 times those of <see cref="Adam"/>.
/// </summary>
public sealed class AdamUncorrected : Optimizer, IMomentum
{
    readonly OptimizerState _mean, _squares;
    readonly double _beta2, _epsilon;

    /// <summary>Adam without bias correction.</summary>
    /// <param name="parameters">What to train.</param>
    /// <param name="learningRate">α.</param>
    /// <param name="beta1">β₁, the share of the mean that is kept, from 0 to below 1.</param>
    /// <param name="beta2">β₂, the share of the squares that is kept, from 0 to below 1.</param>
    /// <param name="epsilon">ε, above 0.</param>
    public AdamUncorrected(IEnumerable<Parameter> parameters, double learningRate = 0.001, double beta1 = 0.9,
        double beta2 = 0.999, double epsilon = 1e-8) : base(parameters, learningRate)
    {
        Beta = beta1;
        _beta2 = Fraction.Checked(beta2, nameof(beta2));
        _epsilon = Fraction.Positive(epsilon, nameof(epsilon));
        (_mean, _squares) = (AddState("mean"), AddState("squares"));
    }

    /// <summary>β₁, which a schedule may move.</summary>
    public double Beta { get; set => field = Fraction.Checked(value, "beta1"); }

    /// <inheritdoc/>
    protected override void Update<T>(Span<T> values, ReadOnlySpan<T> gradients) =>
        Updates.Run(new AdamRule(LearningRate, Beta, _beta2, 1, _epsilon), values, gradients,
            _mean.Values<T>(), _squares.Values<T>());

    /// <inheritdoc/>
    public override string ToString() => End(Call("AdamUncorrected")
        .Add("beta1", Beta, 0.9).Add("beta2", _beta2, 0.999).Add("epsilon", _epsilon, 1e-8));
}

/// <summary>
/// Adam with decoupled weight decay   w ← w − α·λ·w, then a step of <see cref="Adam"/>   (Loshchilov and Hutter 2017,
/// arXiv:1711.05101). Only weights decay, not biases and scales (<see cref="Parameter.IsDecayed"/>).
/// </summary>
public sealed class AdamW : Optimizer, IMomentum
{
    readonly OptimizerState _mean, _squares;
    readonly DecoupledDecay _decay;
    readonly double _beta2, _epsilon;

    /// <summary>Adam with weight decay.</summary>
    /// <param name="parameters">What to train.</param>
    /// <param name="learningRate">α.</param>
    /// <param name="weightDecay">λ, from 0.</param>
    /// <param name="beta1">β₁, the share of the mean that is kept, from 0 to below 1.</param>
    /// <param name="beta2">β₂, the share of the squares that is kept, from 0 to below 1.</param>
    /// <param name="epsilon">ε, above 0.</param>
    public AdamW(IEnumerable<Parameter> parameters, double learningRate = 0.001, double weightDecay = 0.01,
        double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) : base(parameters, learningRate)
    {
        Beta = beta1;
        _decay = new DecoupledDecay(weightDecay);
        _beta2 = Fraction.Checked(beta2, nameof(beta2));
        _epsilon = Fraction.Positive(epsilon, nameof(epsilon));
        (_mean, _squares) = (AddState("mean"), AddState("squares"));
    }

    /// <summary>β₁, which a schedule may move.</summary>
    public double Beta { get; set => field = Fraction.Checked(value, "beta1"); }

    /// <inheritdoc/>
    protected override void Update<T>(Span<T> values, ReadOnlySpan<T> gradients)
    {
        _decay.Apply<T>(Slab, LearningRate);
        double rate = LearningRate / (1 - Math.Pow(Beta, StepCount)), bias = 1 - Math.Pow(_beta2, StepCount);
        Updates.Run(new AdamRule(rate, Beta, _beta2, Math.Sqrt(bias), _epsilon), values, gradients,
            _mean.Values<T>(), _squares.Values<T>());
    }

    private protected override bool DecaysWeights => true;

    /// <inheritdoc/>
    public override string ToString() => End(Call("AdamW").Add("weightDecay", _decay.Lambda, 0.01)
        .Add("beta1", Beta, 0.9).Add("beta2", _beta2, 0.999).Add("epsilon", _epsilon, 1e-8));
}
