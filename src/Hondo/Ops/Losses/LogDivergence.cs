using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = eᵇ (b − a), of log-probabilities a and b      da = −eᵇ dy,  db = eᵇ (b − a + 1) dy</summary>
public readonly record struct LogDivergenceFormula : IBinaryFormula
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

/// <summary>Syntax of <see cref="LogDivergenceFormula"/>.</summary>
public static class LogDivergenceSyntax
{
    extension(Tensor logProbabilities)
    {
        /// <summary>Kullback–Leibler divergence of log-probabilities from log-probabilities.</summary>
        /// <param name="target">Log-probabilities, in the same shape.</param>
        /// <param name="reduce">Mean or sum over all numbers, or one loss for each.</param>
        /// <exception cref="ShapeException">The shapes differ.</exception>
        public Tensor LogKLDivergence(Tensor target, Reduce reduce = Reduce.Mean) =>
            Compared.Loss(new LogDivergenceFormula(), logProbabilities, target, reduce);
    }
}
