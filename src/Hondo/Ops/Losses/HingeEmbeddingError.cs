using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>y = a where b is 1, max(0, m − a) where it is −1      da = ±dy or 0</summary>
/// <param name="Margin">m.</param>
public readonly record struct HingeEmbeddingErrorFormula(double Margin) : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "HingeEmbedding";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V> =>
        V.Select(V.GreaterThan(b, V.Zero), a, V.Max(V.Create(Margin) - a, V.Zero));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V>
    {
        V ofOthers = V.Select(V.GreaterThan(V.Create(Margin), a), -dy, V.Zero);
        return V.Select(V.GreaterThan(b, V.Zero), dy, ofOthers);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V> => V.Zero;
}

/// <summary>Syntax of <see cref="HingeEmbeddingErrorFormula"/>.</summary>
public static class HingeEmbeddingErrorSyntax
{
    extension(Tensor distances)
    {
        /// <summary>
        /// Of distances: small ones are wanted where the target is 1, ones above the margin where it is −1.
        /// </summary>
        /// <param name="target">−1 or 1, in the same shape.</param>
        /// <param name="margin">The margin.</param>
        /// <param name="reduce">Mean or sum over all numbers, or one loss for each.</param>
        /// <exception cref="ShapeException">The shapes differ.</exception>
        public Tensor HingeEmbedding(Tensor target, double margin = 1, Reduce reduce = Reduce.Mean) =>
            Compared.Loss(new HingeEmbeddingErrorFormula(margin), distances, target, reduce);
    }
}
