namespace Hondo.Metrics;

/// <summary>Odds p / (1 − p) and their logarithm, in which logistic regression is linear.</summary>
public static class Logit
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
