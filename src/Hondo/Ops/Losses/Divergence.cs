using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// y = b (ln b − a), of a log-probability a and a probability b; 0 where b is 0      da = −b dy,  db = (ln b + 1 − a)
/// dy
/// </summary>
public readonly record struct DivergenceFormula : IBinaryFormula
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

/// <summary>Syntax of <see cref="DivergenceFormula"/>.</summary>
public static class DivergenceSyntax
{
    extension(Tensor logProbabilities)
    {
        /// <summary>Kullback–Leibler divergence of log-probabilities from probabilities. Its mean over rows is the
        /// sum divided by the
        /// rows: the mean over all numbers is rarely meant.</summary>
        /// <param name="target">Probabilities, in the same shape.</param>
        /// <param name="reduce">Mean or sum over all numbers, or one loss for each.</param>
        /// <exception cref="ShapeException">The shapes differ.</exception>
        public Tensor KLDivergence(Tensor target, Reduce reduce = Reduce.Mean) =>
            Compared.Loss(new DivergenceFormula(), logProbabilities, target, reduce);
    }
}
