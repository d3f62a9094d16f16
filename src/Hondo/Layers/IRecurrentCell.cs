using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>What a recurrent layer asks of its cell: the cell's type without a type argument.</summary>
interface IRecurrentCell
{
    /// <summary>1, or 2 with a memory beside the output.</summary>
    int States { get; }

    int InputGates { get; }

    int StateGates { get; }

    /// <summary>Runs one layer in one direction.</summary>
    Tensor Run(int steps, RecurrentInputs inputs, int firstState, Tensor x, RecurrentWeights weights, Tensor? state,
        Tensor? mask);
}
