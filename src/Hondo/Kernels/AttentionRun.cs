using System.Numerics;

namespace Hondo.Kernels;

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
