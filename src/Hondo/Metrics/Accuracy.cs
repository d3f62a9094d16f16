using Hondo.Tensors;

namespace Hondo.Metrics;

/// <summary>
/// The share of rows whose class is predicted rightly. Scores <c>[.., classes]</c>, labels <c>[..]</c> or one-hot rows;
/// rows with a negative label are not counted.
/// </summary>
/// <param name="threshold">
/// For a binary classifier of one output: class 1 above it. 0 for logits, 0.5 for probabilities.
/// </param>
public sealed class Accuracy(double threshold = 0) : MeanMetric("accuracy", isHigherBetter: true)
{
    /// <summary>Rows counted.</summary>
    public long Rows => Counted;

    /// <inheritdoc/>
    public override void Add(Tensor output, Tensor target)
    {
        var rows = new ClassRows(nameof(Accuracy), output, target, threshold);
        for (int row = 0; row < rows.Rows; row++)
            if (rows.Label(row) is >= 0 and var label)
                Count(rows.Predicted(row) == label ? 1 : 0);
    }

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Accuracy").Add("threshold", threshold, 0).ToString();
}

/// <summary>
/// The share of labels that are said rightly, each output for itself: for samples that have several labels, or one yes
/// or no. Scores and targets of 0 and 1 in the same shape; a score above the threshold says 1. Negative targets are not
/// counted.
/// </summary>
/// <param name="threshold">0 for logits, 0.5 for probabilities.</param>
public sealed class LabelAccuracy(double threshold = 0) : MeanMetric("accuracy", isHigherBetter: true)
{
    /// <inheritdoc/>
    public override void Add(Tensor output, Tensor target)
    {
        if (output.Size != target.Size)
            throw new ShapeException($"LabelAccuracy got outputs {output.Shape} and targets {target.Shape}: it needs a "
                + "target of 0 or 1 for each output.");
        for (int i = 0; i < target.Size; i++)
        {
            double wanted = target.NumberAt(i), score = output.NumberAt(i);
            // NaN is above nothing and below nothing: it is never right.
            if (!(wanted < 0))
                Count((wanted > 0.5 ? score > threshold : score <= threshold) ? 1 : 0);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("LabelAccuracy").Add("threshold", threshold, 0).ToString();
}

/// <summary>
/// The share of rows whose class is among the k highest scores; of equal scores the first ones count.
/// </summary>
public sealed class TopKAccuracy : MeanMetric
{
    readonly int _k;

    /// <summary>Accuracy with k guesses.</summary>
    /// <param name="k">How many guesses each row has, from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is below 1.</exception>
    public TopKAccuracy(int k) : base($"top-{k} accuracy", isHigherBetter: true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        _k = k;
    }

    /// <inheritdoc/>
    public override void Add(Tensor output, Tensor target)
    {
        var rows = new ClassRows(nameof(TopKAccuracy), output, target, 0);
        if (rows.Width < 2)
            throw new ShapeException(
                $"TopKAccuracy got outputs {output.Shape}: it needs a score for each class, [.., classes].");
        for (int row = 0; row < rows.Rows; row++)
            if (rows.Label(row) is >= 0 and var label)
                Count(rows.Predicted(row) >= 0 && RankOf(rows, row, label) < _k ? 1 : 0);
    }

    static int RankOf(in ClassRows rows, int row, int label)
    {
        double score = rows.Score(row, label);
        int rank = 0;
        for (int k = 0; k < rows.Width; k++)
            if (rows.Score(row, k) > score || (k < label && rows.Score(row, k) == score))
                rank++;
        return rank;
    }

    /// <inheritdoc/>
    public override string ToString() => $"TopKAccuracy({_k})";
}
