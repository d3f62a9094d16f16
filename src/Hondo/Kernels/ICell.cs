namespace Hondo.Kernels;

/// <summary>
/// The formula of a recurrent cell, once for every register width. A unit keeps up to four numbers of a step for the
/// way back, in <i>slots</i>: what the input and the last state sent to its gates before, the gates after.
/// </summary>
public interface ICell
{
    /// <summary>The name in errors, drawings and files.</summary>
    static abstract string Name { get; }

    /// <summary>How many slots a unit has, from 1 to 4.</summary>
    static abstract int Slots { get; }

    /// <summary>
    /// Gates that the input feeds. With fewer gates than slots the last one lies in the last slot, because its part
    /// from the state is needed alone (GRU).
    /// </summary>
    static abstract int InputGates { get; }

    /// <summary>Gates that the last state feeds: the first slots.</summary>
    static abstract int StateGates { get; }

    /// <summary>True when a unit has a memory beside its output (LSTM).</summary>
    static abstract bool HasMemory { get; }

    /// <summary>Bit i: slot i's sum goes through a sigmoid before <see cref="Forward"/>. A loop of one such function
    /// is what the compiler inlines whole; of five it calls some.</summary>
    static abstract int Sigmoids { get; }

    /// <summary>Bit i: slot i's sum goes through tanh before.</summary>
    static abstract int Tanhs { get; }

    /// <summary>One step: makes the other gates, of the last output the next, of the last memory the next.</summary>
    static abstract void Forward<V>(ref V s0, ref V s1, ref V s2, ref V s3, ref V output, ref V memory)
        where V : struct, ILanes<V>;

    /// <summary>
    /// The way back: turns gates into the gradients of the sums, the gradient of this step's output into what goes
    /// past the gates to the last output, and the gradient of this step's memory into that of the last one.
    /// </summary>
    static abstract void Backward<V>(ref V s0, ref V s1, ref V s2, ref V s3, V lastOutput, V lastMemory,
        ref V dOutput, ref V dMemory) where V : struct, ILanes<V>;
}
