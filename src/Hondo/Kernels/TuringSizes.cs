namespace Hondo.Kernels;

/// <summary>
/// The sizes of a Neural Turing Machine's run. The numbers that its controller gives its heads lie by kind: keys, adds
/// (both tanh), erases, gates (both sigmoid), strengths, sharpness (both softplus), shifts (softmax of three). Reading
/// heads come first.
/// </summary>
/// <param name="Batch">Sequences side by side.</param>
/// <param name="Steps">Time steps.</param>
/// <param name="Features">Numbers of the input at a step.</param>
/// <param name="Hidden">Units of the controller.</param>
/// <param name="Carried">Units that the controller sees of its last step: all of an LSTM's, none without recurrence.
/// </param>
/// <param name="Reads">Reading heads.</param>
/// <param name="Writes">Writing heads.</param>
/// <param name="Rows">Places of the memory, a multiple of 16.</param>
/// <param name="Width">Numbers of a place.</param>
public readonly record struct NtmSizes(int Batch, int Steps, int Features, int Hidden, int Carried, int Reads,
    int Writes, int Rows, int Width)
{
    /// <summary>All heads.</summary>
    public int Heads => Reads + Writes;

    /// <summary>Numbers of the whole memory, [width, rows]: what a loop over places reads lies together.</summary>
    public int Memory => Rows * Width;

    /// <summary>What the controller sees at a step: input, what was read before, its own last output.</summary>
    public int Channels => Features + Reads * Width + Carried;

    /// <summary>What the machine gives at a step: the controller's output and what was read.</summary>
    public int Results => Hidden + Reads * Width;

    /// <summary>Numbers that the controller gives all heads.</summary>
    public int Numbers => Shifts + 3 * Heads;

    internal int Adds => Heads * Width;

    internal int Erases => Adds + Writes * Width;

    internal int Gates => Erases + Writes * Width;

    internal int Strengths => Gates + Heads;

    internal int Sharpness => Strengths + Heads;

    internal int Shifts => Sharpness + Heads;
}
