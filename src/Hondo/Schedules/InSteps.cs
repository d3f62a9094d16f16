namespace Hondo.Schedules;

/// <summary>Another schedule whose lengths count optimizer steps in place of epochs.</summary>
/// <param name="schedule">The schedule.</param>
public sealed class InSteps(ISchedule schedule) : IMomentumSchedule
{
    /// <inheritdoc/>
    public double Rate(double learningRate, Progress progress) =>
        schedule.Rate(learningRate, Progress.At(progress.Step));

    /// <summary>The momentum of the inner schedule, or NaN when it leaves the momentum alone.</summary>
    public double Momentum(Progress progress) =>
        schedule is IMomentumSchedule inner ? inner.Momentum(Progress.At(progress.Step)) : double.NaN;

    /// <inheritdoc/>
    public override string ToString() => $"InSteps({schedule})";
}
