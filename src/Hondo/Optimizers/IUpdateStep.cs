using System.Numerics;
using Hondo.Tensors;

namespace Hondo.Optimizers;

/// <summary>A step before each update: a penalty, a decay, a clipping. See <see cref="Optimizer.GradientTransforms"/>.</summary>
public interface IUpdateStep
{
    /// <summary>Changes gradients or values in place.</summary>
    /// <typeparam name="T">The parameters' type.</typeparam>
    /// <param name="slab">Values and gradients of all parameters.</param>
    /// <param name="learningRate">The rate of the update that follows.</param>
    void Apply<T>(ParameterSlab slab, double learningRate) where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
