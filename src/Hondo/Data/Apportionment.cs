namespace Hondo.Data;

/// <summary>Shares whole things out fairly.</summary>
static class Apportionment
{
    /// <summary>
    /// Counts that are as near to the shares as whole numbers can be and add up to <paramref name="total"/>
    /// (largest remainder, Hamilton 1792).
    /// </summary>
    public static int[] Counts(int total, ReadOnlySpan<double> shares)
    {
        double sum = 0;
        foreach (double share in shares)
            sum += share;
        var counts = new int[shares.Length];
        var remainders = new double[shares.Length];
        int left = total;
        for (int i = 0; i < counts.Length; i++)
        {
            // Rounding first: 0.29 · 100 is 28.999999999999996, and its floor would be one short.
            double ideal = Math.Round(total * (shares[i] / sum), 9);
            counts[i] = (int)ideal;
            remainders[i] = ideal - counts[i];
            left -= counts[i];
        }
        for (; left > 0; left--)
        {
            int most = Array.IndexOf(remainders, remainders.Max());
            counts[most]++;
            remainders[most] -= 1;
        }
        return counts;
    }

    /// <summary>
    /// Which part each of a row of things goes to, so that every stretch of the row holds the parts in proportion:
    /// after t things part p has t · counts[p] / total of them, give or take less than one (Tijdeman 1980, "The
    /// chairman assignment problem").
    /// </summary>
    public static int[] Spread(ReadOnlySpan<int> counts)
    {
        int total = 0;
        foreach (int count in counts)
            total += count;
        var part = new int[total];
        var given = new int[counts.Length];
        for (int t = 0; t < total; t++)
            given[part[t] = Next(counts, given, t + 1, total)]++;
        return part;
    }

    // All numbers times total · (2k − 2), so that everything stays whole.
    static int Next(ReadOnlySpan<int> counts, ReadOnlySpan<int> given, int t, int total)
    {
        int slack = Math.Max(1, 2 * counts.Length - 2), best = -1;
        Int128 bestDeadline = 0;
        for (int p = 0; p < counts.Length; p++)
        {
            Int128 lag = ((Int128)counts[p] * t - (Int128)given[p] * total) * slack;
            if (counts[p] == given[p] || lag < total)
                continue;
            Int128 deadline = (Int128)total * (slack - 1) - lag;
            if (best >= 0 && deadline * counts[best] >= bestDeadline * counts[p])
                continue;
            (best, bestDeadline) = (p, deadline);
        }
        return best;
    }
}
