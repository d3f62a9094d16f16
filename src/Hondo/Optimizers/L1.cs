using System.Numerics;
using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Optimizers;

/// <summary>
/// The penalty λ/m · Σ|w| on weights, not biases: g ← g + λ/m · sign(w), with sign(0) = 0. It drives weights that are
/// not
/// needed to nearly 0 (the lasso, Tibshirani 1996).
/// </summary>
public sealed class L1 : IPenalty
{
    readonly double _lambda;
    readonly int _samples;

    /// <summary>An L1 penalty.</summary>
    /// <param name="lambda">λ, from 0.</param>
    /// <param name="samples">m, how many samples the training set has, from 1.</param>
    public L1(double lambda, int samples = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lambda);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        (_lambda, _samples) = (lambda, samples);
    }

    /// <inheritdoc/>
    public void Apply<T>(ParameterSlab slab, double learningRate) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < slab.Parameters.Count; i++)
            if (slab.Parameters[i].IsDecayed)
                Loops.Map(new Rule(_lambda / _samples), slab.Gradients<T>()[slab.RangeOf(i)],
                    slab.Values<T>()[slab.RangeOf(i)], slab.Gradients<T>()[slab.RangeOf(i)]);
    }

    /// <inheritdoc/>
    public double Of(ParameterSlab slab) => _lambda / _samples * Weights.Sum(slab, Math.Abs);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("L1").Add(_lambda).Add("samples", _samples, 1).ToString();

    readonly struct Rule(double share) : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V g, V w) where V : struct, ILanes<V> =>
            g + V.Select(V.Equals(w, V.Zero), V.Zero, V.CopySign(V.Create(share), w));
    }
}
