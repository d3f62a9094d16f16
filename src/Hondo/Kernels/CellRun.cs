namespace Hondo.Kernels;

/// <summary>
/// Where the numbers of a recurrent layer's run lie. Within the run time comes first: a step's gates [batch, slots,
/// hidden] and outputs [batch, hidden] are matrices without gaps.
/// </summary>
unsafe struct CellRun<T> where T : unmanaged
{
    /// <summary>The widest register, for padded rests.</summary>
    public const int Pad = 16;

    /// <summary>Rows of a block where one step's gates are shared out.</summary>
    public const int BlockRows = 8;

    /// <summary>Units of a step whose gates are worth a fork.</summary>
    public const int WorthSharing = 1 << 11;

    // A tile of the product has 8 rows: fewer for a thread would waste it.
    const int TileRows = 8, LeastRows = 16;

    public SequenceSizes Sizes;

    /// <summary>[steps, batch, slots, hidden].</summary>
    public T* Gates;

    /// <summary>[steps + 1, batch, hidden]: the first is the state at the start.</summary>
    public T* Outputs, Memories;

    /// <summary>The layer's output or its gradient, [batch, time, hidden], rows and steps so far apart.</summary>
    public T* Y;
    public int YStride, YStep;

    /// <summary>[batch, time]: 0 where the state stays and the output is 0; null for none.</summary>
    public int* Mask;
    public int MaskStride;

    /// <summary>How many threads share the sequences.</summary>
    public int Parts;

    public readonly int RowBlocks => (Sizes.Batch + BlockRows - 1) / BlockRows;

    public readonly bool IsMasked(int row, int time) => Mask != null && Mask[(nint)row * MaskStride + time] == 0;

    /// <summary>Shares the sequences out when each thread gets enough of them; no bit depends on it.</summary>
    public void Divide() => Parts = Workers.Count > 1 && Sizes.Batch / Workers.Count >= LeastRows ? Workers.Count : 1;

    public readonly (int First, int End) RowsOf(int part) => (Edge(part), Edge(part + 1));

    readonly int Edge(int part) => part == Parts
        ? Sizes.Batch
        : (int)(((long)Sizes.Batch * part + Parts * TileRows / 2) / (Parts * TileRows)) * TileRows;

    public static void Copy(T* from, T* to, int count) =>
        new ReadOnlySpan<T>(from, count).CopyTo(new Span<T>(to, count));
}
