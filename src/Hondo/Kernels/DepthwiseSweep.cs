namespace Hondo.Kernels;

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
