using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// y = max(0, m − a b) for a target b of −1 or 1      da = −b dy, db = −a dy where it is above 0   (Cortes &amp;
/// Vapnik 1995)
/// </summary>
/// <param name="Margin">m.</param>
public readonly record struct HingeErrorFormula(double Margin) : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Hinge";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V> => V.Max(V.Create(Margin) - a * b, V.Zero);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V> =>
        V.Select(V.GreaterThan(V.Create(Margin), a * b), -b * dy, V.Zero);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V> =>
        V.Select(V.GreaterThan(V.Create(Margin), a * b), -a * dy, V.Zero);
}

/// <summary>Syntax of <see cref="HingeErrorFormula"/>.</summary>
public static class HingeErrorSyntax
{
    extension(Tensor scores)
    {
        /// <summary>max(0, margin − score · target): right scores with a margin cost nothing.</summary>
        /// <param name="target">−1 or 1, in the same shape.</param>
        /// <param name="margin">The margin.</param>
        /// <param name="reduce">Mean or sum over all numbers, or one loss for each.</param>
        /// <exception cref="ShapeException">The shapes differ.</exception>
        public Tensor Hinge(Tensor target, double margin = 1, Reduce reduce = Reduce.Mean) =>
            Compared.Loss(new HingeErrorFormula(margin), scores, target, reduce);
    }
}
