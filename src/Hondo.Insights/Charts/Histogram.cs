namespace Hondo.Charts;

/// <summary>How numbers are distributed: bins of equal width from the least to the largest.</summary>
public sealed class Histogram
{
    readonly long[] _counts;

    Histogram(double low, double high, long[] counts, double sum, double squares, long notFinite)
    {
        (Low, High, _counts, Sum, SumOfSquares, NotFinite) = (low, high, counts, sum, squares, notFinite);
        Count = counts.Sum();
    }

    /// <summary>The least number.</summary>
    public double Low { get; }

    /// <summary>The largest number.</summary>
    public double High { get; }

    /// <summary>How many numbers are in each bin.</summary>
    public IReadOnlyList<long> Counts => _counts;

    /// <summary>How many numbers there are, without those that are none.</summary>
    public long Count { get; }

    /// <summary>How many were NaN or infinite.</summary>
    public long NotFinite { get; }

    /// <summary>Σ x.</summary>
    public double Sum { get; }

    /// <summary>Σ x².</summary>
    public double SumOfSquares { get; }

    /// <summary>The mean; NaN of no numbers.</summary>
    public double Mean => Sum / Count;

    /// <summary>√(mean of squares − squared mean).</summary>
    public double Deviation => Math.Sqrt(Math.Max(0, SumOfSquares / Count - Mean * Mean));

    /// <summary>Where a bin begins; that of the count of bins is where the last ends.</summary>
    public double Edge(int bin) => Low + (High - Low) * bin / _counts.Length;

    /// <summary>Counts numbers.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="bins">How many bins, 1 or more.</param>
    public static Histogram Of(ReadOnlySpan<float> numbers, int bins = 32)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        double low = double.PositiveInfinity, high = double.NegativeInfinity, sum = 0, squares = 0;
        long notFinite = 0;
        foreach (float number in numbers)
            if (!float.IsFinite(number))
                notFinite++;
            else
                (low, high, sum, squares) = (Math.Min(low, number), Math.Max(high, number), sum + number,
                    squares + (double)number * number);
        var counts = new long[bins];
        if (low > high)
            return new(0, 0, counts, 0, 0, notFinite);
        double scale = high > low ? bins / (high - low) : 0;
        foreach (float number in numbers)
            if (float.IsFinite(number))
                counts[Math.Min(bins - 1, (int)((number - low) * scale))]++;
        return new(low, high, counts, sum, squares, notFinite);
    }

    /// <summary>
    /// The bins in the middle that hold a share of the numbers: a few far away do not make the rest a line. Mean and
    /// deviation stay those of all.
    /// </summary>
    /// <param name="share">How much of the numbers to keep, from 0 to 1.</param>
    /// <param name="bins">About how many bins to keep; neighbours are put together.</param>
    public Histogram Core(double share, int bins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        double away = (1 - share) / 2 * Count;
        int first = 0, last = _counts.Length - 1;
        for (long seen = _counts[first]; seen <= away && first < last; seen += _counts[++first]) { }
        for (long seen = _counts[last]; seen <= away && last > first; seen += _counts[--last]) { }
        int group = Math.Max(1, (last - first + bins) / bins);
        var counts = new long[(last - first + group) / group];
        for (int bin = first; bin <= last; bin++)
            counts[(bin - first) / group] += _counts[bin];
        double part = Count == 0 ? 0 : (double)counts.Sum() / Count;
        return new(Edge(first), Edge(first + group * counts.Length), counts, Sum * part, SumOfSquares * part,
            NotFinite);
    }
}
