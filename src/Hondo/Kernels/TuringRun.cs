using System.Numerics;

namespace Hondo.Kernels;

/// <summary>Where the numbers of a Neural Turing Machine's run lie; time comes first.</summary>
unsafe struct NtmRun<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A head keeps of a step for the way back: cosines, content weights, shifted weights.</summary>
    public const int Kept = 3;

    // A tile of the products has 8 rows.
    const int PartRows = 8;

    public NtmSizes Sizes;

    /// <summary>The controller's gates, outputs and memories; Y is the result or its gradient.</summary>
    public CellRun<T> Cell;

    /// <summary>[steps, batch, channels].</summary>
    public T* Inputs;

    /// <summary>[steps, batch, numbers]: what the heads do.</summary>
    public T* Numbers;

    /// <summary>[steps + 1, batch, width, rows].</summary>
    public T* Memory;

    /// <summary>[steps, batch, rows]: the length of each place's vector.</summary>
    public T* Lengths;

    /// <summary>[steps + 1, batch, heads, rows].</summary>
    public T* Weights;

    /// <summary>[steps, batch, heads, kept, rows].</summary>
    public T* Traces;

    public readonly int Parts => (Sizes.Batch + PartRows - 1) / PartRows;

    public readonly (int First, int End) RowsOf(int part) =>
        (part * PartRows, Math.Min(Sizes.Batch, (part + 1) * PartRows));

    public readonly nint At(int step, int row) => (nint)step * Sizes.Batch + row;

    public readonly T* NumbersOf(int step, int row) => Numbers + At(step, row) * Sizes.Numbers;

    public readonly T* MemoryOf(int step, int row) => Memory + At(step, row) * Sizes.Memory;

    public readonly T* LengthsOf(int step, int row) => Lengths + At(step, row) * Sizes.Rows;

    public readonly T* WeightsOf(int step, int row, int head) =>
        Weights + (At(step, row) * Sizes.Heads + head) * Sizes.Rows;

    public readonly T* TraceOf(int step, int row, int head) =>
        Traces + (At(step, row) * Sizes.Heads + head) * Kept * Sizes.Rows;

    /// <summary>What was read at a step, within the result or its gradient.</summary>
    public readonly T* ReadOf(int step, int row) =>
        Cell.Y + (nint)row * Cell.YStride + (nint)step * Cell.YStep + Sizes.Hidden;
}
