using Hondo.Tensors;

namespace Hondo.Schedules;

/// <summary>
/// The rate falls when a number that should fall (a loss) has not got better for a while. Its state follows from the
/// numbers reported: to resume a run, <see cref="Reset"/> and report its history again.
/// </summary>
public sealed class Plateau : ISchedule
{
    readonly double _factor, _threshold, _minimum;
    readonly int _patience, _coolDown;
    double _best = double.PositiveInfinity;
    int _bad, _cooling, _falls;

    /// <summary>A rate that falls when learning stands still.</summary>
    /// <param name="factor">What the rate is multiplied by, between 0 and 1.</param>
    /// <param name="patience">How many reports in a row may be no better; the next one makes the rate fall.</param>
    /// <param name="threshold">By which share the number must fall below the best one to count as better.</param>
    /// <param name="coolDown">Reports after a fall that are not counted.</param>
    /// <param name="minimum">The rate falls no lower.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public Plateau(double factor = 0.1, int patience = 10, double threshold = 1e-4, int coolDown = 0,
        double minimum = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factor);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(factor, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(patience);
        ArgumentOutOfRangeException.ThrowIfNegative(threshold);
        ArgumentOutOfRangeException.ThrowIfNegative(coolDown);
        ArgumentOutOfRangeException.ThrowIfNegative(minimum);
        (_factor, _patience, _threshold, _coolDown, _minimum) = (factor, patience, threshold, coolDown, minimum);
    }

    /// <summary>How often the rate has fallen.</summary>
    public int Falls => _falls;

    /// <summary>Tells the number of an epoch, e.g. the dev loss; NaN counts as no better.</summary>
    public void Report(double metric)
    {
        if (metric < _best * (1 - _threshold) || (double.IsPositiveInfinity(_best) && double.IsFinite(metric)))
            (_best, _bad) = (metric, 0);
        else
            _bad++;
        if (_cooling > 0)
            (_cooling, _bad) = (_cooling - 1, 0);
        if (_bad <= _patience)
            return;
        (_falls, _cooling, _bad) = (_falls + 1, _coolDown, 0);
    }

    /// <summary>Forgets all reports.</summary>
    public void Reset() => (_best, _bad, _cooling, _falls) = (double.PositiveInfinity, 0, 0, 0);

    /// <inheritdoc/>
    public double Rate(double learningRate, Progress progress) =>
        Math.Max(learningRate * Math.Pow(_factor, _falls), Math.Min(_minimum, learningRate));

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Plateau")
        .Add("factor", _factor, 0.1)
        .Add("patience", _patience, 10)
        .Add("threshold", _threshold, 1e-4)
        .Add("coolDown", _coolDown, 0)
        .Add("minimum", _minimum, 0)
        .ToString();
}
