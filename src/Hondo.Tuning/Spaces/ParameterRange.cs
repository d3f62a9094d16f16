using System.Globalization;
using Hondo.Kernels;

namespace Hondo.Tuning;

/// <summary>
/// The values that a parameter of a search may have. Every value is a number, of choices their place; samplers see it
/// on [0, 1], where equal distances matter equally.
/// </summary>
public abstract record ParameterRange
{
    /// <summary>The value at a place of [0, 1].</summary>
    public abstract double FromUnit(double unit);

    /// <summary>The place of a value on [0, 1].</summary>
    public abstract double ToUnit(double value);

    /// <summary>How many values there are; null for a continuum.</summary>
    public abstract int? Count { get; }

    /// <summary>True when values have no order: choices.</summary>
    public virtual bool IsUnordered => false;

    /// <summary>A value as a text of a model or an optimizer has it: four digits of a continuum.</summary>
    public virtual string Text(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    /// <summary>True when the value is one of these.</summary>
    public abstract bool Contains(double value);

    /// <summary>Reads a number of a text with <see cref="Text"/>'s form; null when it is none of these.</summary>
    public virtual double? Read(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && Contains(value)
            ? value
            : null;

    private protected static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private protected static void Check(string what, double low, double high, bool isPositive)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high) || low >= high)
            throw new ArgumentException($"The range {what} is empty: its first number must be below its second.");
        if (isPositive && low <= 0)
            throw new ArgumentException($"The range {what} is logarithmic: it must begin above 0.");
    }
}

/// <summary>Numbers from low to high: <c>{0.1..0.5}</c>.</summary>
public sealed record FloatRange : ParameterRange
{
    /// <summary>All numbers from <paramref name="low"/> to <paramref name="high"/>.</summary>
    /// <exception cref="ArgumentException">Low is not below high.</exception>
    public FloatRange(double low, double high)
    {
        (Low, High) = (low, high);
        Check(ToString(), low, high, isPositive: false);
    }

    /// <summary>The least value.</summary>
    public double Low { get; }

    /// <summary>The largest value.</summary>
    public double High { get; }

    /// <inheritdoc/>
    public override int? Count => null;

    /// <inheritdoc/>
    public override double FromUnit(double unit) => Math.Clamp(Low + unit * (High - Low), Low, High);

    /// <inheritdoc/>
    public override double ToUnit(double value) => (value - Low) / (High - Low);

    /// <inheritdoc/>
    public override bool Contains(double value) => value >= Low && value <= High;

    /// <inheritdoc/>
    public override string ToString() => $"{Number(Low)}..{Number(High)}";
}

/// <summary>Numbers from low to high whose logarithm matters: <c>{log 1e-4..1e-1}</c>.</summary>
public sealed record LogRange : ParameterRange
{
    readonly double _logLow, _logRatio;

    /// <summary>All numbers from <paramref name="low"/>, above 0, to <paramref name="high"/>.</summary>
    /// <exception cref="ArgumentException">Low is not below high, or not above 0.</exception>
    public LogRange(double low, double high)
    {
        (Low, High) = (low, high);
        Check(ToString(), low, high, isPositive: true);
        (_logLow, _logRatio) = (PortableMath.Log(low), PortableMath.Log(high / low));
    }

    /// <summary>The least value.</summary>
    public double Low { get; }

    /// <summary>The largest value.</summary>
    public double High { get; }

    /// <inheritdoc/>
    public override int? Count => null;

    /// <inheritdoc/>
    public override double FromUnit(double unit) =>
        Math.Clamp(PortableMath.Exp(_logLow + unit * _logRatio), Low, High);

    /// <inheritdoc/>
    public override double ToUnit(double value) => (PortableMath.Log(value) - _logLow) / _logRatio;

    /// <inheritdoc/>
    public override bool Contains(double value) => value >= Low && value <= High;

    /// <inheritdoc/>
    public override string ToString() => $"log {Number(Low)}..{Number(High)}";
}
