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
