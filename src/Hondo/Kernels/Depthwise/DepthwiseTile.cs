namespace Hondo.Kernels;

/// <summary>
/// Some neighbouring targets of a depthwise convolution, all channels. They share the weights, and where windows
/// overlap each source is read once for all of them.
/// </summary>
unsafe struct DepthwiseTile<T> where T : unmanaged
{
    /// <summary>The most targets of a tile.</summary>
    public const int MostTargets = 8;

    /// <summary>The first target's first source, and the weights that it is multiplied by.</summary>
    public T* A, W;

    /// <summary>The first target, and where chains start: null for 0.</summary>
    public T* C, Start;

    /// <summary>True when results are kept within limits, and these.</summary>
    public bool IsLimited;
    public T Least, Most;

    /// <summary>From one source to the next: down, along the window, from a target's first to the next's.</summary>
    public nint RowStep, TapStep, Next;

    /// <summary>From weight to weight, down and along the kernel; from start to start; from target to target.</summary>
    public nint WeightRow, WeightTap, StartStep, Into;

    /// <summary>From A to the sources, and from C to the targets, that are brought near for the next row.</summary>
    public nint Ahead, AheadInto;

    /// <summary>From one row of sources to bring near to the next.</summary>
    public nint AheadRow, AheadStep;

    /// <summary>Rows of sources to bring near.</summary>
    public int AheadRows;

    /// <summary>Tiles side by side, and how many targets each has.</summary>
    public int Repeats, Targets;

    /// <summary>True when no source and no target is missing.</summary>
    public bool IsInner;

    /// <summary>Where A and C lie in their rows.</summary>
    public nint Source, Target;

    public int Rows, Taps;

    /// <summary>At an edge: how many targets exist.</summary>
    public int Count;

    /// <summary>
    /// At an edge: a bit for each source that exists: source i where windows overlap, else 8·place + target.
    /// </summary>
    public ulong Exists;

    /// <summary>At an edge: the column of A, the steps of <see cref="Next"/> and <see cref="TapStep"/>, the columns.
    /// </summary>
    public int Column, ColumnStep, TapColumns, Columns;

    /// <summary>Bits for the first sources of some targets, where that of target 0 is in a column.</summary>
    public readonly ulong Existing(int column, int targets)
    {
        ulong bits = 0;
        for (int i = 0; i < targets; i++, column += ColumnStep)
            if ((uint)column < (uint)Columns)
                bits |= 1ul << i;
        return bits;
    }

    /// <summary>Bits for all sources of a tile of so many targets.</summary>
    public readonly ulong Existing(int targets)
    {
        if (Next == TapStep)
            return Existing(Column, targets + Taps - 1);
        ulong bits = 0;
        for (int i = 0; i < Taps; i++)
            bits |= Existing(Column + i * TapColumns, targets) << (MostTargets * i);
        return bits;
    }
}

/// <summary>Some lines of dy and the places of the kernel whose sums they add to.</summary>
unsafe struct DepthwiseSweep<T> where T : unmanaged
{
    /// <summary>Where the first place of the first output is multiplied by; it may lie left of the image.</summary>
    public T* X;

    /// <summary>The first output's gradient, and the sum of the first place.</summary>
    public T* Dy, Sums;

    /// <summary>From one input to the next: down and along the kernel, from output to output, from line to line.
    /// </summary>
    public nint RowStep, TapStep, Next, Line;

    /// <summary>From one output to the next, along a line and down.</summary>
    public nint DyNext, DyLine;

    /// <summary>From one sum to the next, down and along the kernel.</summary>
    public nint SumRow, SumTap;

    /// <summary>From X to the inputs that are brought near for the next lines.</summary>
    public nint Ahead;

    /// <summary>How many lines of dy, and outputs of a line.</summary>
    public int Lines, Outputs;

    /// <summary>The outputs whose places all exist.</summary>
    public int First, End;

    /// <summary>The column of X, the columns of <see cref="Next"/> and <see cref="TapStep"/>, all columns.</summary>
    public int Column, ColumnStep, TapColumns, Columns;
}
