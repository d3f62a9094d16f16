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

/// <summary>A schedule that moves the momentum β against the learning rate (Smith 2018, arXiv:1803.09820).</summary>
public interface IMomentumSchedule : ISchedule
{
    /// <summary>The momentum in force.</summary>
    double Momentum(Progress progress);
}

/// <summary>How far training is.</summary>
/// <param name="Epoch">Epochs done; within an epoch the fraction counts: 2.5 is halfway through the third.</param>
/// <param name="Step">Optimizer steps done.</param>
public readonly record struct Progress(double Epoch, long Step)
{
    /// <summary>Progress in whole epochs, where one step counts as one epoch.</summary>
    public static Progress At(long time) => new(time, time);
}

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

/// <summary>α = α₀: the learning rate stays.</summary>
public sealed class ConstantRate : ISchedule
{
    /// <inheritdoc/>
    public double Rate(double learningRate, Progress progress) => learningRate;

    /// <inheritdoc/>
    public override string ToString() => "ConstantRate()";
}
