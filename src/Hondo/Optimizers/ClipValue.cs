using System.Numerics;
using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Optimizers;

/// <summary>Clipping by value: every number of the gradient is brought into [−limit, limit].</summary>
public sealed class ClipValue : IUpdateStep
{
    readonly double _limit;

    /// <summary>A limit on each number of the gradient.</summary>
    /// <param name="limit">The largest magnitude, above 0.</param>
    public ClipValue(double limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        _limit = limit;
    }

    /// <inheritdoc/>
    public void Apply<T>(ParameterSlab slab, double learningRate) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Loops.Map(new Rule(_limit), slab.Gradients<T>(), slab.Gradients<T>());

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("ClipValue").Add(_limit).ToString();

    readonly struct Rule(double limit) : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V g) where V : struct, ILanes<V> => V.Min(V.Max(g, V.Create(-limit)), V.Create(limit));
    }
}
