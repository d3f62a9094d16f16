using System.Numerics;
using Hondo.Kernels;

namespace Hondo.Tuning;

/// <summary>
/// A density on [0, 1]ᵈ: the mean of a kernel at each observation and of one that is nearly flat. A kernel is a product
/// over the parameters: of numbers a normal density cut off at 0 and 1, of choices mostly the observed one.
/// </summary>
sealed class ParzenEstimator
{
    const double LogRootTwoPi = 0.91893853320467274;
    const double Jitter = 0.01;
    const int Draws = 64;

    readonly ParameterRange[] _ranges;
    readonly double[] _means, _constants, _exponents;
    readonly double[] _precisions;
    readonly bool[] _isChoice;
    readonly double _width;
    readonly int _count, _dimensions;

    /// <param name="ranges">The parameters.</param>
    /// <param name="units">The observations, a row for each.</param>
    /// <param name="factor">The width of a kernel, before it shrinks with the observations.</param>
    /// <param name="narrowest">One divided by the least width.</param>
    public ParzenEstimator(ParameterRange[] ranges, ReadOnlySpan<double> units, double factor, double narrowest)
    {
        (_ranges, _dimensions, _count) = (ranges, ranges.Length, units.Length / ranges.Length);
        double n = Math.Max(1, _count);
        _width = Math.Max(factor * PortableMath.Exp(-PortableMath.Log(n) / (_dimensions + 4)),
            1 / Math.Min(narrowest, 1 + n));
        // Parameter by parameter: the kernels of one stand beside each other.
        _means = new double[units.Length];
        for (int i = 0; i < units.Length; i++)
            _means[i % _dimensions * _count + i / _dimensions] = units[i];
        double[] inverse = [.. ranges.Select(range => 1 / (WidthOf(range) * Math.Sqrt(2)))];
        _precisions = Array.ConvertAll(inverse, one => one * one);
        _isChoice = [.. ranges.Select(range => range.IsUnordered)];
        _constants = new double[_count];
        _exponents = new double[_count + 1];
        for (int k = 0; k < _count; k++)
            for (int j = 0; j < _dimensions; j++)
                if (!ranges[j].IsUnordered)
                    _constants[k] -= LogMass(Mean(k, j), WidthOf(ranges[j]));
    }

    // No kernel is narrower than a third of the step from one value to the next.
    double WidthOf(ParameterRange range) => range.Count is { } count ? Math.Max(_width, 0.33 / count) : _width;

    // The logarithm of σ√2π times the part of the normal distribution that is within 0 and 1.
    static double LogMass(double mean, double width) => PortableMath.Log(width * Math.Max(1e-12,
        Normal.Distribution((1 - mean) / width) - Normal.Distribution(-mean / width))) + LogRootTwoPi;

    /// <summary>Draws a point.</summary>
    /// <param name="random">Where chance comes from.</param>
    /// <param name="number">The number of the draw.</param>
    /// <param name="isCrossed">Every parameter from a kernel of its own, or all from one.</param>
    /// <param name="point">Receives the point.</param>
    public void Draw(Philox random, int number, bool isCrossed, Span<double> point)
    {
        long at = (long)number * (_dimensions + 1) * Draws;
        int kernel = Math.Min((int)(random.Uniform(at) * (_count + 1)), _count);
        for (int j = 0; j < _dimensions; j++)
        {
            at += Draws;
            if (isCrossed)
                kernel = Math.Min((int)(random.Uniform(at + Draws - 1) * (_count + 1)), _count);
            point[j] = kernel == _count ? random.Uniform(at)
                : _ranges[j].IsUnordered ? DrawChoice(random, at, j, Mean(kernel, j))
                : DrawNumber(random, at, Mean(kernel, j), WidthOf(_ranges[j]));
            // What is tried is a value of the range: its density is the one that counts.
            point[j] = _ranges[j].ToUnit(_ranges[j].FromUnit(point[j]));
        }
    }

    /// <summary>
    /// Draws a point that lies from an observation as far as two others from each other (Storn and Price 1997): the
    /// steps get the shape of what is good, turned and stretched as it is.
    /// </summary>
    /// <param name="random">Where chance comes from.</param>
    /// <param name="number">The number of the draw.</param>
    /// <param name="point">Receives the point.</param>
    public void DrawDifference(Philox random, int number, Span<double> point)
    {
        long at = (long)number * (_dimensions + 1) * Draws;
        int from = Observation(random, at), to = Observation(random, at + 1), back = Observation(random, at + 2);
        double step = random.Uniform(at + 3);
        for (int j = 0; j < _dimensions; j++)
        {
            at += Draws;
            double x = Mean(from, j);
            if (_ranges[j].IsUnordered)
                x = DrawChoice(random, at, j, random.Uniform(at + 2) < 0.5 ? x : Mean(to, j));
            else
            {
                x += step * (Mean(to, j) - Mean(back, j)) + Jitter * random.Normal(at);
                x = Math.Clamp(x < 0 ? -x : x > 1 ? 2 - x : x, 0, 1);
            }
            point[j] = _ranges[j].ToUnit(_ranges[j].FromUnit(x));
        }
    }

    int Observation(Philox random, long at) => Math.Min((int)(random.Uniform(at) * _count), _count - 1);

    double Mean(int k, int j) => _means[j * _count + k];

    // The more choices, the more often another one: none is given up for a few bad trials.
    double KeepOf(int j) => (double)_count / (_count + _ranges[j].Count!.Value);

    double DrawChoice(Philox random, long at, int j, double unit) =>
        random.Uniform(at) < KeepOf(j) ? unit : random.Uniform(at + 1);

    static double DrawNumber(Philox random, long at, double mean, double width)
    {
        double x = mean;
        for (int i = 0; i < Draws - 1; i++)
            if ((x = mean + width * random.Normal(at + i)) is >= 0 and <= 1)
                return x;
        return Math.Clamp(x, 0, 1);
    }

    /// <summary>The logarithm of the density at a point.</summary>
    public double LogDensity(ReadOnlySpan<double> point)
    {
        // The flat one.
        _exponents[_count] = 0;
        for (int j = 0; j < _dimensions; j++)
            if (_ranges[j].IsUnordered)
                _exponents[_count] -= PortableMath.Log(_ranges[j].Count!.Value);
        Span<double> exponents = _exponents.AsSpan(0, _count);
        _constants.CopyTo(exponents);
        for (int j = 0; j < _dimensions; j++)
        {
            ReadOnlySpan<double> means = _means.AsSpan(j * _count, _count);
            if (_isChoice[j])
                AddChoice(exponents, means, point[j], j);
            else
                SubtractSquares(exponents, means, point[j], _precisions[j]);
        }
        double most = _exponents[_count];
        foreach (double exponent in exponents)
            most = Math.Max(most, exponent);
        double sum = 0;
        foreach (double exponent in _exponents)
            if (exponent > most - 40)
                sum += PortableMath.Exp(exponent - most);
        return most + PortableMath.Log(sum / (_count + 1));
    }

    // Of any width: each kernel has a place of its own.
    static void SubtractSquares(Span<double> exponents, ReadOnlySpan<double> means, double x, double precision)
    {
        int k = 0;
        for (; k <= means.Length - Vector<double>.Count; k += Vector<double>.Count)
        {
            Vector<double> difference = new Vector<double>(x) - new Vector<double>(means[k..]);
            (new Vector<double>(exponents[k..]) - difference * difference * new Vector<double>(precision))
                .CopyTo(exponents[k..]);
        }
        for (; k < means.Length; k++)
            exponents[k] -= (x - means[k]) * (x - means[k]) * precision;
    }

    void AddChoice(Span<double> exponents, ReadOnlySpan<double> means, double x, int j)
    {
        double count = _ranges[j].Count!.Value, keep = KeepOf(j), other = (1 - keep) / count;
        double same = PortableMath.Log(keep + other), another = PortableMath.Log(other);
        for (int k = 0; k < means.Length; k++)
            exponents[k] += Math.Abs(x - means[k]) * count < 0.5 ? same : another;
    }
}

/// <summary>The standard normal distribution, the same bits on every machine.</summary>
static class Normal
{
    /// <summary>P(X ≤ x), to 1.5·10⁻⁷ (Abramowitz and Stegun 7.1.26).</summary>
    public static double Distribution(double x)
    {
        double z = Math.Abs(x) / Math.Sqrt(2), t = 1 / (1 + 0.3275911 * z);
        double tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
            * PortableMath.Exp(-z * z);
        return x >= 0 ? 1 - tail / 2 : tail / 2;
    }

    /// <summary>The density at x.</summary>
    public static double Density(double x) => 0.3989422804014327 * PortableMath.Exp(-x * x / 2);
}
