namespace Hondo.Schedules;

/// <summary>
/// The learning rate in the course of training: a pure function of the progress, so that a resumed run needs to know
/// nothing but where it was. Lengths are in epochs; <see cref="InSteps"/> turns them into optimizer steps.
/// </summary>
public interface ISchedule
{
    /// <summary>The rate in force.</summary>
    /// <param name="learningRate">The optimizer's own learning rate α₀, the peak of most schedules.</param>
    /// <param name="progress">How far training is.</param>
    double Rate(double learningRate, Progress progress);
}
