using System.Numerics;
using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Optimizers;

/// <summary>
/// A step before each update: a penalty, a decay, a clipping. See <see cref="Optimizer.GradientTransforms"/>.
/// </summary>
public interface IUpdateStep
{
    /// <summary>Changes gradients or values in place.</summary>
    /// <typeparam name="T">The parameters' type.</typeparam>
    /// <param name="slab">Values and gradients of all parameters.</param>
    /// <param name="learningRate">The rate of the update that follows.</param>
    void Apply<T>(ParameterSlab slab, double learningRate) where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>
/// Clipping by norm: when the norm of the whole gradient exceeds the limit, g ← g · limit / (‖g‖ + 10⁻⁶), so that its
/// direction stays (Pascanu et al. 2012, arXiv:1211.5063).
/// </summary>
public sealed class ClipNorm : IUpdateStep
{
    readonly double _limit;

    /// <summary>A limit on the norm of the gradient.</summary>
    /// <param name="limit">The largest norm, above 0.</param>
    public ClipNorm(double limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        _limit = limit;
    }

    /// <summary>The norm of the last gradient, before clipping.</summary>
    public double Norm { get; private set; }

    /// <inheritdoc/>
    public void Apply<T>(ParameterSlab slab, double learningRate) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Norm = Math.Sqrt(Reduction.SumOfSquares<T>(slab.Gradients<T>()));
        double share = _limit / (Norm + 1e-6);
        if (share < 1)
            Loops.Map(new Rule(share), slab.Gradients<T>(), slab.Gradients<T>());
    }

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("ClipNorm").Add(_limit).ToString();

    readonly struct Rule(double share) : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V g) where V : struct, ILanes<V> => g * V.Create(share);
    }
}

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
