using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>Layers that training leaves as they are.</summary>
public static class Freezing
{
    extension<TLayer>(TLayer layer) where TLayer : Layer
    {
        /// <summary>
        /// Keeps training from changing this layer: its parameters get no gradient, and no time is spent on one; the
        /// running statistics of batch norms inside stay, and are what these norms use in training too. At any time,
        /// also after the optimizer was made: a callback may unfreeze layer by layer.
        /// </summary>
        /// <returns>This layer.</returns>
        public TLayer Freeze() => Set(layer, true);

        /// <summary>Lets training change this layer again, with all that is inside.</summary>
        /// <returns>This layer.</returns>
        public TLayer Unfreeze() => Set(layer, false);

        /// <summary>True when there is something to train in this layer, and all of it is frozen.</summary>
        public bool IsFrozen => layer.Named.AllParameters is { Count: > 0 } parameters
            && parameters.All(parameter => !parameter.IsTrainable);
    }

    static TLayer Set<TLayer>(TLayer layer, bool frozen) where TLayer : Layer
    {
        foreach (Parameter parameter in layer.Named.AllParameters)
            parameter.IsTrainable = !frozen;
        foreach (State state in layer.Named.AllStates)
            state.IsFrozen = frozen;
        return layer;
    }
}
