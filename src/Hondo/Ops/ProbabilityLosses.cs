using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// y = b (ln b − a), of a log-probability a and a probability b; 0 where b is 0      da = −b dy,  db = (ln b + 1 − a)
/// dy
/// </summary>
readonly record struct DivergenceFormula : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "KLDivergence";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V> =>
        V.Select(V.Equals(b, V.Zero), V.Zero, b * (V.Log(b) - a));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V> => -b * dy;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V> => (V.Log(b) + V.One - a) * dy;
}

/// <summary>y = eᵇ (b − a), of log-probabilities a and b      da = −eᵇ dy,  db = eᵇ (b − a + 1) dy</summary>
readonly record struct LogDivergenceFormula : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "LogKLDivergence";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V> => V.Exp(b) * (b - a);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V> => -V.Exp(b) * dy;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V> => V.Exp(b) * (b - a + V.One) * dy;
}

/// <summary>
/// Binary cross-entropy of probabilities   y = −b ln a − (1 − b) ln(1 − a), each logarithm at least −100
/// da = (a − b) / (a(1 − a)) dy,  db = (ln(1 − a) − ln a) dy
/// </summary>
readonly record struct ProbabilityCrossEntropyFormula : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "ProbabilityCrossEntropy";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V> =>
        -(b * Held(V.Log(a)) + (V.One - b) * Held(Elementary.Log1p(-a)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V> =>
        (a - b) / V.Max(a * (V.One - a), V.Create(1e-12)) * dy;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V> =>
        (Held(Elementary.Log1p(-a)) - Held(V.Log(a))) * dy;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V Held<V>(V log) where V : struct, ILanes<V> => V.Max(log, V.Create(-100));
}

/// <summary>
/// Sigmoid and binary cross-entropy in one   y = p b softplus(−a) + (1 − b) softplus(a), from scores a and targets b
/// da = ((1 − b) σ(a) − p b σ(−a)) dy,  db = (p softplus(−a) − softplus(a)) dy
/// </summary>
/// <param name="PositiveWeight">p: how much more a 1 counts than a 0.</param>
readonly record struct SigmoidCrossEntropyFormula(double PositiveWeight) : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "BinaryCrossEntropy";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V>
    {
        // Two terms that are never negative: no digits are lost, whatever the score.
        V rest = Elementary.Log1p(V.Exp(-V.Abs(a)));
        V ofOnes = V.Max(-a, V.Zero) + rest, ofZeros = V.Max(a, V.Zero) + rest;
        return V.Create(PositiveWeight) * b * ofOnes + (V.One - b) * ofZeros;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V> =>
        ((V.One - b) * V.Sigmoid(a) - V.Create(PositiveWeight) * b * V.Sigmoid(-a)) * dy;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V>
    {
        V rest = Elementary.Log1p(V.Exp(-V.Abs(a)));
        V ofOnes = V.Max(-a, V.Zero) + rest, ofZeros = V.Max(a, V.Zero) + rest;
        return (V.Create(PositiveWeight) * ofOnes - ofZeros) * dy;
    }
}

public static partial class TensorExtensions
{
    extension(Tensor logProbabilities)
    {
        /// <summary>Kullback–Leibler divergence of log-probabilities from probabilities. Its mean over rows is the
        /// sum divided by the rows: the mean over all numbers is rarely meant.</summary>
        /// <param name="target">Probabilities, in the same shape.</param>
        /// <param name="reduce">Mean or sum over all numbers, or one loss for each.</param>
        /// <exception cref="ShapeException">The shapes differ.</exception>
        public Tensor KLDivergence(Tensor target, Reduce reduce = Reduce.Mean) =>
            Compared.Loss(new DivergenceFormula(), logProbabilities, target, reduce);

        /// <summary>Kullback–Leibler divergence of log-probabilities from log-probabilities.</summary>
        /// <param name="target">Log-probabilities, in the same shape.</param>
        /// <param name="reduce">Mean or sum over all numbers, or one loss for each.</param>
        /// <exception cref="ShapeException">The shapes differ.</exception>
        public Tensor LogKLDivergence(Tensor target, Reduce reduce = Reduce.Mean) =>
            Compared.Loss(new LogDivergenceFormula(), logProbabilities, target, reduce);
    }

    extension(Tensor probabilities)
    {
        /// <summary>
        /// Binary cross-entropy of probabilities; from raw scores <c>BinaryCrossEntropy</c> is better.
        /// </summary>
        /// <param name="target">0, 1 or probabilities, in the same shape.</param>
        /// <param name="reduce">Mean or sum over all numbers, or one loss for each.</param>
        /// <exception cref="ShapeException">The shapes differ.</exception>
        public Tensor ProbabilityCrossEntropy(Tensor target, Reduce reduce = Reduce.Mean) =>
            Compared.Loss(new ProbabilityCrossEntropyFormula(), probabilities, target, reduce);
    }

    extension(Tensor scores)
    {
        /// <summary>Binary cross-entropy of raw scores, without a sigmoid before it.</summary>
        /// <param name="target">0, 1 or probabilities, in the same shape.</param>
        /// <param name="positiveWeight">How much more a 1 counts than a 0.</param>
        /// <param name="reduce">Mean or sum over all numbers, or one loss for each.</param>
        /// <exception cref="ShapeException">The shapes differ.</exception>
        public Tensor BinaryCrossEntropy(Tensor target, double positiveWeight = 1, Reduce reduce = Reduce.Mean)
        {
            Compared.RefuseActivated("BinaryCrossEntropy", scores, "Sigmoid");
            return Compared.Loss(new SigmoidCrossEntropyFormula(positiveWeight), scores, target, reduce);
        }
    }
}
