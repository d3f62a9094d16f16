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

    /// <summary>One step: turns sums into gates, the last output into the next, the last memory into the next.
    /// </summary>
    static abstract void Forward<V>(ref V s0, ref V s1, ref V s2, ref V s3, ref V output, ref V memory)
        where V : struct, ILanes<V>;

    /// <summary>
    /// The way back: turns gates into the gradients of the sums, the gradient of this step's output into what goes
    /// past the gates to the last output, and the gradient of this step's memory into that of the last one.
    /// </summary>
    static abstract void Backward<V>(ref V s0, ref V s1, ref V s2, ref V s3, V lastOutput, V lastMemory,
        ref V dOutput, ref V dMemory) where V : struct, ILanes<V>;
}
