using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Binary cross-entropy of probabilities   y = −b ln a − (1 − b) ln(1 − a), each logarithm at least −100
/// da = (a − b) / (a(1 − a)) dy,  db = (ln(1 − a) − ln a) dy
/// </summary>
public readonly record struct ProbabilityCrossEntropyFormula : IBinaryFormula
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

/// <summary>Syntax of <see cref="ProbabilityCrossEntropy"/>.</summary>
public static class ProbabilityCrossEntropySyntax
{
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
}
