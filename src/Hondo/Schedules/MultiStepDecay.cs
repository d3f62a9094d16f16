using Hondo.Tensors;
using static System.FormattableString;

namespace Hondo.Schedules;

/// <summary>α = α₀ · factor^(number of milestones passed): a fall at each of the given epochs.</summary>
public sealed class MultiStepDecay : ISchedule
{
    readonly double[] _milestones;
    readonly double _factor;

    /// <summary>A fall at each of the given epochs.</summary>
    /// <param name="milestones">The epochs, in rising order.</param>
    /// <param name="factor">What the rate is multiplied by at each, above 0.</param>
    /// <exception cref="ArgumentException">The milestones do not rise.</exception>
    public MultiStepDecay(double[] milestones, double factor = 0.1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factor);
        for (int i = 1; i < milestones.Length; i++)
            if (milestones[i] <= milestones[i - 1])
                throw new ArgumentException(Invariant(
                    $"The milestones of MultiStepDecay must rise, but {milestones[i]} follows {milestones[i - 1]}."),
                    nameof(milestones));
        (_milestones, _factor) = ([.. milestones], factor);
    }

    /// <inheritdoc/>
    public double Rate(double learningRate, Progress progress)
    {
        int passed = 0;
        while (passed < _milestones.Length && progress.Epoch >= _milestones[passed])
            passed++;
        return learningRate * Math.Pow(_factor, passed);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        new CallWriter("MultiStepDecay").Add(_milestones).Add("factor", _factor, 0.1).ToString();
}
