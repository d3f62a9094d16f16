using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// y = r²/2β where |r| &lt; β, else |r| − β/2, with r = a − b      da = r/β held within ±1, · dy = −db
/// (Girshick 2015, arXiv:1504.08083)
/// </summary>
/// <param name="Beta">Where the rounded tip ends.</param>
public readonly record struct SmoothErrorFormula(double Beta) : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "SmoothL1";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V>
    {
        V r = V.Abs(a - b), beta = V.Create(Beta);
        return V.Select(V.GreaterThan(beta, r), V.Create(0.5) * r * r / beta, r - V.Create(Beta / 2));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V> => Held(a - b) * dy;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V> => Held(b - a) * dy;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    V Held<V>(V r) where V : struct, ILanes<V> => V.Max(V.Min(r / V.Create(Beta), V.One), -V.One);
}

/// <summary>Syntax of <see cref="SmoothErrorFormula"/>.</summary>
public static class SmoothErrorSyntax
{
    extension(Tensor prediction)
    {
        /// <summary>The absolute error with a rounded tip: Huber's divided by β.</summary>
        /// <param name="target">The truth, in the same shape.</param>
        /// <param name="beta">Where the tip ends: above 0.</param>
        /// <param name="reduce">Mean or sum over all numbers, or one loss for each.</param>
        /// <exception cref="ShapeException">The shapes differ.</exception>
        public Tensor SmoothL1(Tensor target, double beta = 1, Reduce reduce = Reduce.Mean) =>
            Compared.Loss(new SmoothErrorFormula(beta), prediction, target, reduce);
    }
}
