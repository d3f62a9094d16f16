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
