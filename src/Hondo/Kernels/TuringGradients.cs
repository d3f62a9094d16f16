using System.Numerics;

namespace Hondo.Kernels;

/// <summary>Where a Neural Turing Machine's gradients lie on the way back.</summary>
unsafe struct NtmGradients<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>[steps, batch, …]: of the controller's sums and of the heads' numbers before their bends.</summary>
    public T* Gates, Numbers;

    /// <summary>[batch, …]: of what a step leaves to the next one.</summary>
    public T* Outputs, Memories, Memory, Weights, Lengths;

    /// <summary>[batch, channels]: of what the controller saw; what was read waits there for the step before.</summary>
    public T* Inputs;

    /// <summary>How many numbers all of these are.</summary>
    public static long Count(NtmSizes sizes, int slots) => (long)sizes.Batch * (sizes.Steps
        * ((long)slots * sizes.Hidden + sizes.Numbers) + PerSequence(sizes));

    static long PerSequence(NtmSizes sizes) =>
        2L * sizes.Hidden + sizes.Memory + (sizes.Heads + 1L) * sizes.Rows + sizes.Channels;

    /// <summary>Lays them into memory; what the last step leaves is 0.</summary>
    public NtmGradients(NtmSizes sizes, int slots, T* memory)
    {
        nint batch = sizes.Batch, steps = batch * sizes.Steps;
        Gates = memory;
        Numbers = Gates + steps * slots * sizes.Hidden;
        Outputs = Numbers + steps * sizes.Numbers;
        Memories = Outputs + batch * sizes.Hidden;
        Memory = Memories + batch * sizes.Hidden;
        Weights = Memory + batch * sizes.Memory;
        Lengths = Weights + batch * sizes.Heads * sizes.Rows;
        Inputs = Lengths + batch * sizes.Rows;
        new Span<T>(Outputs, checked((int)(batch * PerSequence(sizes)))).Clear();
    }
}
