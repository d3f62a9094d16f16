using System.Numerics;

namespace Hondo.Kernels;

/// <summary>
/// One axis of a pooling: which inputs each output's window holds. Windows have one length and lie a stride apart, or
/// they share the inputs out among a given number of outputs (adaptive pooling).
/// </summary>
readonly record struct PoolAxis
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

    /// <summary>The most inputs of a window.</summary>
    internal int Taps => Kernel == 0 ? Span : Math.Min(Kernel, Input);

    /// <summary>True when every place that the kernels compute with can be computed with.</summary>
    internal bool IsSound => Input >= 1 && Output >= 1 && (Kernel == 0
        || (Kernel >= 1 && Stride >= 1 && Dilation >= 1 && Before >= 0
            && ((Extent)Output - 1) * Stride + ((Extent)Kernel - 1) * Dilation + 1 + Input + Before <= Extent.Most));

    /// <summary>True when each window holds an input that exists, padding aside.</summary>
    internal bool HasNoEmptyWindow
    {
        get
        {
            // Windows that begin inside hold their first input.
            for (int o = 0; o < Output && Start(o) < 0; o++)
                if (From(o) >= To(o))
                    return false;
            return Kernel == 0 || Start(Output - 1) < Input;
        }
    }

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

/// <summary>
/// A pooling of [batch, height, width, channels] into the same with other heights and widths.
/// </summary>
/// <param name="Batch">How many images.</param>
/// <param name="Vertical">The axis of height.</param>
/// <param name="Horizontal">The axis of width.</param>
/// <param name="Channels">How many channels.</param>
readonly record struct PoolSizes(int Batch, PoolAxis Vertical, PoolAxis Horizontal, int Channels)
{
    // About as many numbers as a thread should get at once.
    const int Part = 1 << 13;

    // The place of the largest input within its window is kept as a number of the tensor's type: float32 counts so far.
    const int MostTaps = 1 << 24;

    /// <summary>How many numbers the input has.</summary>
    public int InputLength =>
        Extent.Product(Batch, Vertical.Input, Horizontal.Input, Channels).To("the input of a pooling");

    /// <summary>How many numbers the output has.</summary>
    public int OutputLength =>
        Extent.Product(Batch, Vertical.Output, Horizontal.Output, Channels).To("the output of a pooling");

    /// <summary>What keeps the kernels from computing a mean with these sizes, or null.</summary>
    internal string? Problem => Batch < 0 || Channels < 0 || !Vertical.IsSound || !Horizontal.IsSound
            ? "the windows reach further than can be computed with: make kernel, stride and dilation smaller"
        : !Vertical.HasNoEmptyWindow || !Horizontal.HasNoEmptyWindow
            ? "a window would hold only padding: use less padding or a smaller dilation"
        : null;

    /// <summary>What keeps the kernels from finding the largest numbers with these sizes, or null.</summary>
    internal string? ProblemOfMax => Problem ?? ((Extent)Vertical.Span * Horizontal.Span > MostTaps
            ? $"the windows reach over {Vertical.Span}×{Horizontal.Span} pixels, more than {MostTaps}: pool in two "
                + "steps, first by smaller windows"
        : null);

    internal int OutputRows => Batch * Vertical.Output;

    internal int InputRows => Batch * Vertical.Input;

    internal bool IsDisjoint => Vertical.IsDisjoint && Horizontal.IsDisjoint;

    /// <summary>Rows of the input in a part of the work: by shape alone.</summary>
    internal int RowsOfPart => Math.Max(1, Part / Math.Max(1, Horizontal.Input * Channels));

    internal static int Parts(int rows, int rowsOfPart) => (rows + rowsOfPart - 1) / rowsOfPart;

    internal void Require(int x, int y, int memo)
    {
        if (Problem is { } problem)
            throw new ArgumentException($"A pooling cannot have {this}: {problem}.");
        if (x != InputLength || y != OutputLength || memo != OutputLength)
            throw new ArgumentException($"A pooling got {x} numbers for x, {y} for y and {memo} beside y, but {this} "
                + $"needs {InputLength}, {OutputLength} and {OutputLength}.");
    }
}

/// <summary>A <see cref="PoolAxis"/> as numbers in a row: a division for each pixel would take longer than its work.
/// </summary>
readonly unsafe struct PoolTable
{
    /// <summary>For each output: where its window begins, its inputs that exist, and 1 / their count.</summary>
    public readonly int* Start, From, To;
    public readonly double* Share;

    /// <summary>For each input: the windows that reach it.</summary>
    public readonly int* First, Last;

    PoolTable(PoolAxis axis, bool countsPadding, double* memory)
    {
        (int outputs, int inputs) = (axis.Output, axis.Input);
        Share = memory;
        Start = (int*)(memory + outputs);
        From = Start + outputs;
        To = From + outputs;
        First = To + outputs;
        Last = First + inputs;
        for (int o = 0; o < outputs; o++)
        {
            (Start[o], From[o], To[o]) = (axis.Start(o), axis.From(o), axis.To(o));
            Share[o] = 1.0 / (countsPadding ? axis.Padded(o) : To[o] - From[o]);
        }
        for (int i = 0; i < inputs; i++)
            (First[i], Last[i]) = (axis.First(i), axis.Last(i));
    }

    /// <summary>Both tables of a pooling, in this thread's shared memory.</summary>
    public static (PoolTable Vertical, PoolTable Horizontal) Both(in PoolSizes sizes, bool countsPadding = false)
    {
        int first = Length(sizes.Vertical);
        double* memory = Scratch.Shared<double>(first + Length(sizes.Horizontal));
        return (new(sizes.Vertical, countsPadding, memory), new(sizes.Horizontal, countsPadding, memory + first));
    }

    static int Length(PoolAxis axis) => axis.Output + (3 * axis.Output + 2 * axis.Input + 1) / 2;
}

/// <summary>
/// The inputs of a window: how far each lies from the window's start in memory, and its code, the place within the
/// longest window, row by row, once for each lane of a register.
/// </summary>
unsafe struct PoolTaps<T>(nint* offsets, T* codes) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Lanes for each code.</summary>
    public const int Lanes = 16;

    int _from, _to;

    public int Count { get; private set; }

    public readonly nint* Offsets => offsets;

    public readonly T* Codes => codes;

    /// <summary>Memory for the taps of a window, on this thread until its next part.</summary>
    public static PoolTaps<T> Rent(nint most)
    {
        byte* memory = Scratch.Own<byte>(most * (sizeof(nint) + Lanes * sizeof(T)) + 64);
        T* codes = (T*)memory;
        return new((nint*)(codes + most * Lanes), codes);
    }

    /// <summary>A new row of windows: the next one is listed anew.</summary>
    public void Forget() => _to = int.MinValue;

    /// <summary>Lists the taps of window (oh, ow); most neighbours have the same as the one before.</summary>
    public void Find(in PoolSizes sizes, in PoolTable rows, in PoolTable columns, int oh, int ow)
    {
        int left = columns.Start[ow], from = columns.From[ow] - left, to = columns.To[ow] - left;
        if (from == _from && to == _to)
            return;
        (_from, _to, Count) = (from, to, 0);
        int top = rows.Start[oh], span = sizes.Horizontal.Span;
        for (int h = rows.From[oh]; h < rows.To[oh]; h += sizes.Vertical.Dilation)
            for (int w = from; w < to; w += sizes.Horizontal.Dilation)
            {
                offsets[Count] = ((nint)(h - top) * sizes.Horizontal.Input + w) * sizes.Channels;
                new Span<T>(codes + (nint)Count * Lanes, Lanes).Fill(T.CreateTruncating((h - top) * span + w));
                Count++;
            }
    }
}

/// <summary>How the windows of neighbouring targets lie.</summary>
interface IWindows
{
    /// <summary>The next window begins at this one's second source.</summary>
    static abstract bool Overlap { get; }

    /// <summary>Some sources, or some of the targets, do not exist.</summary>
    static abstract bool IsEdge { get; }
}

readonly struct InnerWindows : IWindows
{
    public static bool Overlap => true;

    public static bool IsEdge => false;
}

readonly struct EdgeWindows : IWindows
{
    public static bool Overlap => true;

    public static bool IsEdge => true;
}

readonly struct InnerWindowsApart : IWindows
{
    public static bool Overlap => false;

    public static bool IsEdge => false;
}

readonly struct EdgeWindowsApart : IWindows
{
    public static bool Overlap => false;

    public static bool IsEdge => true;
}
