using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>Squared error   y = (a − b)²      da = 2(a − b) dy = −db</summary>
public readonly record struct SquaredErrorFormula : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "SquaredError";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V> => (a - b) * (a - b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V> => (a - b) * (dy + dy);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V> => (b - a) * (dy + dy);
}

/// <summary>Syntax of <see cref="SquaredError"/>.</summary>
public static class SquaredErrorSyntax
{
    extension(Tensor prediction)
    {
        /// <summary>(prediction − target)², by default its mean: the mean squared error.</summary>
        /// <param name="target">The truth, in the same shape.</param>
        /// <param name="reduce">Mean or sum over all numbers, or one loss for each.</param>
        /// <exception cref="ShapeException">The shapes differ.</exception>
        public Tensor SquaredError(Tensor target, Reduce reduce = Reduce.Mean) =>
            Compared.Loss(new SquaredErrorFormula(), prediction, target, reduce);
    }
}
