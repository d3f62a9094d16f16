using System.Globalization;

namespace Hondo.Charts;

/// <summary>An axis: where a number lies between its ends, its ticks, and how they are written.</summary>
/// <remarks>Steps of 1, 2 or 5 times a power of ten: Heckbert 1990, "Nice numbers for graph labels".</remarks>
sealed class Axis
{
    const int MostDecades = 8;

    readonly AxisScale _scale;
    readonly double _low, _high, _step;

    Axis(AxisScale scale, double low, double high, double step, double[] ticks) =>
        (_scale, _low, _high, _step, Ticks) = (scale, low, high, step, ticks);

    /// <summary>The numbers that get a label, smallest first.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>An axis that has room for all numbers; those that have no place on it are left out.</summary>
    /// <param name="numbers">What it is to show.</param>
    /// <param name="scale">How.</param>
    /// <param name="ticks">About how many labels there is room for.</param>
    public static Axis For(IEnumerable<double> numbers, AxisScale scale, int ticks)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double number in numbers)
            if (double.IsFinite(number) && (scale != AxisScale.Log || number > 0))
                (low, high) = (Math.Min(low, number), Math.Max(high, number));
        if (low > high)
            (low, high) = scale == AxisScale.Log ? (0.1, 1) : (0, 1);
        return scale == AxisScale.Log ? Logarithmic(low, high, ticks) : Even(low, high, scale, ticks);
    }

    /// <summary>An axis from exactly one number to another.</summary>
    public static Axis Between(double low, double high, int ticks)
    {
        Axis even = Even(low, high, AxisScale.Linear, ticks);
        return new(AxisScale.Linear, low, high, even._step, [.. even.Ticks.Where(tick => tick >= low && tick <= high)]);
    }

    /// <summary>True when the number has a place on the axis.</summary>
    public bool Has(double number) => double.IsFinite(number) && (_scale != AxisScale.Log || number > 0);

    /// <summary>Where a number lies: 0 at the low end, 1 at the high end.</summary>
    public double Place(double number) => _scale == AxisScale.Log
        ? (Math.Log(number) - Math.Log(_low)) / (Math.Log(_high) - Math.Log(_low))
        : (number - _low) / (_high - _low);

    /// <summary>A tick's label: as many digits as the step needs.</summary>
    public string Label(double tick)
    {
        if (tick == 0)
            return "0";
        // All labels of an axis are written in one way.
        if (_scale == AxisScale.Log || Math.Max(Math.Abs(_low), Math.Abs(_high)) is < 1e-3 or >= 1e6 || _step < 1e-5)
            return Number(tick);
        int digits = Math.Max(0, -(int)Math.Floor(Math.Log10(_step) + 1e-9));
        return tick.ToString("N" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>A number for people: four significant digits.</summary>
    public static string Number(double value) => Math.Abs(value) switch
    {
        0 => "0",
        < 1e-3 or >= 1e6 => value.ToString("0.###e0", CultureInfo.InvariantCulture),
        >= 1000 => value.ToString("#,0.##", CultureInfo.InvariantCulture),
        _ => value.ToString("G4", CultureInfo.InvariantCulture),
    };

    static Axis Even(double low, double high, AxisScale scale, int ticks)
    {
        // Equal numbers, or so near that their difference is lost: a step of its own size shows where they lie.
        if (high - low <= 1e-12 * Math.Max(Math.Abs(low), Math.Abs(high)))
        {
            double room = low == 0 ? 1 : Math.Abs(low) / 10;
            (low, high) = scale == AxisScale.Whole && room < 1e9 ? (low - 1, high + 1) : (low - room, high + room);
        }
        double step = Nice((high - low) / Math.Max(1, ticks - 1));
        if (scale == AxisScale.Whole)
            step = Math.Max(1, step);
        double first = Math.Floor(low / step + 1e-9), last = Math.Ceiling(high / step - 1e-9);
        // Epochs 1 to 10 fill the width; an axis of values ends on its ticks.
        if (scale == AxisScale.Whole)
            (first, last) = (Math.Ceiling(low / step - 1e-9), Math.Floor(high / step + 1e-9));
        else
            (low, high) = (first * step, last * step);
        return new(scale, low, high, step, [.. Enumerable.Range(0, (int)(last - first) + 1)
            // + 0 makes the zero that has a sign one without.
            .Select(i => (first + i) * step + 0.0)]);
    }

    static Axis Logarithmic(double low, double high, int ticks)
    {
        int first = (int)Math.Floor(Math.Log10(low) + 1e-9), last = (int)Math.Ceiling(Math.Log10(high) - 1e-9);
        // A loss that became almost 0 once must not flatten the rest of the curve.
        first = Math.Max(first, last - 3 * MostDecades);
        if (last == first)
            last++;
        int stride = (last - first + ticks - 1) / ticks;
        double[] decades = [.. Enumerable.Range(0, (last - first) / stride + 1)
            .Select(i => Math.Pow(10, first + i * stride))];
        return new(AxisScale.Log, Math.Pow(10, first), Math.Pow(10, last), 0, last - first > 2 ? decades
            : [.. decades.SelectMany(tick => (double[])[tick, 2 * tick, 5 * tick])
                .Where(tick => tick <= Math.Pow(10, last) * (1 + 1e-9))]);
    }

    static double Nice(double step)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return (step / power) switch { <= 1.0001 => 1, <= 2.0001 => 2, <= 5.0001 => 5, _ => 10 } * power;
    }
}

/// <summary>How the numbers of an axis are laid out.</summary>
public enum AxisScale
{
    /// <summary>Equal steps are equally long.</summary>
    Linear,

    /// <summary>As <see cref="Linear"/>, with ticks at whole numbers only: epochs, steps, counts.</summary>
    Whole,

    /// <summary>Equal factors are equally long; numbers that are not above 0 have no place.</summary>
    Log,
}
