namespace Hondo.Data;

/// <summary>Orders that depend on (seed, round) and nothing else, so that a run can be taken up anywhere.</summary>
static class RowOrder
{
    const ulong Golden = 0x9e3779b97f4a7c15;

    /// <summary>The numbers 0 to count − 1 in an order of its own for each seed and round.</summary>
    public static void Fill(Span<int> order, ulong seed, ulong round)
    {
        var keys = new ulong[order.Length];
        for (int i = 0; i < order.Length; i++)
            (order[i], keys[i]) = (i, Key(seed, round, (ulong)i));
        keys.AsSpan().Sort(order);
    }

    /// <summary>A number of its own for each seed, round and row.</summary>
    public static ulong Key(ulong seed, ulong round, ulong row) =>
        Mix(Mix(seed ^ Mix(round + Golden)) + row * Golden);

    // SplitMix64's finaliser (Steele, Lea, Flood 2014): a bijection, so no two rows have the same key.
    static ulong Mix(ulong z)
    {
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
        z = (z ^ z >> 27) * 0x94d049bb133111eb;
        return z ^ z >> 31;
    }
}
