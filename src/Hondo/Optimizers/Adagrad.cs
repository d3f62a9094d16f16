using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Optimizers;

/// <summary>
/// Adagrad   s ← s + g²,  w ← w − α·g / (√s + ε)   (Duchi et al. 2011). Numbers that seldom get a gradient keep large
/// steps: for sparse data.
/// </summary>
public sealed class Adagrad : Optimizer
{
    readonly OptimizerState _squares;
    readonly double _start, _epsilon;

    /// <summary>An optimizer that sums squared gradients.</summary>
    /// <param name="parameters">What to train.</param>
    /// <param name="learningRate">α.</param>
    /// <param name="start">The first value of s, from 0.</param>
    /// <param name="epsilon">ε, above 0.</param>
    public Adagrad(
        IEnumerable<Parameter> parameters, double learningRate = 0.01, double start = 0, double epsilon = 1e-10)
        : base(parameters, learningRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        (_start, _epsilon) = (start, Fraction.Positive(epsilon, nameof(epsilon)));
        _squares = AddState("squares", start);
    }

    /// <inheritdoc/>
    protected override void Update<T>(Span<T> values, ReadOnlySpan<T> gradients) =>
        Updates.Run(new Rule(LearningRate, _epsilon), values, gradients, _squares.Values<T>());

    /// <inheritdoc/>
    public override string ToString() =>
        End(Call("Adagrad").Add("start", _start, 0).Add("epsilon", _epsilon, 1e-10));

    readonly struct Rule(double rate, double epsilon) : IUpdate1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<V>(ref V w, V g, ref V s) where V : struct, ILanes<V>
        {
            s += g * g;
            w -= V.Create(rate) * (g / (V.Sqrt(s) + V.Create(epsilon)));
        }
    }
}

/// <summary>
/// Adadelta   s ← ρ·s + (1 − ρ)·g²,  Δ = √(u + ε) / √(s + ε) · g,  u ← ρ·u + (1 − ρ)·Δ²,  w ← w − α·Δ
/// (Zeiler 2012, arXiv:1212.5701, where α = 1)
/// </summary>
public sealed class Adadelta : Optimizer
{
    readonly OptimizerState _squares, _changes;
    readonly double _rho, _epsilon;

    /// <summary>An optimizer whose step sizes follow from the steps before.</summary>
    /// <param name="parameters">What to train.</param>
    /// <param name="learningRate">α.</param>
    /// <param name="rho">ρ, the share of s and u that is kept, from 0 to below 1.</param>
    /// <param name="epsilon">ε, above 0: it also sets the size of the first step.</param>
    public Adadelta(
        IEnumerable<Parameter> parameters, double learningRate = 1, double rho = 0.9, double epsilon = 1e-6)
        : base(parameters, learningRate)
    {
        (_rho, _epsilon) = (Fraction.Checked(rho, nameof(rho)), Fraction.Positive(epsilon, nameof(epsilon)));
        (_squares, _changes) = (AddState("squares"), AddState("changes"));
    }

    /// <inheritdoc/>
    protected override void Update<T>(Span<T> values, ReadOnlySpan<T> gradients) =>
        Updates.Run(new Rule(LearningRate, _rho, _epsilon), values, gradients,
            _squares.Values<T>(), _changes.Values<T>());

    /// <inheritdoc/>
    public override string ToString() =>
        End(Call("Adadelta").Add("rho", _rho, 0.9).Add("epsilon", _epsilon, 1e-6));

    readonly struct Rule(double rate, double rho, double epsilon) : IUpdate2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<V>(ref V w, V g, ref V s, ref V u) where V : struct, ILanes<V>
        {
            V e = V.Create(epsilon);
            s = (V.Create(rho) * s) + (V.Create(1 - rho) * g * g);
            V change = V.Sqrt(u + e) / V.Sqrt(s + e) * g;
            u = (V.Create(rho) * u) + (V.Create(1 - rho) * change * change);
            w -= V.Create(rate) * change;
        }
    }
}
