using Hondo.Tensors;

namespace Hondo.Schedules;

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
