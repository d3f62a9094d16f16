using System.Globalization;
using Hondo.Kernels;

namespace Hondo.Tuning;

/// <summary>Whole numbers from low to high: <c>{int 16..256}</c>.</summary>
public sealed record IntRange : ParameterRange
{
    /// <summary>All whole numbers from <paramref name="low"/> to <paramref name="high"/>.</summary>
    /// <exception cref="ArgumentException">Low is not below high.</exception>
    public IntRange(int low, int high)
    {
        (Low, High) = (low, high);
        Check(ToString(), low, high, isPositive: false);
    }

    /// <summary>The least value.</summary>
    public int Low { get; }

    /// <summary>The largest value.</summary>
    public int High { get; }

    /// <inheritdoc/>
    public override int? Count => High - Low + 1;

    /// <inheritdoc/>
    public override double FromUnit(double unit) => Math.Clamp(Low + Math.Floor(unit * Count!.Value), Low, High);

    /// <inheritdoc/>
    public override double ToUnit(double value) => (value - Low + 0.5) / Count!.Value;

    /// <inheritdoc/>
    public override bool Contains(double value) => value >= Low && value <= High && value == Math.Floor(value);

    /// <inheritdoc/>
    public override string Text(double value) => value.ToString("F0", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"int {Low}..{High}");
}

/// <summary>Whole numbers from low to high whose logarithm matters: <c>{int log 16..1024}</c>.</summary>
public sealed record LogIntRange : ParameterRange
{
    readonly double _logLow, _logRatio;

    /// <summary>All whole numbers from <paramref name="low"/>, 1 or more, to <paramref name="high"/>.</summary>
    /// <exception cref="ArgumentException">Low is not below high, or below 1.</exception>
    public LogIntRange(int low, int high)
    {
        (Low, High) = (low, high);
        Check(ToString(), low, high, isPositive: true);
        (_logLow, _logRatio) = (PortableMath.Log(low - 0.5), PortableMath.Log((high + 0.5) / (low - 0.5)));
    }

    /// <summary>The least value.</summary>
    public int Low { get; }

    /// <summary>The largest value.</summary>
    public int High { get; }

    /// <inheritdoc/>
    public override int? Count => High - Low + 1;

    /// <inheritdoc/>
    public override double FromUnit(double unit) =>
        Math.Clamp(Math.Round(PortableMath.Exp(_logLow + unit * _logRatio)), Low, High);

    /// <inheritdoc/>
    public override double ToUnit(double value) => (PortableMath.Log(value) - _logLow) / _logRatio;

    /// <inheritdoc/>
    public override bool Contains(double value) => value >= Low && value <= High && value == Math.Floor(value);

    /// <inheritdoc/>
    public override string Text(double value) => value.ToString("F0", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"int log {Low}..{High}");
}

/// <summary>One of several texts, without an order: <c>{Relu|Tanh}</c>. Its value is a place in the list.</summary>
public sealed record ChoiceRange : ParameterRange
{
    /// <summary>One of these.</summary>
    /// <exception cref="ArgumentException">There are none, or two are equal.</exception>
    public ChoiceRange(params IReadOnlyList<string> options)
    {
        if (options.Count == 0 || options.Distinct().Count() < options.Count)
            throw new ArgumentException($"The choices {{{string.Join('|', options)}}} must be different, and at least "
                + "one.", nameof(options));
        Options = options;
    }

    /// <summary>What there is to choose from.</summary>
    public IReadOnlyList<string> Options { get; }

    /// <inheritdoc/>
    public override int? Count => Options.Count;

    /// <inheritdoc/>
    public override bool IsUnordered => true;

    /// <inheritdoc/>
    public override double FromUnit(double unit) =>
        Math.Clamp(Math.Floor(unit * Options.Count), 0, Options.Count - 1);

    /// <inheritdoc/>
    public override double ToUnit(double value) => (value + 0.5) / Options.Count;

    /// <inheritdoc/>
    public override bool Contains(double value) =>
        value >= 0 && value < Options.Count && value == Math.Floor(value);

    /// <inheritdoc/>
    public override string Text(double value) => Options[(int)value];

    /// <inheritdoc/>
    public override double? Read(string text) => Options.ToList().IndexOf(text) is >= 0 and int place ? place : null;

    /// <inheritdoc/>
    public bool Equals(ChoiceRange? other) => other is not null && Options.SequenceEqual(other.Options);

    /// <inheritdoc/>
    public override int GetHashCode() => Options.Count == 0 ? 0 : string.GetHashCode(Options[0],
        StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => string.Join('|', Options);
}
