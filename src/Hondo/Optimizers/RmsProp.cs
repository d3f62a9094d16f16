using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Optimizers;

/// <summary>
/// RMSProp   s ← β·s + (1 − β)·g²,  w ← w − α·g / (√s + ε)   (Hinton 2012, Coursera lecture 6e). With a momentum μ the
/// quotient is gathered first: v ← μ·v + g / (√s + ε),  w ← w − α·v.
/// </summary>
public sealed class RmsProp : Optimizer
{
    readonly OptimizerState _squares;
    readonly OptimizerState? _velocity;
    readonly double _beta, _momentum, _epsilon;

    /// <summary>An optimizer that divides by the recent size of the gradient.</summary>
    /// <param name="parameters">What to train.</param>
    /// <param name="learningRate">α.</param>
    /// <param name="beta">β, the share of s that is kept, from 0 to below 1.</param>
    /// <param name="momentum">μ, from 0 to below 1.</param>
    /// <param name="epsilon">ε, above 0.</param>
    public RmsProp(IEnumerable<Parameter> parameters, double learningRate = 0.01, double beta = 0.99,
        double momentum = 0, double epsilon = 1e-8) : base(parameters, learningRate)
    {
        _beta = Fraction.Checked(beta, nameof(beta));
        _momentum = Fraction.Checked(momentum, nameof(momentum));
        _epsilon = Fraction.Positive(epsilon, nameof(epsilon));
        _squares = AddState("squares");
        _velocity = momentum == 0 ? null : AddState("velocity");
    }

    /// <inheritdoc/>
    protected override void Update<T>(Span<T> values, ReadOnlySpan<T> gradients)
    {
        if (_velocity is null)
            Updates.Run(new Rule(LearningRate, _beta, _epsilon), values, gradients, _squares.Values<T>());
        else
            Updates.Run(new RuleWithMomentum(LearningRate, _beta, _momentum, _epsilon), values, gradients,
                _squares.Values<T>(), _velocity.Values<T>());
    }

    /// <inheritdoc/>
    public override string ToString() => End(Call("RmsProp")
        .Add("beta", _beta, 0.99).Add("momentum", _momentum, 0).Add("epsilon", _epsilon, 1e-8));

    readonly struct Rule(double rate, double beta, double epsilon) : IUpdate1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<V>(ref V w, V g, ref V s) where V : struct, ILanes<V>
        {
            s = (V.Create(beta) * s) + (V.Create(1 - beta) * g * g);
            w -= V.Create(rate) * (g / (V.Sqrt(s) + V.Create(epsilon)));
        }
    }

    readonly struct RuleWithMomentum(double rate, double beta, double momentum, double epsilon) : IUpdate2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<V>(ref V w, V g, ref V s, ref V v) where V : struct, ILanes<V>
        {
            s = (V.Create(beta) * s) + (V.Create(1 - beta) * g * g);
            v = (V.Create(momentum) * v) + (g / (V.Sqrt(s) + V.Create(epsilon)));
            w -= V.Create(rate) * v;
        }
    }
}

/// <summary>
/// RMSProp with the gradient's variance in place of its square   s ← β·s + (1 − β)·g²,  m ← β·m + (1 − β)·g,
/// v ← μ·v + g / (√(s − m²) + ε),  w ← w − α·v   (Graves 2013, arXiv:1308.0850)
/// </summary>
public sealed class CenteredRmsProp : Optimizer
{
    readonly OptimizerState _squares, _mean, _velocity;
    readonly double _beta, _momentum, _epsilon;

    /// <summary>An optimizer that divides by the recent deviation of the gradient.</summary>
    /// <param name="parameters">What to train.</param>
    /// <param name="learningRate">α.</param>
    /// <param name="beta">β, the share of s and m that is kept, from 0 to below 1.</param>
    /// <param name="momentum">μ, from 0 to below 1.</param>
    /// <param name="epsilon">ε, above 0.</param>
    public CenteredRmsProp(IEnumerable<Parameter> parameters, double learningRate = 0.01, double beta = 0.99,
        double momentum = 0, double epsilon = 1e-8) : base(parameters, learningRate)
    {
        _beta = Fraction.Checked(beta, nameof(beta));
        _momentum = Fraction.Checked(momentum, nameof(momentum));
        _epsilon = Fraction.Positive(epsilon, nameof(epsilon));
        (_squares, _mean, _velocity) = (AddState("squares"), AddState("mean"), AddState("velocity"));
    }

    /// <inheritdoc/>
    protected override void Update<T>(Span<T> values, ReadOnlySpan<T> gradients) =>
        Updates.Run(new Rule(LearningRate, _beta, _momentum, _epsilon), values, gradients,
            _squares.Values<T>(), _mean.Values<T>(), _velocity.Values<T>());

    /// <inheritdoc/>
    public override string ToString() => End(Call("CenteredRmsProp")
        .Add("beta", _beta, 0.99).Add("momentum", _momentum, 0).Add("epsilon", _epsilon, 1e-8));

    readonly struct Rule(double rate, double beta, double momentum, double epsilon) : IUpdate3
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<V>(ref V w, V g, ref V s, ref V m, ref V v) where V : struct, ILanes<V>
        {
            s = (V.Create(beta) * s) + (V.Create(1 - beta) * g * g);
            m = (V.Create(beta) * m) + (V.Create(1 - beta) * g);
            // Rounding can put the variance of a steady gradient a little below 0.
            V variance = V.Max(s - (m * m), V.Zero);
            v = (V.Create(momentum) * v) + (g / (V.Sqrt(variance) + V.Create(epsilon)));
            w -= V.Create(rate) * v;
        }
    }
}
