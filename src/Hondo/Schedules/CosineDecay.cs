using Hondo.Tensors;

namespace Hondo.Schedules;

/// <summary>
/// α = minimum + (α₀ − minimum) · (1 + cos(π · epoch / epochs)) / 2 (Loshchilov and Hutter 2016, arXiv:1608.03983).
/// After its end the rate follows the cosine up again: train for as many epochs as the schedule has.
/// </summary>
public sealed class CosineDecay : ISchedule
{
    readonly double _epochs, _minimum;

    /// <summary>A fall along half a cosine.</summary>
    /// <param name="epochs">Epochs until the minimum, above 0.</param>
    /// <param name="minimum">The last rate, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public CosineDecay(double epochs, double minimum = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epochs);
        ArgumentOutOfRangeException.ThrowIfNegative(minimum);
        (_epochs, _minimum) = (epochs, minimum);
    }

    /// <inheritdoc/>
    public double Rate(double learningRate, Progress progress) =>
        Between(learningRate, _minimum, progress.Epoch / _epochs);

    /// <summary>From <paramref name="from"/> at 0 to <paramref name="to"/> at 1 along half a cosine.</summary>
    internal static double Between(double from, double to, double share) =>
        to + ((from - to) * (1 + Math.Cos(Math.PI * share)) / 2);

    /// <inheritdoc/>
    public override string ToString() =>
        new CallWriter("CosineDecay").Add(_epochs).Add("minimum", _minimum, 0).ToString();
}
