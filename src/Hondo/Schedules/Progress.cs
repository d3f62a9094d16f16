namespace Hondo.Schedules;

/// <summary>How far training is.</summary>
/// <param name="Epoch">Epochs done; within an epoch the fraction counts: 2.5 is halfway through the third.</param>
/// <param name="Step">Optimizer steps done.</param>
public readonly record struct Progress(double Epoch, long Step)
{
    /// <summary>Progress in whole epochs, where one step counts as one epoch.</summary>
    public static Progress At(long time) => new(time, time);
}
