using Hondo.Tensors;

namespace Hondo.Metrics;

/// <summary>
/// The share of rows whose class is predicted rightly. Scores <c>[.., classes]</c>, labels <c>[..]</c> or one-hot rows;
/// rows with a negative label are not counted.
/// </summary>
/// <param name="threshold">
/// For a binary classifier of one output: class 1 above it. 0 for logits, 0.5 for probabilities.
/// </param>
public sealed class Accuracy(double threshold = 0) : IMetric
{
    long _right, _rows;

    /// <inheritdoc/>
    public string Name => "accuracy";

    /// <inheritdoc/>
    public bool IsHigherBetter => true;

    /// <inheritdoc/>
    public double Value => (double)_right / _rows;

    /// <summary>Rows counted.</summary>
    public long Rows => _rows;

    /// <inheritdoc/>
    public void Add(Tensor output, Tensor target)
    {
        var rows = new ClassRows(nameof(Accuracy), output, target, threshold);
        for (int row = 0; row < rows.Rows; row++)
        {
            int label = rows.Label(row);
            if (label < 0)
                continue;
            _rows++;
            if (rows.Predicted(row) == label)
                _right++;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<double> Sums
    {
        get => [_right, _rows];
        set => (_right, _rows) = ((long)value[0], (long)value[1]);
    }

    /// <inheritdoc/>
    public void Reset() => (_right, _rows) = (0, 0);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Accuracy").Add("threshold", threshold, 0).ToString();
}

/// <summary>
/// The share of rows whose class is among the k highest scores; of equal scores the first ones count.
/// </summary>
public sealed class TopKAccuracy : IMetric
{
    readonly int _k;
    long _right, _rows;

    /// <summary>Accuracy with k guesses.</summary>
    /// <param name="k">How many guesses each row has, from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is below 1.</exception>
    public TopKAccuracy(int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        _k = k;
    }

    /// <inheritdoc/>
    public string Name => $"top-{_k} accuracy";

    /// <inheritdoc/>
    public bool IsHigherBetter => true;

    /// <inheritdoc/>
    public double Value => (double)_right / _rows;

    /// <inheritdoc/>
    public void Add(Tensor output, Tensor target)
    {
        var rows = new ClassRows(nameof(TopKAccuracy), output, target, 0);
        if (rows.Width < 2)
            throw new ShapeException(
                $"TopKAccuracy got outputs {output.Shape}: it needs a score for each class, [.., classes].");
        for (int row = 0; row < rows.Rows; row++)
        {
            int label = rows.Label(row);
            if (label < 0)
                continue;
            _rows++;
            if (rows.Predicted(row) >= 0 && RankOf(rows, row, label) < _k)
                _right++;
        }
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
    public IReadOnlyList<double> Sums
    {
        get => [_right, _rows];
        set => (_right, _rows) = ((long)value[0], (long)value[1]);
    }

    /// <inheritdoc/>
    public void Reset() => (_right, _rows) = (0, 0);

    /// <inheritdoc/>
    public override string ToString() => $"TopKAccuracy({_k})";
}
