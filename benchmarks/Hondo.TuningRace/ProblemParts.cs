namespace Hondo.TuningRace;

// The functions that take more than a line.
sealed partial class Problem
{
    double Slope(int i, double x)
    {
        double s = Sign(_optimum[i]) * Power(10, i);
        return 5 * Math.Abs(s) - s * (_optimum[i] * x < 25 ? x : _optimum[i]);
    }

    double Steps(double[] h)
    {
        double[] z = Mul(_q, [.. h.Select(v => Math.Abs(v) > 0.5 ? Math.Floor(0.5 + v) : Math.Floor(0.5
            + 10 * v) / 10)]);
        return 0.1 * Math.Max(Math.Abs(h[0]) / 1e4, Sum(z, (v, i) => Power(100, i) * v * v));
    }

    static double Weierstrass(double[] z)
    {
        double f0 = 0, s = 0;
        for (int k = 0; k < 12; k++)
        {
            f0 += Math.Pow(0.5, k) * Math.Cos(Math.PI * Math.Pow(3, k));
            s += z.Sum(v => Math.Pow(0.5, k) * Math.Cos(2 * Math.PI * Math.Pow(3, k) * (v + 0.5)));
        }
        return 10 * Math.Pow(s / D - f0, 3);
    }

    static double Schaffer(double[] z) => Square(z.Zip(z.Skip(1), (a, b) => Math.Sqrt(a * a + b * b))
        .Sum(v => Math.Sqrt(v) + Math.Sqrt(v) * Square(Math.Sin(50 * Math.Pow(v, 0.2)))) / (D - 1));

    double Schwefel(double[] x)
    {
        double[] m = [.. _optimum.Select(v => 2 * Math.Abs(v))], h = [.. x.Zip(_optimum, (v, u) => 2 * Sign(u) * v)];
        double[] z = [h[0], .. Enumerable.Range(0, D - 1).Select(i => h[i + 1] + 0.25 * (h[i] - m[i]))];
        z = [.. Lam(10, [.. z.Zip(m, (a, b) => a - b)]).Zip(m, (v, u) => 100 * (v + u))];
        return -z.Sum(v => v * Math.Sin(Math.Sqrt(Math.Abs(v)))) / (100 * D) + 4.189828872724339
            + 100 * Pen([.. z.Select(v => v / 100)]);
    }

    double Peak(int i, double[] x) => _weights[i]
        * Math.Exp(-Sum(Mul(_r, [.. x.Zip(_peaks[i], (a, b) => a - b)]), (v, j) => _scales[i][j] * v * v) / (2 * D));

    static double Katsuura(double[] z)
    {
        double product = 1;
        for (int i = 0; i < D; i++)
        {
            double s = 0;
            for (int j = 1; j <= 32; j++)
                s += Math.Abs(Math.Pow(2, j) * z[i] - Math.Floor(Math.Pow(2, j) * z[i] + 0.5)) / Math.Pow(2, j);
            product *= Math.Pow(1 + (i + 1) * s, 10 / Math.Pow(D, 1.2));
        }
        return 10.0 / (D * D) * (product - 1);
    }

    double Lunacek(double[] x)
    {
        double m0 = 2.5, s = 1 - 1 / (2 * Math.Sqrt(D + 20) - 8.2), m1 = -Math.Sqrt((m0 * m0 - 1) / s);
        double[] h = [.. x.Zip(_optimum, (v, u) => 2 * Sign(u) * v)];
        double[] z = Mul(_q, Lam(100, Mul(_r, [.. h.Select(v => v - m0)])));
        return Math.Min(h.Sum(v => Square(v - m0)), D + s * h.Sum(v => Square(v - m1)))
            + 10 * (D - z.Sum(v => Math.Cos(2 * Math.PI * v))) + 1e4 * Pen(x);
    }
}
