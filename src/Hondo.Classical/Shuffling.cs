using Hondo.Kernels;

namespace Hondo.Classical;

/// <summary>Orders and choices that are a function of seed, stream and step.</summary>
static class Shuffling
{
    /// <summary>The numbers 0 to length − 1 in random order (Durstenfeld 1964).</summary>
    public static void Fill(Span<int> order, Philox random)
    {
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        for (int i = order.Length - 1; i > 0; i--)
        {
            int j = (int)(random.Uniform(i) * (i + 1));
            (order[i], order[j]) = (order[j], order[i]);
        }
    }

    /// <summary>An index, each with a chance in proportion to its weight.</summary>
    /// <param name="weights">0 or more each.</param>
    /// <param name="uniform">From 0 to below 1.</param>
    public static int Choose(ReadOnlySpan<double> weights, double uniform)
    {
        double sum = 0;
        foreach (double weight in weights)
            sum += weight;
        double left = uniform * sum;
        int last = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] <= 0)
                continue;
            last = i;
            if (left < weights[i])
                break;
            left -= weights[i];
        }
        return last;
    }
}
