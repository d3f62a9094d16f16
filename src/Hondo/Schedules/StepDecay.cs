using Hondo.Tensors;

namespace Hondo.Schedules;

/// <summary>α = α₀ · factor^⌊epoch / every⌋: a fall every few epochs.</summary>
public sealed class StepDecay : ISchedule
{
    readonly double _every, _factor;

    /// <summary>A fall every few epochs.</summary>
    /// <param name="every">Epochs between two falls, above 0.</param>
    /// <param name="factor">What the rate is multiplied by, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public StepDecay(double every, double factor = 0.1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(every);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factor);
        (_every, _factor) = (every, factor);
    }

    /// <inheritdoc/>
    public double Rate(double learningRate, Progress progress) =>
        learningRate * Math.Pow(_factor, Math.Floor(progress.Epoch / _every));

    /// <inheritdoc/>
    public override string ToString() =>
        new CallWriter("StepDecay").Add(_every).Add("factor", _factor, 0.1).ToString();
}
