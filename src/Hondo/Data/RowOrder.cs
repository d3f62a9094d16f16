using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>Orders that depend on (seed, round) and nothing else, so that a run can be taken up anywhere.</summary>
static class RowOrder
{
    static readonly ulong Order = RandomStream.Of("data.order"), Sample = RandomStream.Of("data.sample"),
        Mixed = RandomStream.Of("data.batch");

    /// <summary>
    /// The numbers 0 to count − 1 in an order of its own for each seed and round (Durstenfeld 1964, drawing from
    /// Philox).
    /// </summary>
    public static void Fill(Span<int> order, ulong seed, int round)
    {
        var random = new Philox(seed, Order, round);
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        ulong high = 0;
        for (int i = order.Length - 1; i > 0; i--)
        {
            ulong draw = high;
            // A block has bits for two draws.
            if ((i & 1) == 1 || i == order.Length - 1)
            {
                (uint a, uint b, uint c, uint d) = random.Words((ulong)i >> 1);
                (draw, high) = (a | (ulong)b << 32, c | (ulong)d << 32);
            }
            int j = (int)Math.BigMul(draw, (ulong)(i + 1), out _);
            (order[i], order[j]) = (order[j], order[i]);
        }
    }

    /// <summary>A number of its own for each seed, round and row.</summary>
    public static ulong Key(ulong seed, int round, int row) => Key(new(seed, Sample, round), row);

    /// <summary>A number of its own for each seed, round and batch.</summary>
    public static ulong BatchKey(ulong seed, int round, int batch) => Key(new(seed, Mixed, round), batch);

    static ulong Key(Philox random, int place)
    {
        (uint a, uint b, _, _) = random.Words((ulong)place);
        return a | (ulong)b << 32;
    }
}
