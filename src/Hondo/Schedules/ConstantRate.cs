namespace Hondo.Schedules;

/// <summary>α = α₀: the learning rate stays.</summary>
public sealed class ConstantRate : ISchedule
{
    /// <inheritdoc/>
    public double Rate(double learningRate, Progress progress) => learningRate;

    /// <inheritdoc/>
    public override string ToString() => "ConstantRate()";
}
