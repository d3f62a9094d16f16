using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Optimizers;

/// <summary>
/// Adam with the largest gradient as its scale   m ← β₁·m + (1 − β₁)·g,  u ← max(β₂·u, |g| + ε),
/// w ← w − α / (1 − β₁ᵗ) · m / u   (Kingma and Ba 2014, arXiv:1412.6980, section 7.1)
/// </summary>
public sealed class Adamax : Optimizer, IMomentum
{
    readonly OptimizerState _mean, _largest;
    readonly double _beta2, _epsilon;

    /// <summary>Adam in the infinity norm.</summary>
    /// <param name="parameters">What to train.</param>
    /// <param name="learningRate">α.</param>
    /// <param name="beta1">β₁, the share of the mean that is kept, from 0 to below 1.</param>
    /// <param name="beta2">β₂, the share of the largest gradient that is kept, from 0 to below 1.</param>
    /// <param name="epsilon">ε, above 0.</param>
    public Adamax(IEnumerable<Parameter> parameters, double learningRate = 0.002, double beta1 = 0.9,
        double beta2 = 0.999, double epsilon = 1e-8) : base(parameters, learningRate)
    {
        Beta = beta1;
        _beta2 = Fraction.Checked(beta2, nameof(beta2));
        _epsilon = Fraction.Positive(epsilon, nameof(epsilon));
        (_mean, _largest) = (AddState("mean"), AddState("largest"));
    }

    /// <summary>β₁, which a schedule may move.</summary>
    public double Beta { get; set => field = Fraction.Checked(value, "beta1"); }

    /// <inheritdoc/>
    protected override void Update<T>(Span<T> values, ReadOnlySpan<T> gradients)
    {
        double rate = LearningRate / (1 - Math.Pow(Beta, StepCount));
        Updates.Run(new Rule(rate, Beta, _beta2, _epsilon), values, gradients,
            _mean.Values<T>(), _largest.Values<T>());
    }

    /// <inheritdoc/>
    public override string ToString() => End(Call("Adamax")
        .Add("beta1", Beta, 0.9).Add("beta2", _beta2, 0.999).Add("epsilon", _epsilon, 1e-8));

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
public sealed class AmsGrad : Optimizer, IMomentum
{
    readonly OptimizerState _mean, _squares, _largest;
    readonly double _beta2, _epsilon;

    /// <summary>Adam with the largest squares so far.</summary>
    /// <param name="parameters">What to train.</param>
    /// <param name="learningRate">α.</param>
    /// <param name="beta1">β₁, the share of the mean that is kept, from 0 to below 1.</param>
    /// <param name="beta2">β₂, the share of the squares that is kept, from 0 to below 1.</param>
    /// <param name="epsilon">ε, above 0.</param>
    public AmsGrad(IEnumerable<Parameter> parameters, double learningRate = 0.001, double beta1 = 0.9,
        double beta2 = 0.999, double epsilon = 1e-8) : base(parameters, learningRate)
    {
        Beta = beta1;
        _beta2 = Fraction.Checked(beta2, nameof(beta2));
        _epsilon = Fraction.Positive(epsilon, nameof(epsilon));
        (_mean, _squares, _largest) = (AddState("mean"), AddState("squares"), AddState("largest"));
    }

    /// <summary>β₁, which a schedule may move.</summary>
    public double Beta { get; set => field = Fraction.Checked(value, "beta1"); }

    /// <inheritdoc/>
    protected override void Update<T>(Span<T> values, ReadOnlySpan<T> gradients)
    {
        double rate = LearningRate / (1 - Math.Pow(Beta, StepCount)), bias = 1 - Math.Pow(_beta2, StepCount);
        Updates.Run(new Rule(rate, Beta, _beta2, Math.Sqrt(bias), _epsilon), values, gradients,
            _mean.Values<T>(), _squares.Values<T>(), _largest.Values<T>());
    }

    /// <inheritdoc/>
    public override string ToString() => End(Call("AmsGrad")
        .Add("beta1", Beta, 0.9).Add("beta2", _beta2, 0.999).Add("epsilon", _epsilon, 1e-8));

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
