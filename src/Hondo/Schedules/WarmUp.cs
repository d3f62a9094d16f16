using Hondo.Tensors;

namespace Hondo.Schedules;

/// <summary>
/// A straight rise from <c>start</c> · α₀ to α₀ (Goyal et al. 2017, arXiv:1706.02677), then any other schedule, which
/// counts from the end of the rise: <c>new WarmUp(5, new CosineDecay(25))</c>.
/// </summary>
public sealed class WarmUp : IMomentumSchedule
{
    readonly double _epochs, _start;
    readonly ISchedule _then;

    /// <summary>A rise before another schedule.</summary>
    /// <param name="epochs">Epochs of the rise, above 0; a fraction is fine.</param>
    /// <param name="then">What follows; the constant rate when left out.</param>
    /// <param name="start">The first rate as a share of α₀, from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public WarmUp(double epochs, ISchedule? then = null, double start = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epochs);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, 1);
        (_epochs, _then, _start) = (epochs, then ?? new ConstantRate(), start);
    }

    /// <inheritdoc/>
    public double Rate(double learningRate, Progress progress) => progress.Epoch < _epochs
        ? learningRate * (_start + ((1 - _start) * progress.Epoch / _epochs))
        : _then.Rate(learningRate, After(progress));

    /// <summary>The momentum of the schedule that follows, or NaN when it leaves the momentum alone.</summary>
    public double Momentum(Progress progress) =>
        _then is IMomentumSchedule then ? then.Momentum(After(progress)) : double.NaN;

    // A step count that starts at the end of the rise: the share of the steps so far that lie after it.
    Progress After(Progress progress)
    {
        double epoch = Math.Max(0, progress.Epoch - _epochs);
        long step = progress.Epoch == 0 ? 0 : (long)Math.Round(progress.Step * (epoch / progress.Epoch));
        return new(epoch, step);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new CallWriter("WarmUp").Add(_epochs);
        if (_then is not ConstantRate)
            text.Add(_then);
        return text.Add("start", _start, 0).ToString();
    }
}
