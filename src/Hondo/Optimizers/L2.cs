using System.Numerics;
using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Optimizers;

/// <summary>
/// The penalty λ/(2m) · ‖w‖² on weights, not biases: g ← g + λ/m · w (ridge; coupled weight decay). With m = 1 it is
/// what
/// PyTorch calls <c>weight_decay</c>.
/// </summary>
public sealed class L2 : IPenalty
{
    readonly double _lambda;
    readonly int _samples;

    /// <summary>An L2 penalty.</summary>
    /// <param name="lambda">λ, from 0.</param>
    /// <param name="samples">m, how many samples the training set has, from 1.</param>
    public L2(double lambda, int samples = 1)
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
    public double Of(ParameterSlab slab) => _lambda / (2 * _samples) * Weights.Sum(slab, static w => w * w);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("L2").Add(_lambda).Add("samples", _samples, 1).ToString();

    readonly struct Rule(double share) : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V g, V w) where V : struct, ILanes<V> => g + (V.Create(share) * w);
    }
}
