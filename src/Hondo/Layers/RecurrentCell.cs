using Hondo.Kernels;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>A cell of a formula.</summary>
sealed class RecurrentCell<TCell> : IRecurrentCell where TCell : struct, ICell
{
    public int States => TCell.HasMemory ? 2 : 1;

    public int InputGates => TCell.InputGates;

    public int StateGates => TCell.StateGates;

    public Tensor Run(int steps, RecurrentInputs inputs, int firstState, Tensor x, RecurrentWeights weights,
        Tensor? state, Tensor? mask)
    {
        Span<Tensor> operands = [x, weights.Input, weights.State, default, default, default, default];
        int count = 3;
        if (weights.InputBias is not null && weights.StateBias is not null)
            (operands[count++], operands[count++]) = (weights.InputBias, weights.StateBias);
        if (state is { } start)
            operands[count++] = start;
        if (mask is { } kept)
            operands[count++] = kept;
        return Tape.Apply(new RecurrentOp<TCell>(steps, inputs, firstState), operands[..count]);
    }
}
