namespace Hondo.Kernels;

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
