using Hondo.Tensors;

namespace Hondo.Schedules;

/// <summary>α = α₀ · factor^epoch.</summary>
public sealed class ExponentialDecay : ISchedule
{
    readonly double _factor;

    /// <summary>A steady fall.</summary>
    /// <param name="factor">What the rate is multiplied by in each epoch, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not above 0.</exception>
    public ExponentialDecay(double factor)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factor);
        _factor = factor;
    }

    /// <inheritdoc/>
    public double Rate(double learningRate, Progress progress) => learningRate * Math.Pow(_factor, progress.Epoch);

    /// <inheritdoc/>
    public override string ToString() =>
        new CallWriter("ExponentialDecay").Add(_factor).ToString();
}
