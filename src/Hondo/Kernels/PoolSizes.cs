namespace Hondo.Kernels;

/// <summary>
/// A pooling of [batch, height, width, channels] into the same with other heights and widths.
/// </summary>
/// <param name="Batch">How many images.</param>
/// <param name="Vertical">The axis of height.</param>
/// <param name="Horizontal">The axis of width.</param>
/// <param name="Channels">How many channels.</param>
public readonly record struct PoolSizes(int Batch, PoolAxis Vertical, PoolAxis Horizontal, int Channels)
{
    // About as many numbers as a thread should get at once.
    const int Part = 1 << 13;

    /// <summary>How many numbers the input has.</summary>
    public int InputLength => checked(Batch * Vertical.Input * Horizontal.Input * Channels);

    /// <summary>How many numbers the output has.</summary>
    public int OutputLength => checked(Batch * Vertical.Output * Horizontal.Output * Channels);

    internal int OutputRows => Batch * Vertical.Output;

    internal int InputRows => Batch * Vertical.Input;

    internal bool IsDisjoint => Vertical.IsDisjoint && Horizontal.IsDisjoint;

    /// <summary>Rows of the input in a part of the work: by shape alone.</summary>
    internal int RowsOfPart => Math.Max(1, Part / Math.Max(1, Horizontal.Input * Channels));

    internal static int Parts(int rows, int rowsOfPart) => (rows + rowsOfPart - 1) / rowsOfPart;

    internal void Require(int x, int y, int memo)
    {
        if (x != InputLength || y != OutputLength || memo != OutputLength)
            throw new ArgumentException($"A pooling got {x} numbers for x, {y} for y and {memo} beside y, but {this} "
                + $"needs {InputLength}, {OutputLength} and {OutputLength}.");
    }
}
