using Hondo.Kernels;

namespace Hondo.Tuning;

/// <summary>The normal distribution of CMA-ES on [0, 1]ᵈ, and its paths; letters as in Hansen 2016.</summary>
sealed class CmaState
{
    const int Tries = 100;

    readonly int _d;
    readonly double[] _weights, _mean, _pSigma, _pC, _lengths;
    readonly double[,] _c, _b;
    readonly double _muEff, _cSigma, _dSigma, _cC, _c1, _cMu, _chi;
    double _sigma;

    public CmaState(int d, double sigma)
    {
        (_d, _sigma, Size) = (d, sigma, 4 + (int)(3 * PortableMath.Log(d)));
        int mu = Size / 2;
        _weights = [.. Enumerable.Range(1, mu).Select(i => PortableMath.Log((Size + 1) / 2.0) - PortableMath.Log(i))];
        double sum = _weights.Sum();
        for (int i = 0; i < mu; i++)
            _weights[i] /= sum;
        _muEff = 1 / _weights.Sum(w => w * w);
        _cSigma = (_muEff + 2) / (d + _muEff + 5);
        _dSigma = 1 + 2 * Math.Max(0, Math.Sqrt((_muEff - 1) / (d + 1)) - 1) + _cSigma;
        _cC = (4 + _muEff / d) / (d + 4 + 2 * _muEff / d);
        _c1 = 2 / ((d + 1.3) * (d + 1.3) + _muEff);
        _cMu = Math.Min(1 - _c1, 2 * (_muEff - 2 + 1 / _muEff) / ((d + 2.0) * (d + 2) + _muEff));
        _chi = Math.Sqrt(d) * (1 - 1.0 / (4 * d) + 1.0 / (21.0 * d * d));
        (_mean, _pSigma, _pC, _lengths) = (new double[d], new double[d], new double[d], new double[d]);
        (_c, _b) = (new double[d, d], new double[d, d]);
        for (int i = 0; i < d; i++)
            (_mean[i], _lengths[i], _c[i, i], _b[i, i]) = (0.5, 1, 1, 1);
    }

    /// <summary>Trials a generation: λ.</summary>
    public int Size { get; }

    /// <summary>Generations learned.</summary>
    public int Generation { get; private set; }

    /// <summary>A point of the distribution within [0, 1]ᵈ: drawn again while it is outside, at last cut off.</summary>
    public double[] Draw(Philox random)
    {
        var x = new double[_d];
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            for (int i = 0; i < _d; i++)
                x[i] = _mean[i];
            for (int j = 0; j < _d; j++)
            {
                double z = _sigma * _lengths[j] * random.Normal((long)attempt * _d + j);
                for (int i = 0; i < _d; i++)
                    x[i] += z * _b[i, j];
            }
            if (Array.TrueForAll(x, value => value is >= 0 and <= 1))
                return x;
        }
        return Array.ConvertAll(x, value => Math.Clamp(value, 0, 1));
    }

    /// <summary>Moves towards the best of a generation.</summary>
    public void Learn(List<(double Loss, double[] X)> generation)
    {
        Generation++;
        double[][] best = [.. generation.OrderBy(one => one.Loss).Take(_weights.Length).Select(one => one.X)];
        double[] old = [.. _mean], step = new double[_d];
        for (int i = 0; i < _d; i++)
        {
            _mean[i] = 0;
            for (int k = 0; k < best.Length; k++)
                _mean[i] += _weights[k] * best[k][i];
            step[i] = (_mean[i] - old[i]) / _sigma;
        }
        double length = MovePathOfSigma(step);
        double h = length / Math.Sqrt(1 - Math.Exp(2 * Generation * Math.Log(1 - _cSigma)))
            < (1.4 + 2.0 / (_d + 1)) * _chi ? 1 : 0;
        for (int i = 0; i < _d; i++)
            _pC[i] = (1 - _cC) * _pC[i] + h * Math.Sqrt(_cC * (2 - _cC) * _muEff) * step[i];
        Reshape(best, old, h);
        _sigma = Math.Clamp(_sigma * PortableMath.Exp(_cSigma / _dSigma * (length / _chi - 1)), 1e-12, 1);
        Eigen.Decompose(_c, _b, _lengths);
        for (int i = 0; i < _d; i++)
            _lengths[i] = Math.Sqrt(Math.Max(_lengths[i], 1e-20));
    }

    // pσ ← (1 − cσ) pσ + √(cσ (2 − cσ) μeff) C^(−1/2) step; its length.
    double MovePathOfSigma(double[] step)
    {
        double factor = Math.Sqrt(_cSigma * (2 - _cSigma) * _muEff), square = 0;
        var along = new double[_d];
        for (int j = 0; j < _d; j++)
        {
            for (int i = 0; i < _d; i++)
                along[j] += _b[i, j] * step[i];
            along[j] /= _lengths[j];
        }
        for (int i = 0; i < _d; i++)
        {
            double whitened = 0;
            for (int j = 0; j < _d; j++)
                whitened += _b[i, j] * along[j];
            _pSigma[i] = (1 - _cSigma) * _pSigma[i] + factor * whitened;
            square += _pSigma[i] * _pSigma[i];
        }
        return Math.Sqrt(square);
    }

    void Reshape(double[][] best, double[] old, double h)
    {
        double keep = 1 - _c1 - _cMu + (1 - h) * _c1 * _cC * (2 - _cC);
        for (int i = 0; i < _d; i++)
            for (int j = 0; j <= i; j++)
            {
                double rank = 0;
                for (int k = 0; k < best.Length; k++)
                    rank += _weights[k] * (best[k][i] - old[i]) * (best[k][j] - old[j]);
                _c[i, j] = _c[j, i] = keep * _c[i, j] + _c1 * _pC[i] * _pC[j] + _cMu * rank / (_sigma * _sigma);
            }
    }
}

/// <summary>Eigenvectors of small symmetric matrices by Jacobi's rotations.</summary>
static class Eigen
{
    const int Sweeps = 30;

    /// <summary>A = B diag(values) Bᵀ.</summary>
    public static void Decompose(double[,] a, double[,] b, double[] values)
    {
        int d = values.Length;
        var m = (double[,])a.Clone();
        for (int i = 0; i < d; i++)
            for (int j = 0; j < d; j++)
                b[i, j] = i == j ? 1 : 0;
        for (int sweep = 0; sweep < Sweeps && OffDiagonal(m, d) > 0; sweep++)
            for (int p = 0; p < d; p++)
                for (int q = p + 1; q < d; q++)
                    if (Math.Abs(m[p, q]) > 1e-18 * Math.Sqrt(Math.Abs(m[p, p] * m[q, q])))
                        Rotate(m, b, p, q, d);
                    else
                        m[p, q] = m[q, p] = 0;
        for (int i = 0; i < d; i++)
            values[i] = m[i, i];
    }

    static double OffDiagonal(double[,] m, int d)
    {
        double sum = 0;
        for (int i = 0; i < d; i++)
            for (int j = 0; j < i; j++)
                sum += Math.Abs(m[i, j]);
        return sum;
    }

    static void Rotate(double[,] m, double[,] b, int p, int q, int d)
    {
        double theta = (m[q, q] - m[p, p]) / (2 * m[p, q]);
        double t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        double c = 1 / Math.Sqrt(t * t + 1), s = t * c;
        for (int k = 0; k < d; k++)
            (m[k, p], m[k, q]) = (c * m[k, p] - s * m[k, q], s * m[k, p] + c * m[k, q]);
        for (int k = 0; k < d; k++)
            (m[p, k], m[q, k]) = (c * m[p, k] - s * m[q, k], s * m[p, k] + c * m[q, k]);
        for (int k = 0; k < d; k++)
            (b[k, p], b[k, q]) = (c * b[k, p] - s * b[k, q], s * b[k, p] + c * b[k, q]);
    }
}
