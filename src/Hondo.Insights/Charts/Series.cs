namespace Hondo.Charts;

/// <summary>One curve: points from left to right. A number that is NaN or infinite leaves a gap.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="X">Where the points are.</param>
/// <param name="Y">How high they are; as many as <paramref name="X"/>.</param>
public sealed record Series(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    /// <summary>Points at 1, 2, 3, …: one for each epoch.</summary>
    public Series(string name, IReadOnlyList<double> y) : this(name,
        [.. Enumerable.Range(1, y.Count).Select(i => (double)i)], y)
    { }

    /// <summary>
    /// The curve smoothed: s ← w·s + (1 − w)·y, divided by 1 − wᵗ so that its start is not drawn towards 0
    /// (Kingma and Ba 2014, arXiv:1412.6980, section 3). Gaps stay gaps.
    /// </summary>
    /// <param name="weight">How much of the past stays, from 0 to below 1.</param>
    public Series Smoothed(double weight)
    {
        if (weight is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(weight), weight,
                "The weight of smoothing is 0 or more, and below 1.");
        double sum = 0, share = 0;
        var smooth = new double[Y.Count];
        for (int i = 0; i < smooth.Length; i++)
        {
            if (!double.IsFinite(Y[i]))
            {
                smooth[i] = Y[i];
                continue;
            }
            sum = weight * sum + (1 - weight) * Y[i];
            share = weight * share + (1 - weight);
            smooth[i] = sum / share;
        }
        return this with { Y = smooth };
    }
}
