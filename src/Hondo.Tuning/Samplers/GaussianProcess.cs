using System.Numerics;
using Hondo.Kernels;

namespace Hondo.Tuning;

/// <summary>
/// y ~ N(0, K + noise), K with Matérn's kernel 5/2: (1 + r + r²/3) e⁻ʳ, r² = 5 Σ ((x − x′)/length)²; between choices
/// the difference is 0 or 1.
/// </summary>
sealed class GaussianProcess
{
    const int Rounds = 12;

    const double Noise = 1e-3;

    static readonly double[] Lengths = [0.15, 0.3, 0.6, 1.2];

    readonly double[][] _x;
    readonly double[] _y, _inverse;
    readonly bool[] _isChoice;
    readonly double _noise;
    // The columns of the lower root of K: each sum is taken in the order of k, many of them at a time.
    readonly double[][] _root;
    readonly double[] _alpha;

    GaussianProcess(double[][] x, double[] y, bool[] isChoice, double[] logLengths, double logNoise)
    {
        (_x, _y, _isChoice, _noise) = (x, y, isChoice, PortableMath.Exp(logNoise));
        _inverse = Array.ConvertAll(logLengths, length => PortableMath.Exp(-length));
        _root = [.. Enumerable.Range(0, x.Length).Select(j => Column(x, j))];
        for (int k = 0; k < _root.Length; k++)
        {
            double[] column = _root[k];
            column[k] = Math.Sqrt(Math.Max(column[k], 1e-12));
            for (int i = k + 1; i < column.Length; i++)
                column[i] /= column[k];
            for (int j = k + 1; j < _root.Length; j++)
                Subtract(_root[j].AsSpan(j), column.AsSpan(j), column[j]);
        }
        _alpha = SolveTransposed(Solve(y));
    }

    double[] Column(double[][] x, int j)
    {
        var column = new double[x.Length];
        for (int i = j; i < x.Length; i++)
            column[i] = i == j ? 1 + _noise : Kernel(x[i], x[j]);
        return column;
    }

    // y -= factor x
    static void Subtract(Span<double> y, ReadOnlySpan<double> x, double factor)
    {
        int i = 0;
        for (; i <= y.Length - Vector<double>.Count; i += Vector<double>.Count)
            (new Vector<double>(y[i..]) - new Vector<double>(x[i..]) * new Vector<double>(factor)).CopyTo(y[i..]);
        for (; i < y.Length; i++)
            y[i] -= x[i] * factor;
    }

    /// <summary>The likeliest of a few processes that have one length for all parameters: quick.</summary>
    public static GaussianProcess FitOneLength(double[][] x, double[] y, bool[] isChoice)
    {
        GaussianProcess? best = null;
        double bestScore = double.NegativeInfinity;
        foreach (double length in Lengths)
        {
            double[] point = [.. isChoice.Select(_ => PortableMath.Log(length)), PortableMath.Log(Noise)];
            var process = new GaussianProcess(x, y, isChoice, point[..^1], point[^1]);
            double score = process.Score(point);
            if (best is null || score > bestScore)
                (best, bestScore) = (process, score);
        }
        return best!;
    }

    /// <summary>
    /// Fits lengths and noise by the likelihood with mild priors: steps along one coordinate after the other, ever
    /// smaller.
    /// </summary>
    public static GaussianProcess Fit(double[][] x, double[] y, bool[] isChoice)
    {
        int d = isChoice.Length;
        double[] point = new double[d + 1];
        for (int i = 0; i < d; i++)
            point[i] = PortableMath.Log(0.5);
        point[d] = PortableMath.Log(1e-4);
        var best = new GaussianProcess(x, y, isChoice, point[..d], point[d]);
        double bestScore = best.Score(point);
        double step = 1;
        for (int round = 0; round < Rounds; round++, step *= 0.75)
            for (int i = 0; i <= d; i++)
                foreach (double sign in (ReadOnlySpan<double>)[1, -1])
                {
                    double[] next = [.. point];
                    next[i] += sign * step * (i == d ? 2 : 1);
                    if (next[i] < (i == d ? -16 : -3.5) || next[i] > (i == d ? 0 : 3))
                        continue;
                    var process = new GaussianProcess(x, y, isChoice, next[..d], next[d]);
                    double score = process.Score(next);
                    if (score > bestScore)
                    {
                        (best, bestScore, point) = (process, score, next);
                        break;
                    }
                }
        return best;
    }

    // The logarithm of likelihood times priors: lengths around a half, noise small.
    double Score(double[] point)
    {
        double score = 0;
        for (int i = 0; i < _y.Length; i++)
            score -= 0.5 * _y[i] * _alpha[i] + PortableMath.Log(_root[i][i]);
        for (int i = 0; i < _isChoice.Length; i++)
            score -= 0.5 * Square((point[i] - PortableMath.Log(0.6)) / 1.0);
        return score - 0.5 * Square((point[^1] - PortableMath.Log(1e-4)) / 3);
    }

    static double Square(double x) => x * x;

    double Kernel(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double difference = _isChoice[i] ? a[i] == b[i] ? 0 : 1 : a[i] - b[i];
            sum += Square(difference * _inverse[i]);
        }
        double r = Math.Sqrt(5 * sum);
        return (1 + r + r * r / 3) * PortableMath.Exp(-r);
    }

    double[] Solve(double[] y)
    {
        double[] z = [.. y];
        for (int k = 0; k < z.Length; k++)
        {
            z[k] /= _root[k][k];
            Subtract(z.AsSpan(k + 1), _root[k].AsSpan(k + 1), z[k]);
        }
        return z;
    }

    double[] SolveTransposed(double[] z)
    {
        var y = new double[z.Length];
        for (int i = z.Length - 1; i >= 0; i--)
        {
            double sum = z[i];
            for (int k = i + 1; k < z.Length; k++)
                sum -= _root[i][k] * y[k];
            y[i] = sum / _root[i][i];
        }
        return y;
    }

    /// <summary>Mean and deviation at a point.</summary>
    public (double Mean, double Deviation) At(double[] point)
    {
        double[] k = Array.ConvertAll(_x, x => Kernel(x, point));
        double mean = 0;
        for (int i = 0; i < k.Length; i++)
            mean += k[i] * _alpha[i];
        double[] v = Solve(k);
        double variance = 1;
        foreach (double one in v)
            variance -= one * one;
        return (mean, Math.Sqrt(Math.Max(variance, 1e-12)));
    }

    /// <summary>The logarithm of E[max(0, best − f(x))].</summary>
    public double LogImprovement(double[] point, double best)
    {
        (double mean, double deviation) = At(point);
        double z = (best - mean) / deviation;
        // Far below the mean two terms cancel: their series takes over.
        double h = z > -3.5 ? PortableMath.Log(Math.Max(1e-300, z * Normal.Distribution(z) + Normal.Density(z)))
            : -0.5 * z * z - 0.9189385332046727 + PortableMath.Log((1 - 3 / (z * z) + 15 / (z * z * z * z)) / (z * z));
        return h + PortableMath.Log(deviation);
    }
}
