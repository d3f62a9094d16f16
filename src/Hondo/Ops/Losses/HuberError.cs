using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// y = r²/2 where |r| ≤ δ, else δ(|r| − δ/2), with r = a − b      da = r held within ±δ, · dy = −db   (Huber 1964)
/// </summary>
/// <param name="Delta">Where small errors end.</param>
public readonly record struct HuberErrorFormula(double Delta) : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "Huber";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V>
    {
        V r = V.Abs(a - b), delta = V.Create(Delta);
        return V.Select(V.GreaterThan(r, delta), delta * (r - V.Create(Delta / 2)), V.Create(0.5) * r * r);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V> => Held(a - b) * dy;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V> => Held(b - a) * dy;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    V Held<V>(V r) where V : struct, ILanes<V> => V.Max(V.Min(r, V.Create(Delta)), V.Create(-Delta));
}

/// <summary>Syntax of <see cref="HuberErrorFormula"/>.</summary>
public static class HuberErrorSyntax
{
    extension(Tensor prediction)
    {
        /// <summary>Squared for small errors, linear for large ones, so that outliers pull less (Huber 1964).</summary>
        /// <param name="target">The truth, in the same shape.</param>
        /// <param name="delta">Where small ends: above 0.</param>
        /// <param name="reduce">Mean or sum over all numbers, or one loss for each.</param>
        /// <exception cref="ShapeException">The shapes differ.</exception>
        public Tensor Huber(Tensor target, double delta = 1, Reduce reduce = Reduce.Mean) =>
            Compared.Loss(new HuberErrorFormula(delta), prediction, target, reduce);
    }
}
