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
