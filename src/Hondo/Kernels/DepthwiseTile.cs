namespace Hondo.Kernels;

/// <summary>
/// Four neighbouring targets of a depthwise convolution, all channels. They share the weights, and where windows
/// overlap each source is read once for all of them.
/// </summary>
unsafe struct DepthwiseTile<T> where T : unmanaged
{
    /// <summary>Targets of a tile.</summary>
    public const int Targets = 4;

    /// <summary>The first target's first source, and the weights that it is multiplied by.</summary>
    public T* A, W;

    /// <summary>The first target, and where chains start: null for 0.</summary>
    public T* C, Start;

    /// <summary>From one source to the next: down, along the window, from one target's first to the next's.</summary>
    public nint RowStep, TapStep, Next;

    /// <summary>From weight to weight, down and along the kernel; from start to start; from target to target.</summary>
    public nint WeightRow, WeightTap, StartStep, Into;

    /// <summary>From A to the sources, and from C to the targets, that are brought near for the next row.</summary>
    public nint Ahead, AheadInto;

    /// <summary>From one row of sources to bring near to the next.</summary>
    public nint AheadRow, AheadStep;

    /// <summary>Rows of sources to bring near.</summary>
    public int AheadRows;

    /// <summary>Tiles side by side.</summary>
    public int Repeats;

    public int Rows, Taps;

    /// <summary>At an edge: how many targets exist.</summary>
    public int Count;

    /// <summary>
    /// At an edge: a bit for each source that exists: source i where windows overlap, else 4·place + target.
    /// </summary>
    public uint Exists;

    /// <summary>At an edge: the column of A, the steps of <see cref="Next"/> and <see cref="TapStep"/>, the columns.
    /// </summary>
    public int Column, ColumnStep, TapColumns, Columns;

    /// <summary>Bits for the sources of the four targets from a column on.</summary>
    public readonly uint Existing(int column, int count = Targets)
    {
        uint bits = 0;
        for (int i = 0; i < count; i++, column += ColumnStep)
            if ((uint)column < (uint)Columns)
                bits |= 1u << i;
        return bits;
    }

    /// <summary>Bits for all sources of a tile at an edge.</summary>
    public readonly uint Existing()
    {
        if (Next == TapStep)
            return Existing(Column, Targets + Taps - 1);
        uint bits = 0;
        for (int i = 0; i < Taps; i++)
            bits |= Existing(Column + i * TapColumns) << (Targets * i);
        return bits;
    }
}
