using Hondo.Tensors;
using static System.FormattableString;

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

/// <summary>
/// α = c₁ / (step + c₂), whatever the optimizer's own rate is. It counts optimizer steps from 0 (the courses'
/// "iteration"), and for suitable c₁ meets the conditions of Robbins and Monro 1951: Σα = ∞, Σα² &lt; ∞.
/// </summary>
public sealed class InverseDecay : ISchedule
{
    readonly double _c1, _c2;

    /// <summary>A fall with the inverse of the step.</summary>
    /// <param name="c1">The numerator, above 0.</param>
    /// <param name="c2">What is added to the step, above 0: the first rate is c1/c2.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is not above 0.</exception>
    public InverseDecay(double c1, double c2)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(c1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(c2);
        (_c1, _c2) = (c1, c2);
    }

    /// <inheritdoc/>
    public double Rate(double learningRate, Progress progress) => _c1 / (progress.Step + _c2);

    /// <inheritdoc/>
    public override string ToString() =>
        new CallWriter("InverseDecay").Add(_c1).Add(_c2).ToString();
}

/// <summary>α = α₀ · (1 − epoch / epochs)^power, and 0 from then on; power 1 is a straight line.</summary>
public sealed class PolynomialDecay : ISchedule
{
    readonly double _epochs, _power;

    /// <summary>A fall to 0 along a power.</summary>
    /// <param name="epochs">Epochs until 0, above 0.</param>
    /// <param name="power">The exponent, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is not above 0.</exception>
    public PolynomialDecay(double epochs, double power = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epochs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(power);
        (_epochs, _power) = (epochs, power);
    }

    /// <inheritdoc/>
    public double Rate(double learningRate, Progress progress) =>
        learningRate * Math.Pow(1 - Math.Min(progress.Epoch / _epochs, 1), _power);

    /// <inheritdoc/>
    public override string ToString() =>
        new CallWriter("PolynomialDecay").Add(_epochs).Add("power", _power, 1).ToString();
}

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
