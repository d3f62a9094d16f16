using System.Numerics;

namespace Hondo.Kernels;

/// <summary>The sizes of attention: queries look at keys, in each sequence and head alike.</summary>
/// <param name="Batch">Sequences side by side.</param>
/// <param name="Heads">Heads; their features lie side by side in a row.</param>
/// <param name="Queries">Steps that look.</param>
/// <param name="Keys">Steps that are looked at.</param>
/// <param name="Features">Features of one head.</param>
/// <param name="IsCausal">True when query i sees keys up to i; the last query sees the last key.</param>
readonly record struct AttentionSizes(int Batch, int Heads, int Queries, int Keys, int Features, bool IsCausal)
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

/// <summary>
/// Scaled dot-product attention, y = softmax(q·kᵀ / √features + mask)·v, for all heads of all sequences (Vaswani et al.
/// 2017, arXiv:1706.03762). Heads lie side by side in a row, so nothing is turned around or copied; the weights are
/// made block by block of queries and kept once. A head of a sequence is one part: the bits are those of one thread.
/// </summary>
static unsafe class AttentionHeads
{
    /// <summary>Computes y.</summary>
    /// <param name="sizes">The sizes.</param>
    /// <param name="query">[batch · queries, heads · features].</param>
    /// <param name="key">[batch · keys, heads · features].</param>
    /// <param name="value">Like key.</param>
    /// <param name="mask">[batch, keys]: 0 where no query may look; or empty.</param>
    /// <param name="dropout">Dropout on the weights.</param>
    /// <param name="weights">The weights before dropout, for Backward: block by block of queries, each row as long as
    /// the last query of its block sees.</param>
    /// <param name="y">Like query. A query that may look nowhere gives 0.</param>
    public static void Forward<T>(AttentionSizes sizes, ReadOnlyMatrix<T> query, ReadOnlyMatrix<T> key,
        ReadOnlyMatrix<T> value, ReadOnlySpan<int> mask, AttentionDropout dropout, Span<T> weights, Matrix<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (T* pQuery = query.Values, pKey = key.Values, pValue = value.Values, pWeights = weights, pY = y.Values)
        fixed (int* pMask = mask)
        {
            var run = new AttentionRun<T>(sizes, new(pQuery, query.RowStride), new(pKey, key.RowStride),
                new(pValue, value.RowStride), pWeights, dropout);
            Workers.Run(sizes.Parts, new AttentionForward<T>(run, pMask, new(pY, y.RowStride)));
        }
    }

    /// <summary>Adds to the gradients; one that is not needed has no rows.</summary>
    /// <param name="sizes">The sizes.</param>
    /// <param name="query">As in Forward.</param>
    /// <param name="key">As in Forward.</param>
    /// <param name="value">As in Forward.</param>
    /// <param name="dropout">As in Forward.</param>
    /// <param name="weights">What Forward left.</param>
    /// <param name="dy">The gradient of y.</param>
    /// <param name="dQuery">Where the gradient of query is added.</param>
    /// <param name="dKey">Likewise, of key.</param>
    /// <param name="dValue">Likewise, of value.</param>
    public static void Backward<T>(AttentionSizes sizes, ReadOnlyMatrix<T> query, ReadOnlyMatrix<T> key,
        ReadOnlyMatrix<T> value, AttentionDropout dropout, ReadOnlySpan<T> weights, ReadOnlyMatrix<T> dy,
        Matrix<T> dQuery, Matrix<T> dKey, Matrix<T> dValue) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (T* pQuery = query.Values, pKey = key.Values, pValue = value.Values, pWeights = weights, pDy = dy.Values)
        fixed (T* pDQuery = dQuery.Values, pDKey = dKey.Values, pDValue = dValue.Values)
        {
            var run = new AttentionRun<T>(sizes, new(pQuery, query.RowStride), new(pKey, key.RowStride),
                new(pValue, value.RowStride), pWeights, dropout);
            Workers.Run(sizes.Parts, new AttentionBackward<T>(run, new(pDy, dy.RowStride),
                new(pDQuery, dQuery.RowStride), new(pDKey, dKey.RowStride), new(pDValue, dValue.RowStride)));
        }
    }
}

/// <summary>What both directions of attention know, and where the rows of a block lie.</summary>
readonly unsafe struct AttentionRun<T>(AttentionSizes sizes, HeadRows<T> query, HeadRows<T> key, HeadRows<T> value,
    T* weights, AttentionDropout dropout) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public AttentionSizes Sizes => sizes;

    public double Scale => 1 / Math.Sqrt(sizes.Features);

    public bool Drops => dropout.Rate > 0;

    public Block this[int part, int number] => new(this, part, number);

    /// <summary>Some queries of a head of a sequence, and the keys that they see.</summary>
    public readonly ref struct Block
    {
        readonly AttentionRun<T> _run;
        readonly int _part, _number, _sequence, _column;

        public Block(AttentionRun<T> run, int part, int number)
        {
            (_run, _part, _number) = (run, part, number);
            AttentionSizes sizes = run.Sizes;
            (_sequence, int head) = (part / sizes.Heads, part % sizes.Heads);
            _column = head * sizes.Features;
            First = number * AttentionSizes.MostRows;
            Rows = Math.Min(AttentionSizes.MostRows, sizes.Queries - First);
            Keys = sizes.Seen(First + Rows - 1);
        }

        /// <summary>The place of the first query.</summary>
        public int First { get; }

        public int Rows { get; }

        public int Keys { get; }

        public int Sequence => _sequence;

        public Span<T> Weights => new(_run.Pointer + ((nint)_part * _run.Sizes.Queries + First) * _run.Sizes.Keys,
            Rows * Keys);

        public ReadOnlyMatrix<T> Query => _run.Queries.Read(FirstRow, Rows, _column, _run.Sizes.Features);

        public ReadOnlyMatrix<T> Key => _run.KeyRows.Read(FirstKey, Keys, _column, _run.Sizes.Features);

        public ReadOnlyMatrix<T> Value => _run.Values.Read(FirstKey, Keys, _column, _run.Sizes.Features);

        /// <summary>This block's part of rows that lie as the queries do.</summary>
        public Matrix<T> OfQueries(HeadRows<T> rows) => rows.Write(FirstRow, Rows, _column, _run.Sizes.Features);

        /// <summary>This block's part of rows that lie as the keys do.</summary>
        public Matrix<T> OfKeys(HeadRows<T> rows) => rows.Write(FirstKey, Keys, _column, _run.Sizes.Features);

        public Matrix<T> Scores(Span<T> numbers) => new(numbers, Rows, Keys);

        public void Drop(ReadOnlySpan<T> from, Span<T> into) => _run.Drop(from, into,
            _part * _run.Sizes.Blocks + _number);

        int FirstRow => _sequence * _run.Sizes.Queries + First;

        int FirstKey => _sequence * _run.Sizes.Keys;
    }

    T* Pointer => weights;

    HeadRows<T> Queries => query;

    HeadRows<T> KeyRows => key;

    HeadRows<T> Values => value;

    void Drop(ReadOnlySpan<T> from, Span<T> into, int block) =>
        DropoutMask.Apply(from, into, dropout.Rate, dropout.Numbers(block), accumulate: false);
}

/// <summary>Dropout on attention weights: which ones depends on seed, stream, step and place alone.</summary>
/// <param name="Rate">The share that is dropped; 0 in inference.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Stream">The layer's own stream.</param>
/// <param name="Step">The number of the training step.</param>
readonly record struct AttentionDropout(double Rate, ulong Seed, ulong Stream, long Step)
{
    // Each block of each head has a stream of its own: neighbours differ in half of their bits.
    internal Philox Numbers(int block) => new(Seed, Stream + (ulong)(block + 1) * 0x9E3779B97F4A7C15, Step);
}

/// <summary>Rows of which each head has some columns.</summary>
readonly unsafe struct HeadRows<T>(T* start, int stride) where T : unmanaged
{
    public bool IsNeeded => start != null;

    /// <summary>Some rows of one head, to read.</summary>
    public ReadOnlyMatrix<T> Read(int row, int rows, int column, int columns) =>
        new(Span(row, rows, column, columns), rows, columns, stride, 1);

    /// <summary>Some rows of one head, to write.</summary>
    public Matrix<T> Write(int row, int rows, int column, int columns) =>
        new(Span(row, rows, column, columns), rows, columns, stride);

    Span<T> Span(int row, int rows, int column, int columns) =>
        new(start + (nint)row * stride + column, (rows - 1) * stride + columns);
}
