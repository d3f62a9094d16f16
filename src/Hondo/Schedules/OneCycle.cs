using Hondo.Tensors;

namespace Hondo.Schedules;

/// <summary>
/// One rise and one fall along cosines, the momentum the other way round: super-convergence (Smith and Topin 2017,
/// arXiv:1708.07120). From α₀/divisor up to α₀, then down to α₀/(divisor · finalDivisor).
/// </summary>
public sealed class OneCycle : IMomentumSchedule
{
    readonly double _epochs, _rise, _divisor, _finalDivisor, _lowMomentum, _highMomentum;

    /// <summary>One cycle.</summary>
    /// <param name="epochs">Epochs of the whole cycle, above 0.</param>
    /// <param name="rise">The share of them that the rise takes, between 0 and 1.</param>
    /// <param name="divisor">The peak over the first rate, from 1.</param>
    /// <param name="finalDivisor">The first rate over the last one, from 1.</param>
    /// <param name="lowMomentum">The momentum at the peak.</param>
    /// <param name="highMomentum">The momentum at both ends.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public OneCycle(double epochs, double rise = 0.3, double divisor = 25, double finalDivisor = 1e4,
        double lowMomentum = 0.85, double highMomentum = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epochs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rise);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rise, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(divisor, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(finalDivisor, 1);
        (_epochs, _rise, _divisor, _finalDivisor) = (epochs, rise, divisor, finalDivisor);
        (_lowMomentum, _highMomentum) = (lowMomentum, highMomentum);
    }

    /// <inheritdoc/>
    public double Rate(double learningRate, Progress progress) =>
        Along(progress, learningRate / _divisor, learningRate, learningRate / _divisor / _finalDivisor);

    /// <inheritdoc/>
    public double Momentum(Progress progress) => Along(progress, _highMomentum, _lowMomentum, _highMomentum);

    double Along(Progress progress, double first, double peak, double last)
    {
        double share = Math.Min(progress.Epoch / _epochs, 1);
        return share < _rise
            ? CosineDecay.Between(first, peak, share / _rise)
            : CosineDecay.Between(peak, last, (share - _rise) / (1 - _rise));
    }

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("OneCycle").Add(_epochs)
        .Add("rise", _rise, 0.3)
        .Add("divisor", _divisor, 25)
        .Add("finalDivisor", _finalDivisor, 1e4)
        .Add("lowMomentum", _lowMomentum, 0.85)
        .Add("highMomentum", _highMomentum, 0.95)
        .ToString();
}
