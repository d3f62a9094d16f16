namespace Hondo.Insights;

/// <summary>How likely chance alone makes two samples differ as much as they do.</summary>
static class Significance
{
    /// <summary>P(χ² ≥ x) = Q(degrees/2, x/2), the upper regularised incomplete gamma function.</summary>
    public static double ChiSquare(double x, int degrees)
    {
        double a = degrees / 2.0, z = x / 2;
        if (z <= 0)
            return 1;
        double front = Math.Exp(a * Math.Log(z) - z - LogGamma(a));
        return z < a + 1 ? 1 - front * LowerSeries(a, z) : front * UpperFraction(a, z);
    }

    /// <summary>The largest distance of the two empirical distribution functions (Smirnov 1939).</summary>
    public static double Distance(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        float[] a = x.ToArray(), b = y.ToArray();
        Array.Sort(a);
        Array.Sort(b);
        double distance = 0;
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            float next = Math.Min(a[i], b[j]);
            while (i < a.Length && a[i] == next)
                i++;
            while (j < b.Length && b[j] == next)
                j++;
            distance = Math.Max(distance, Math.Abs((double)i / a.Length - (double)j / b.Length));
        }
        return distance;
    }

    /// <summary>
    /// P(D ≥ distance) for samples of n and m: 2 Σ (−1)ᵏ⁻¹ e^(−2k²λ²) with Stephens' (1970) λ, good from 4 samples on.
    /// </summary>
    public static double KolmogorovSmirnov(double distance, int n, int m)
    {
        double size = Math.Sqrt((double)n * m / (n + m));
        double lambda = (size + 0.12 + 0.11 / size) * distance;
        if (lambda < 0.2)
            return 1;
        double sum = 0;
        for (int k = 1; k <= 100; k++)
            sum += (k % 2 == 1 ? 2 : -2) * Math.Exp(-2.0 * k * k * lambda * lambda);
        return Math.Clamp(sum, 0, 1);
    }

    // Σ zⁿ / (a (a+1) … (a+n))
    static double LowerSeries(double a, double z)
    {
        double term = 1 / a, sum = term;
        for (int n = 1; n < 1000 && term > sum * 1e-16; n++)
            sum += term *= z / (a + n);
        return sum;
    }

    // Lentz's continued fraction of Γ(a, z) / (e⁻ᶻ zᵃ).
    static double UpperFraction(double a, double z)
    {
        const double Tiny = 1e-300;
        double b = z + 1 - a, c = 1 / Tiny, d = 1 / b, result = d;
        for (int i = 1; i < 1000; i++)
        {
            double factor = i * (a - i);
            b += 2;
            d = 1 / NotZero(factor * d + b);
            c = NotZero(b + factor / c);
            result *= d * c;
            if (Math.Abs(d * c - 1) < 1e-15)
                break;
        }
        return result;

        static double NotZero(double x) => Math.Abs(x) < Tiny ? Tiny : x;
    }

    // Lanczos 1964, g = 7.
    static double LogGamma(double x)
    {
        ReadOnlySpan<double> coefficients = [0.99999999999980993, 676.5203681218851, -1259.1392167224028,
            771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
            1.5056327351493116e-7];
        double sum = coefficients[0], t = x + 6.5;
        for (int i = 1; i < coefficients.Length; i++)
            sum += coefficients[i] / (x - 1 + i);
        return 0.5 * Math.Log(2 * Math.PI) + (x - 0.5) * Math.Log(t) - t + Math.Log(sum);
    }
}
