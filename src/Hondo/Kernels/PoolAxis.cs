namespace Hondo.Kernels;

/// <summary>
/// One axis of a pooling: which inputs each output's window holds. Windows have one length and lie a stride apart, or
/// they share the inputs out among a given number of outputs (adaptive pooling).
/// </summary>
public readonly record struct PoolAxis
{
    PoolAxis(int input, int output, int kernel, int stride, int before, int dilation) =>
        (Input, Output, Kernel, Stride, Before, Dilation) = (input, output, kernel, stride, before, dilation);

    /// <summary>Length of the input.</summary>
    public int Input { get; }

    /// <summary>Length of the output.</summary>
    public int Output { get; }

    /// <summary>Inputs of a window; 0 for adaptive windows, whose lengths differ.</summary>
    public int Kernel { get; }

    /// <summary>Distance between two windows.</summary>
    public int Stride { get; }

    /// <summary>How far the first window begins before the input.</summary>
    public int Before { get; }

    /// <summary>Distance between the inputs of a window.</summary>
    public int Dilation { get; }

    /// <summary>Windows of one length: output o holds the inputs o·stride + k·dilation − before.</summary>
    public static PoolAxis Windows(int input, int output, int kernel, int stride, int before, int dilation = 1) =>
        new(input, output, kernel, stride, before, dilation);

    /// <summary>Output o holds the inputs ⌊o·input/output⌋ to ⌈(o + 1)·input/output⌉ − 1.</summary>
    public static PoolAxis Adaptive(int input, int output) => new(input, output, 0, 0, 0, 1);

    /// <summary>An axis of length 1, for pooling along one axis only.</summary>
    public static PoolAxis None => new(1, 1, 1, 1, 0, 1);

    /// <summary>The longest window, from its first input to its last.</summary>
    internal int Span => Kernel == 0 ? (Input - 1) / Output + 2 : (Kernel - 1) * Dilation + 1;

    /// <summary>Windows that lie one beside the other: no input is in two.</summary>
    internal bool IsDisjoint => Kernel > 0 && Kernel == Stride && Before == 0 && Dilation == 1
        && Output * Kernel <= Input;

    /// <summary>Where a window begins, perhaps before the input.</summary>
    internal int Start(int o) => Kernel == 0 ? (int)((long)o * Input / Output) : o * Stride - Before;

    /// <summary>Where a window has ended, perhaps behind the input.</summary>
    internal int End(int o) => Kernel == 0 ? (int)(((o + 1L) * Input + Output - 1) / Output) : Start(o) + Span;

    /// <summary>The first of a window's inputs that exists.</summary>
    internal int From(int o) => Start(o) is var start and < 0
        ? start + (-start + Dilation - 1) / Dilation * Dilation
        : Start(o);

    /// <summary>The end of a window's inputs that exist.</summary>
    internal int To(int o) => Math.Min(End(o), Input);

    /// <summary>The first window that reaches an input.</summary>
    internal int First(int i) => Kernel == 0 ? (int)((long)i * Output / Input)
        : i + Before < Span ? 0 : (i + Before - Span) / Stride + 1;

    /// <summary>The last window that reaches an input.</summary>
    internal int Last(int i) => Kernel == 0 ? (int)(((i + 1L) * Output - 1) / Input)
        : Math.Min(Output - 1, (i + Before) / Stride);

    /// <summary>What a mean over a window divides by, border included: as much of it as padding reaches.</summary>
    internal int Padded(int o) => Kernel == 0 ? To(o) - From(o) : Math.Min(End(o), Input + Before) - Start(o);
}
