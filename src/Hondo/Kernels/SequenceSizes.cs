namespace Hondo.Kernels;

/// <summary>The sizes of one recurrent layer's run in one direction.</summary>
/// <param name="Batch">Sequences side by side.</param>
/// <param name="Steps">Time steps.</param>
/// <param name="Hidden">Units.</param>
/// <param name="IsReversed">True runs from the last step to the first.</param>
public readonly record struct SequenceSizes(int Batch, int Steps, int Hidden, bool IsReversed)
{
    /// <summary>Numbers of one state of all sequences.</summary>
    public int State => Batch * Hidden;

    /// <summary>The place in time of the step that runs as number <paramref name="step"/>.</summary>
    public int Time(int step) => IsReversed ? Steps - 1 - step : step;
}
