namespace Hondo.Onnx.Ops;

/// <summary>Functions that Math does not have, in double.</summary>
static class SpecialFunctions
{
    /// <summary>1 / (1 + e⁻ˣ), without overflow.</summary>
    public static double Sigmoid(double x) =>
        x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

    /// <summary>ln(1 + eˣ), without overflow.</summary>
    public static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    /// <summary>
    /// 2/√π ∫₀ˣ e^(−t²) dt: its power series below 3, a continued fraction of the rest above
    /// (Abramowitz and Stegun 1964, 7.1.5 and 7.1.14).
    /// </summary>
    public static double Erf(double x)
    {
        double size = Math.Abs(x);
        if (double.IsNaN(x) || size > 6)
            return double.IsNaN(x) ? x : Math.Sign(x);
        return size < 3 ? Series(x) : Math.Sign(x) * (1 - Rest(size));
    }

    static double Series(double x)
    {
        double term = x, sum = x;
        for (int n = 1; n < 100 && Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
        {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }
        return 2 / Math.Sqrt(Math.PI) * sum;
    }

    static double Rest(double x)
    {
        double fraction = 0;
        for (int n = 60; n >= 1; n--)
            fraction = n / 2.0 / (x + fraction);
        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / (x + fraction);
    }
}
