using Hondo.Tensors;

namespace Hondo.Schedules;

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
