using Hondo.Initializers;
using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Models;

/// <summary>Neural Turing Machines (Graves et al. 2014) that answer with bits.</summary>
public static class NeuralTuringMachines
{
    /// <summary>A machine, and the scores of the bits from what it gives at each step.</summary>
    /// <param name="input">The shape of one sample, [time, features].</param>
    /// <param name="bits">Bits to say at a step.</param>
    /// <param name="hidden">Units of the controller.</param>
    /// <param name="controller">What steers the heads.</param>
    /// <param name="rows">Places of the memory, a multiple of 16.</param>
    /// <param name="width">Numbers of a place.</param>
    /// <param name="reads">Reading heads.</param>
    /// <param name="writes">Writing heads.</param>
    /// <exception cref="ArgumentException">A sample is no sequence, or a size is out of its range.</exception>
    public static Sequential Of(Shape input, int bits, int hidden = 100,
        NtmController controller = NtmController.Lstm, int rows = 128, int width = 20, int reads = 1,
        int writes = 1)
    {
        if (input is not [_, var features])
            throw new ArgumentException($"A Neural Turing Machine takes sequences [time, features], but a sample is "
                + $"{input}. Train it on copy or repeat-copy.", nameof(input));
        var machine = new NeuralTuringMachine(features, hidden, controller, rows, width, reads, writes);
        return new(machine, new Linear(machine.Outputs, bits, initializer: Initial.XavierUniform));
    }
}
