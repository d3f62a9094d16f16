using Hondo.Tensors;

namespace Hondo.Schedules;

/// <summary>
/// A cosine fall that starts again and again, each time <c>growth</c> times as long: SGDR (Loshchilov and Hutter 2016,
/// arXiv:1608.03983).
/// </summary>
public sealed class CosineRestarts : ISchedule
{
    readonly double _epochs, _growth, _minimum;

    /// <summary>Cosine falls with restarts.</summary>
    /// <param name="epochs">Epochs of the first fall, above 0.</param>
    /// <param name="growth">How much longer each fall is than the one before, from 1.</param>
    /// <param name="minimum">The last rate of each fall, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public CosineRestarts(double epochs, double growth = 1, double minimum = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epochs);
        ArgumentOutOfRangeException.ThrowIfLessThan(growth, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(minimum);
        (_epochs, _growth, _minimum) = (epochs, growth, minimum);
    }

    /// <inheritdoc/>
    public double Rate(double learningRate, Progress progress)
    {
        double length = _epochs, time = progress.Epoch;
        if (_growth == 1)
            time %= length;
        for (; time >= length; length *= _growth)
            time -= length;
        return CosineDecay.Between(learningRate, _minimum, time / length);
    }

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("CosineRestarts").Add(_epochs)
        .Add("growth", _growth, 1)
        .Add("minimum", _minimum, 0)
        .ToString();
}

/// <summary>
/// A triangle wave between <c>minimum</c> and α₀, the momentum the other way round (Smith 2015, arXiv:1506.01186).
/// </summary>
public sealed class CyclicRate : IMomentumSchedule
{
    readonly double _minimum, _up, _down, _lowMomentum, _highMomentum;

    /// <summary>A triangle wave.</summary>
    /// <param name="minimum">The lowest rate, from 0.</param>
    /// <param name="up">Epochs of each rise, above 0.</param>
    /// <param name="down">Epochs of each fall, above 0.</param>
    /// <param name="lowMomentum">The momentum at the peaks.</param>
    /// <param name="highMomentum">The momentum at the lowest rate.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public CyclicRate(double minimum, double up, double down, double lowMomentum = 0.8, double highMomentum = 0.9)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minimum);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(up);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(down);
        (_minimum, _up, _down, _lowMomentum, _highMomentum) = (minimum, up, down, lowMomentum, highMomentum);
    }

    /// <inheritdoc/>
    public double Rate(double learningRate, Progress progress) =>
        _minimum + ((learningRate - _minimum) * Height(progress));

    /// <inheritdoc/>
    public double Momentum(Progress progress) =>
        _highMomentum - ((_highMomentum - _lowMomentum) * Height(progress));

    double Height(Progress progress)
    {
        double time = progress.Epoch % (_up + _down);
        return time < _up ? time / _up : (_up + _down - time) / _down;
    }

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("CyclicRate").Add(_minimum).Add(_up).Add(_down)
        .Add("lowMomentum", _lowMomentum, 0.8)
        .Add("highMomentum", _highMomentum, 0.9)
        .ToString();
}

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
