using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Optimizers;

/// <summary>
/// Adam with Nesterov's momentum   w ← w − α·((1 − μₜ)·g / (1 − Πμ) + μₜ₊₁·m / (1 − Πμ·μₜ₊₁)) / (√v̂ + ε), where
/// μₜ = β₁·(1 − ½·0.96^(t·ψ)) and Πμ is the product of μ₁ … μₜ   (Dozat 2016)
/// </summary>
public sealed class NAdam : Optimizer
{
    readonly OptimizerState _mean, _squares;
    readonly double _beta1, _beta2, _psi, _epsilon;
    double _product = 1;
    long _productOf;

    /// <summary>Adam that looks ahead.</summary>
    /// <param name="parameters">What to train.</param>
    /// <param name="learningRate">α.</param>
    /// <param name="beta1">β₁, the share of the mean that is kept, from 0 to below 1.</param>
    /// <param name="beta2">β₂, the share of the squares that is kept, from 0 to below 1.</param>
    /// <param name="momentumDecay">ψ, how quickly the momentum rises to β₁, from 0.</param>
    /// <param name="epsilon">ε, above 0.</param>
    public NAdam(IEnumerable<Parameter> parameters, double learningRate = 0.002, double beta1 = 0.9,
        double beta2 = 0.999, double momentumDecay = 0.004, double epsilon = 1e-8) : base(parameters, learningRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(momentumDecay);
        (_beta1, _beta2) = (Fraction.Checked(beta1, nameof(beta1)), Fraction.Checked(beta2, nameof(beta2)));
        (_psi, _epsilon) = (momentumDecay, Fraction.Positive(epsilon, nameof(epsilon)));
        (_mean, _squares) = (AddState("mean"), AddState("squares"));
    }

    /// <inheritdoc/>
    protected override void Update<T>(Span<T> values, ReadOnlySpan<T> gradients)
    {
        double product = Product(), next = Momentum(StepCount + 1);
        double root = Math.Sqrt(1 - Math.Pow(_beta2, StepCount));
        double ofGradient = LearningRate * (1 - Momentum(StepCount)) / (1 - product);
        double ofMean = LearningRate * next / (1 - (product * next));
        Updates.Run(new Rule(ofGradient, ofMean, _beta1, _beta2, root, _epsilon), values, gradients,
            _mean.Values<T>(), _squares.Values<T>());
    }

    double Momentum(long step) => _beta1 * (1 - (0.5 * Math.Pow(0.96, step * _psi)));

    // A function of the step alone, so that a resumed run needs no number of its own.
    double Product()
    {
        if (_productOf > StepCount)
            (_product, _productOf) = (1, 0);
        while (_productOf < StepCount)
            _product *= Momentum(++_productOf);
        return _product;
    }

    /// <inheritdoc/>
    public override string ToString() => End(Call("NAdam").Add("beta1", _beta1, 0.9).Add("beta2", _beta2, 0.999)
        .Add("momentumDecay", _psi, 0.004).Add("epsilon", _epsilon, 1e-8));

    readonly struct Rule(
        double ofGradient, double ofMean, double beta1, double beta2, double rootOfBias, double epsilon) : IUpdate2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<V>(ref V w, V g, ref V m, ref V v) where V : struct, ILanes<V>
        {
            m = (V.Create(beta1) * m) + (V.Create(1 - beta1) * g);
            v = (V.Create(beta2) * v) + (V.Create(1 - beta2) * g * g);
            V divisor = (V.Sqrt(v) / V.Create(rootOfBias)) + V.Create(epsilon);
            w -= ((V.Create(ofGradient) * g) + (V.Create(ofMean) * m)) / divisor;
        }
    }
}
