using System.Numerics;

namespace Hondo.Kernels;

/// <summary>One head of one sequence, forward.</summary>
readonly unsafe struct AttentionForward<T>(AttentionRun<T> run, int* mask, HeadRows<T> y) : IJob
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Run(int part)
    {
        for (int number = 0; number < run.Sizes.Blocks; number++)
        {
            AttentionRun<T>.Block block = run[part, number];
            Span<T> weights = block.Weights;
            Gemm.Multiply(block.Query, block.Key.Transposed, block.Scores(weights));
            Loops.Map(new Scale(run.Scale), (ReadOnlySpan<T>)weights, weights);
            for (int row = 0; row < block.Rows; row++)
                Weigh(weights.Slice(row * block.Keys, block.Keys), block.Sequence, block.First + row);
            Gemm.Multiply(block.Scores(Kept(block, weights)), block.Value, block.OfQueries(y));
        }
    }

    Span<T> Kept(AttentionRun<T>.Block block, Span<T> weights)
    {
        if (!run.Drops)
            return weights;
        Span<T> kept = Scratch.Sequence<T>(weights.Length);
        block.Drop(weights, kept);
        return kept;
    }

    // Only what is seen goes through the softmax, so that a row has the same bits however long the others are.
    void Weigh(Span<T> row, int sequence, int query)
    {
        int seen = run.Sizes.Seen(query);
        row[seen..].Clear();
        row = row[..seen];
        if (mask != null && !Hide(row, mask + (nint)sequence * run.Sizes.Keys))
            // Softmax over nothing is 0/0.
            row.Clear();
        else
            SoftmaxRow.Softmax(row, row, out _);
    }

    static bool Hide(Span<T> row, int* mask)
    {
        bool seesAny = false;
        for (int k = 0; k < row.Length; k++)
            if (mask[k] == 0)
                row[k] = T.NegativeInfinity;
            else
                seesAny = true;
        return seesAny;
    }
}

/// <summary>
/// One head of one sequence, backward: with weights p and kept weights p' = drop(p),
/// dv = p'ᵀ·dy,  dp = drop(dy·vᵀ),  ds = p·(dp − Σ p·dp) / √features,  dq = ds·k,  dk = dsᵀ·q
/// </summary>
readonly struct AttentionBackward<T>(
    AttentionRun<T> run, HeadRows<T> dy, HeadRows<T> dQuery, HeadRows<T> dKey, HeadRows<T> dValue) : IJob
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Run(int part)
    {
        for (int number = 0; number < run.Sizes.Blocks; number++)
        {
            AttentionRun<T>.Block block = run[part, number];
            Span<T> weights = block.Weights, scratch = Scratch.Sequence<T>(2 * weights.Length);
            Span<T> dScores = scratch[..weights.Length];
            ReadOnlyMatrix<T> gradient = block.OfQueries(dy);
            if (dValue.IsNeeded)
                Gemm.MultiplyAdd(block.Scores(Kept(block, weights, scratch[weights.Length..])).Transposed, gradient,
                    block.OfKeys(dValue));
            if (!dQuery.IsNeeded && !dKey.IsNeeded)
                continue;
            Gemm.Multiply(gradient, block.Value.Transposed, block.Scores(dScores));
            if (run.Drops)
                block.Drop(dScores, dScores);
            Softmax.Backward((ReadOnlySpan<T>)weights, dScores, block.Rows, block.Keys, 1, dScores, accumulate: false);
            Loops.Map(new Scale(run.Scale), (ReadOnlySpan<T>)dScores, dScores);
            if (dQuery.IsNeeded)
                Gemm.MultiplyAdd(block.Scores(dScores), block.Key, block.OfQueries(dQuery));
            if (dKey.IsNeeded)
                Gemm.MultiplyAdd(block.Scores(dScores).Transposed, block.Query, block.OfKeys(dKey));
        }
    }

    Span<T> Kept(AttentionRun<T>.Block block, Span<T> weights, Span<T> kept)
    {
        if (!run.Drops)
            return weights;
        block.Drop(weights, kept);
        return kept;
    }
}
