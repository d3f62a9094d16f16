namespace Hondo.Kernels;

/// <summary>The sizes of attention: queries look at keys, in each sequence and head alike.</summary>
/// <param name="Batch">Sequences side by side.</param>
/// <param name="Heads">Heads; their features lie side by side in a row.</param>
/// <param name="Queries">Steps that look.</param>
/// <param name="Keys">Steps that are looked at.</param>
/// <param name="Features">Features of one head.</param>
/// <param name="IsCausal">True when query i sees keys up to i; the last query sees the last key.</param>
public readonly record struct AttentionSizes(int Batch, int Heads, int Queries, int Keys, int Features, bool IsCausal)
{
    // The scores of so many queries at once stay in the second-level cache, and a causal product leaves out most of
    // what is hidden.
    internal const int MostRows = 32;

    /// <summary>A head of a sequence is one part of the work.</summary>
    public int Parts => Batch * Heads;

    /// <summary>Numbers that Forward leaves for Backward.</summary>
    public long WeightNumbers => (long)Batch * Heads * Queries * Keys;

    /// <summary>How many keys the query in a place sees, from the first.</summary>
    public int Seen(int query) => IsCausal ? query + 1 + Keys - Queries : Keys;

    internal int Blocks => (Queries + MostRows - 1) / MostRows;
}
