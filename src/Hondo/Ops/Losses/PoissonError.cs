using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// y = eᵃ − b a, the negative log-likelihood of a count b at the log-rate a      da = (eᵃ − b) dy,  db = −a dy
/// </summary>
public readonly record struct PoissonErrorFormula : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "PoissonNll";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V> => V.Exp(a) - b * a;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V> => (V.Exp(a) - b) * dy;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V> => -a * dy;
}

/// <summary>Syntax of <see cref="PoissonErrorFormula"/>.</summary>
public static class PoissonErrorSyntax
{
    extension(Tensor logRates)
    {
        /// <summary>Negative log-likelihood of counts; the predictions are logarithms of rates.</summary>
        /// <param name="target">The counts, in the same shape.</param>
        /// <param name="reduce">Mean or sum over all numbers, or one loss for each.</param>
        /// <exception cref="ShapeException">The shapes differ.</exception>
        public Tensor PoissonNll(Tensor target, Reduce reduce = Reduce.Mean) =>
            Compared.Loss(new PoissonErrorFormula(), logRates, target, reduce);
    }
}
