using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// A layer that computes itself and the one behind it in one pass over memory, which for elementwise layers takes
/// most of the time. <see cref="Sequential"/> asks for it; summaries show both layers as they are.
/// </summary>
interface IFuses
{
    /// <summary>True when this layer can do the next one's work too.</summary>
    bool CanTake(Layer next);

    /// <summary>What the next layer would make of this one's output.</summary>
    Tensor Run(Tensor x, Layer next);
}
