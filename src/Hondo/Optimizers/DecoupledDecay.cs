using System.Numerics;
using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Optimizers;

/// <summary>
/// Weight decay that no adaptive divisor changes: w ← (1 − α·λ)·w for weights, not biases (Loshchilov and Hutter 2017,
/// arXiv:1711.05101).
/// </summary>
public sealed class DecoupledDecay : IUpdateStep
{
    /// <summary>A decay of weights.</summary>
    /// <param name="lambda">λ, from 0.</param>
    public DecoupledDecay(double lambda)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lambda);
        Lambda = lambda;
    }

    /// <summary>λ.</summary>
    public double Lambda { get; }

    /// <inheritdoc/>
    public void Apply<T>(ParameterSlab slab, double learningRate) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < slab.Parameters.Count; i++)
            if (slab.Parameters[i].IsDecayed)
                Loops.Map(new Rule(1 - (learningRate * Lambda)), slab.Values<T>()[slab.RangeOf(i)],
                    slab.Values<T>()[slab.RangeOf(i)]);
    }

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("DecoupledDecay").Add(Lambda).ToString();

    readonly struct Rule(double share) : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V w) where V : struct, ILanes<V> => w * V.Create(share);
    }
}
