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
}
