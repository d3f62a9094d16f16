using Hondo.Tensors;

namespace Hondo.Schedules;

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
