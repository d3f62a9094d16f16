using Hondo.Tensors;

namespace Hondo.Optimizers;

/// <summary>A step that adds the gradient of a penalty; the penalty is a part of what is minimized.</summary>
public interface IPenalty : IUpdateStep
{
    /// <summary>The penalty of the present values, to be added to the loss in reports.</summary>
    double Of(ParameterSlab slab);
}
