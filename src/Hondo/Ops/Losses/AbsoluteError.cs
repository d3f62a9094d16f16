using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>Absolute error   y = |a − b|      da = sign(a − b) dy = −db, 0 where they are equal</summary>
public readonly record struct AbsoluteErrorFormula : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "AbsoluteError";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V> => V.Abs(a - b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V> => Sign(a - b) * dy;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V> => Sign(b - a) * dy;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V Sign<V>(V x) where V : struct, ILanes<V> => V.Select(V.Equals(x, V.Zero), V.Zero, V.CopySign(V.One, x));
}

/// <summary>Syntax of <see cref="AbsoluteError"/>.</summary>
public static class AbsoluteErrorSyntax
{
    extension(Tensor prediction)
    {
        /// <summary>|prediction − target|, by default its mean: the mean absolute error.</summary>
        /// <param name="target">The truth, in the same shape.</param>
        /// <param name="reduce">Mean or sum over all numbers, or one loss for each.</param>
        /// <exception cref="ShapeException">The shapes differ.</exception>
        public Tensor AbsoluteError(Tensor target, Reduce reduce = Reduce.Mean) =>
            Compared.Loss(new AbsoluteErrorFormula(), prediction, target, reduce);
    }
}
