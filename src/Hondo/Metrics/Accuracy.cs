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
