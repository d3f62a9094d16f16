namespace Hondo.Insights;

/// <summary>
/// Information of probability distributions (Shannon 1948), in bits or in nats: <c>Information.Bits.Entropy(p)</c>.
/// </summary>
public sealed class Information
{
    readonly double _unit;

    Information(double unit) => _unit = unit;

    /// <summary>With logarithms to base 2.</summary>
    public static Information Bits { get; } = new(Math.Log(2));

    /// <summary>With natural logarithms: 1 nat = 1.4427 bits.</summary>
    public static Information Nats { get; } = new(1);

    /// <summary>−log p: how surprising an event of probability p is.</summary>
    /// <exception cref="ArgumentOutOfRangeException">p is not between 0 and 1.</exception>
    public double Surprise(double p)
    {
        if (!(p is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(p), p, "A probability lies between 0 and 1.");
        return p == 1 ? 0 : -Math.Log(p) / _unit;
    }

    /// <summary>H(p) = −Σ p log p, with 0 log 0 = 0.</summary>
    /// <exception cref="ArgumentException">p does not sum to 1.</exception>
    public double Entropy(ReadOnlySpan<double> p) => CrossEntropy(p, p);

    /// <summary>H(p, q) = −Σ p log q: the mean surprise of one who believes q while p is true.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or one does not sum to 1.</exception>
    public double CrossEntropy(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        Check(p, q);
        double sum = 0;
        for (int i = 0; i < p.Length; i++)
            sum += p[i] == 0 ? 0 : p[i] * Surprise(q[i]);
        return sum;
    }

    /// <summary>KL(p ‖ q) = Σ p log(p / q) = H(p, q) − H(p) ≥ 0 (Kullback and Leibler 1951).</summary>
    /// <exception cref="ArgumentException">The lengths differ, or one does not sum to 1.</exception>
    public double Divergence(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        Check(p, q);
        double sum = 0;
        for (int i = 0; i < p.Length; i++)
            sum += p[i] == 0 ? 0 : p[i] * Math.Log(p[i] / q[i]);
        return sum / _unit;
    }

    static void Check(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        if (p.Length != q.Length)
            throw new ArgumentException(
                $"The distributions have {p.Length} and {q.Length} outcomes: they must be about the same.");
        double sumP = 0, sumQ = 0;
        for (int i = 0; i < p.Length; i++)
            (sumP, sumQ) = (sumP + p[i], sumQ + q[i]);
        // Probabilities written with three decimals may miss 1 by a little.
        if (Math.Abs(sumP - 1) > 1e-3 || Math.Abs(sumQ - 1) > 1e-3)
            throw new ArgumentException(FormattableString.Invariant(
                $"Probabilities sum to 1, but these sum to {sumP:G6} and {sumQ:G6}. Divide them by their sum."));
    }
}

/// <summary>Odds p / (1 − p) and their logarithm, in which logistic regression is linear.</summary>
public static class Odds
{
    /// <summary>p / (1 − p): 0.8 is 4 to 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">p is not between 0 and 1.</exception>
    public static double Of(double p) => p is >= 0 and <= 1
        ? p / (1 - p)
        : throw new ArgumentOutOfRangeException(nameof(p), p, "A probability lies between 0 and 1.");

    /// <summary>ln(p / (1 − p)): the logit, the inverse of the sigmoid.</summary>
    /// <exception cref="ArgumentOutOfRangeException">p is not between 0 and 1.</exception>
    public static double Log(double p) => Math.Log(Of(p));

    /// <summary>The probability of given odds: odds / (1 + odds).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The odds are negative.</exception>
    public static double Probability(double odds) =>
        odds >= 0
            ? double.IsPositiveInfinity(odds) ? 1 : odds / (1 + odds)
            : throw new ArgumentOutOfRangeException(nameof(odds), odds, "Odds are not negative.");
}
