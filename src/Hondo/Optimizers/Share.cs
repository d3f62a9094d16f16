namespace Hondo.Optimizers;

/// <summary>A share that is kept from step to step: β, ρ.</summary>
static class Fraction
{
    /// <summary>The value, from 0 to below 1.</summary>
    public static double Checked(double value, string name) => value is >= 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is a share from 0 to below 1, e.g. 0.9.");

    /// <summary>A number above 0: an ε that keeps a divisor from 0.</summary>
    public static double Positive(double value, string name) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is a number above 0, e.g. 1e-8.");
}
