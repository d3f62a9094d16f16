using System.Numerics;

namespace Hondo.Classical;

/// <summary>
/// Eigenvalues and eigenvectors of a symmetric matrix: Householder reflections to three diagonals, then implicit QR
/// steps with Wilkinson's shift (Golub and Van Loan, "Matrix Computations", §8.3). About 4 n³ products.
/// </summary>
sealed class SymmetricEigen
{
    const double Epsilon = 2.220446049250313e-16;

    readonly int _n;
    readonly double[] _a, _off;

    /// <summary>Decomposes.</summary>
    /// <param name="matrix">The matrix, row-major, both triangles; it is overwritten.</param>
    /// <param name="n">Rows and columns.</param>
    public SymmetricEigen(double[] matrix, int n)
    {
        (_a, _n, _off) = (matrix, n, new double[Math.Max(n, 1)]);
        (Values, Vectors) = (new double[n], new double[n * n]);
        Tridiagonalize();
        Accumulate();
        Diagonalize();
        Sort();
    }

    /// <summary>Eigenvalues, largest first.</summary>
    public double[] Values { get; }

    /// <summary>Eigenvectors of length 1, one a row.      [n, n]</summary>
    public double[] Vectors { get; }

    Span<double> Vector(int row) => Vectors.AsSpan(row * _n, _n);

    // A ← H A H with H = I − 2vvᵀ, so that column k is 0 below its first place; v stays in the row that it made 0.
    void Tridiagonalize()
    {
        var product = new double[_n];
        for (int k = 0; k + 2 < _n; k++)
        {
            Span<double> v = _a.AsSpan(k * _n + k + 1, _n - k - 1), w = product.AsSpan(k + 1);
            double length = Math.Sqrt(Dot(v, v));
            _off[k] = v[0] > 0 ? -length : length;
            v[0] -= _off[k];
            double norm = Math.Sqrt(Dot(v, v));
            if (norm == 0)
                continue;
            for (int j = 0; j < v.Length; j++)
                v[j] /= norm;
            for (int i = 0; i < v.Length; i++)
                w[i] = 2 * Dot(Row(k + 1 + i, k + 1), v);
            AddScaled(w, v, -Dot(v, w));
            for (int i = 0; i < v.Length; i++)
            {
                Span<double> row = Row(k + 1 + i, k + 1);
                AddScaled(row, w, -v[i]);
                AddScaled(row, v, -w[i]);
            }
        }
        if (_n > 1)
            _off[_n - 2] = _a[(_n - 2) * _n + _n - 1];
        for (int i = 0; i < _n; i++)
            Values[i] = _a[i * _n + i];
    }

    Span<double> Row(int row, int from) => _a.AsSpan(row * _n + from, _n - from);

    // The reflections multiplied together, as rows.
    void Accumulate()
    {
        for (int i = 0; i < _n; i++)
            Vectors[i * _n + i] = 1;
        for (int k = _n - 3; k >= 0; k--)
        {
            ReadOnlySpan<double> v = Row(k, k + 1);
            if (Dot(v, v) == 0)
                continue;
            for (int row = k + 1; row < _n; row++)
            {
                Span<double> z = Vector(row)[(k + 1)..];
                AddScaled(z, v, -2 * Dot(z, v));
            }
        }
    }

    void Diagonalize()
    {
        for (int high = _n - 1; high > 0;)
        {
            for (int i = 0; i < high; i++)
                if (Math.Abs(_off[i]) <= Epsilon * (Math.Abs(Values[i]) + Math.Abs(Values[i + 1])))
                    _off[i] = 0;
            if (_off[high - 1] == 0)
            {
                high--;
                continue;
            }
            int low = high - 1;
            while (low > 0 && _off[low - 1] != 0)
                low--;
            QrStep(low, high);
        }
    }

    void QrStep(int low, int high)
    {
        double[] d = Values, e = _off;
        double half = (d[high - 1] - d[high]) / 2, last = e[high - 1];
        double root = Math.Sqrt(half * half + last * last);
        double shift = d[high] - last * last / (half + (half >= 0 ? root : -root));
        double x = d[low] - shift, bulge = e[low];
        for (int k = low; k < high; k++)
        {
            double r = Math.Sqrt(x * x + bulge * bulge), c = r == 0 ? 1 : x / r, s = r == 0 ? 0 : bulge / r;
            if (k > low)
                e[k - 1] = r;
            (double a, double b, double g) = (d[k], e[k], d[k + 1]);
            d[k] = c * c * a + 2 * c * s * b + s * s * g;
            d[k + 1] = s * s * a - 2 * c * s * b + c * c * g;
            e[k] = c * s * (g - a) + (c * c - s * s) * b;
            if (k + 1 < high)
            {
                bulge = s * e[k + 1];
                e[k + 1] *= c;
                x = e[k];
            }
            Rotate(Vector(k), Vector(k + 1), c, s);
        }
    }

    void Sort()
    {
        double[] values = [.. Values], vectors = [.. Vectors];
        int[] order = [.. Enumerable.Range(0, _n).OrderByDescending(i => values[i])];
        for (int i = 0; i < _n; i++)
        {
            Values[i] = values[order[i]];
            vectors.AsSpan(order[i] * _n, _n).CopyTo(Vector(i));
        }
    }

    // Four chains in a fixed order: the same bits at any register width.
    static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double a = 0, b = 0, c = 0, d = 0;
        int i = 0;
        for (; i + 3 < x.Length; i += 4)
        {
            a += x[i] * y[i];
            b += x[i + 1] * y[i + 1];
            c += x[i + 2] * y[i + 2];
            d += x[i + 3] * y[i + 3];
        }
        for (; i < x.Length; i++)
            a += x[i] * y[i];
        return a + b + (c + d);
    }

    static void AddScaled(Span<double> y, ReadOnlySpan<double> x, double scale)
    {
        int i = 0, width = Vector<double>.Count;
        var factor = new Vector<double>(scale);
        for (; i + width <= y.Length; i += width)
            (new Vector<double>(y[i..]) + new Vector<double>(x[i..]) * factor).CopyTo(y[i..]);
        for (; i < y.Length; i++)
            y[i] += x[i] * scale;
    }

    static void Rotate(Span<double> x, Span<double> y, double c, double s)
    {
        int i = 0, width = Vector<double>.Count;
        Vector<double> cosine = new(c), sine = new(s);
        for (; i + width <= x.Length; i += width)
        {
            Vector<double> a = new(x[i..]), b = new(y[i..]);
            (cosine * a + sine * b).CopyTo(x[i..]);
            (cosine * b - sine * a).CopyTo(y[i..]);
        }
        for (; i < x.Length; i++)
            (x[i], y[i]) = (c * x[i] + s * y[i], c * y[i] - s * x[i]);
    }
}
