using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Sigmoid and binary cross-entropy in one   y = p b softplus(−a) + (1 − b) softplus(a), from scores a and targets b
/// da = ((1 − b) σ(a) − p b σ(−a)) dy,  db = (p softplus(−a) − softplus(a)) dy
/// </summary>
/// <param name="PositiveWeight">p: how much more a 1 counts than a 0.</param>
public readonly record struct SigmoidCrossEntropyFormula(double PositiveWeight) : IBinaryFormula
{
    /// <inheritdoc/>
    public static string Name => "BinaryCrossEntropy";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V a, V b) where V : struct, ILanes<V>
    {
        // Two terms that are never negative: no digits are lost, whatever the score.
        V rest = Elementary.Log1p(V.Exp(-V.Abs(a)));
        V ofOnes = V.Max(-a, V.Zero) + rest, ofZeros = V.Max(a, V.Zero) + rest;
        return V.Create(PositiveWeight) * b * ofOnes + (V.One - b) * ofZeros;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfA<V>(V a, V b, V dy) where V : struct, ILanes<V> =>
        ((V.One - b) * V.Sigmoid(a) - V.Create(PositiveWeight) * b * V.Sigmoid(-a)) * dy;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V GradientOfB<V>(V a, V b, V dy) where V : struct, ILanes<V>
    {
        V rest = Elementary.Log1p(V.Exp(-V.Abs(a)));
        V ofOnes = V.Max(-a, V.Zero) + rest, ofZeros = V.Max(a, V.Zero) + rest;
        return (V.Create(PositiveWeight) * ofOnes - ofZeros) * dy;
    }
}

/// <summary>Syntax of <see cref="SigmoidCrossEntropyFormula"/>.</summary>
public static class SigmoidCrossEntropySyntax
{
    extension(Tensor scores)
    {
        /// <summary>Binary cross-entropy of raw scores, without a sigmoid before it.</summary>
        /// <param name="target">0, 1 or probabilities, in the same shape.</param>
        /// <param name="positiveWeight">How much more a 1 counts than a 0.</param>
        /// <param name="reduce">Mean or sum over all numbers, or one loss for each.</param>
        /// <exception cref="ShapeException">The shapes differ.</exception>
        public Tensor BinaryCrossEntropy(Tensor target, double positiveWeight = 1, Reduce reduce = Reduce.Mean)
        {
            Compared.RefuseActivated("BinaryCrossEntropy", scores, "Sigmoid");
            return Compared.Loss(new SigmoidCrossEntropyFormula(positiveWeight), scores, target, reduce);
        }
    }
}
