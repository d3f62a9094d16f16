namespace Hondo.Tuning;

/// <summary>Student's distribution: is the difference of two means more than chance?</summary>
static class StudentT
{
    /// <summary>P(|T| ≥ t) with so many degrees of freedom.</summary>
    public static double TwoSided(double t, double degrees) => degrees <= 0 || double.IsNaN(t) ? 1
        : Beta(degrees / (degrees + t * t), degrees / 2, 0.5);

    /// <summary>
    /// Welch's test (1947) of two samples: t and the probability of such a difference, or a larger one, by chance.
    /// </summary>
    public static double Welch(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        if (a.Count < 2 || b.Count < 2)
            return 1;
        double va = Variance(a) / a.Count, vb = Variance(b) / b.Count, difference = a.Average() - b.Average();
        if (va + vb == 0)
            return difference == 0 ? 1 : 0;
        double degrees = (va + vb) * (va + vb) / (va * va / (a.Count - 1) + vb * vb / (b.Count - 1));
        return TwoSided(difference / Math.Sqrt(va + vb), degrees);
    }

    /// <summary>The variance of a sample, divided by n − 1.</summary>
    public static double Variance(IReadOnlyList<double> values)
    {
        if (values.Count < 2)
            return 0;
        double mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1);
    }

    // The regularised incomplete beta function, by Lentz's continued fraction.
    static double Beta(double x, double a, double b)
    {
        if (x is <= 0 or >= 1)
            return x <= 0 ? 0 : 1;
        if (x > (a + 1) / (a + b + 2))
            return 1 - Beta(1 - x, b, a);
        double front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + a * Math.Log(x)
            + b * Math.Log(1 - x)) / a;
        double c = 1, d = 1 / NotZero(1 - (a + b) * x / (a + 1)), result = d;
        for (int m = 1; m < 300; m++)
        {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            foreach (double factor in (ReadOnlySpan<double>)[even, odd])
            {
                d = 1 / NotZero(1 + factor * d);
                c = NotZero(1 + factor / c);
                result *= c * d;
            }
            if (Math.Abs(c * d - 1) < 1e-14)
                break;
        }
        return front * result;
    }

    static double NotZero(double x) => Math.Abs(x) < 1e-300 ? 1e-300 : x;

    // Stirling's series after moving up to 10.
    static double LogGamma(double x)
    {
        double shift = 0;
        for (; x < 10; x++)
            shift -= Math.Log(x);
        return shift + (x - 0.5) * Math.Log(x) - x + 0.5 * Math.Log(2 * Math.PI) + 1 / (12 * x)
            - 1 / (360 * x * x * x) + 1 / (1260 * Math.Pow(x, 5));
    }
}
