using Hondo.Tensors;

namespace Hondo.Metrics;

/// <summary>What precision, recall and F1 share: a confusion matrix and an average over its classes.</summary>
public abstract class ClassScore : IMetric
{
    readonly Average _average;
    readonly double _threshold;
    readonly ConfusionMatrix _matrix;

    private protected ClassScore(Average average, double threshold) =>
        (_average, _threshold, _matrix) = (average, threshold, new(threshold: threshold));

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public bool IsHigherBetter => true;

    /// <inheritdoc/>
    public double Value => _matrix.Total == 0 ? double.NaN
        : _average == Average.Micro ? _matrix.Value
        : Mean();

    double Mean()
    {
        double sum = 0, weights = 0;
        for (int k = 0; k < _matrix.Classes; k++)
        {
            long actual = _matrix.Actual(k);
            if (actual + _matrix.Predicted(k) == 0)
                continue;
            double weight = _average == Average.Macro ? 1 : actual;
            sum += weight * Of(_matrix, k);
            weights += weight;
        }
        return sum / weights;
    }

    /// <summary>The number of one class; 0 when the class does not occur.</summary>
    public double this[int k] => Of(_matrix, k);

    private protected abstract double Of(ConfusionMatrix matrix, int k);

    /// <inheritdoc/>
    public void Add(Tensor output, Tensor target) => _matrix.Add(output, target);

    /// <inheritdoc/>
    public IReadOnlyList<double> Sums { get => _matrix.Sums; set => _matrix.Sums = value; }

    /// <inheritdoc/>
    public void Reset() => _matrix.Reset();

    /// <inheritdoc/>
    public override string ToString() => new CallWriter(GetType().Name).Add("average", _average, Average.Macro)
        .Add("threshold", _threshold, 0).ToString();
}

/// <summary>How many of those predicted as a class are it: TP / (TP + FP).</summary>
/// <param name="average">How the classes' numbers become one.</param>
/// <param name="threshold">For a binary classifier of one output: class 1 above it (0 for logits).</param>
public sealed class Precision(Average average = Average.Macro, double threshold = 0) : ClassScore(average, threshold)
{
    /// <inheritdoc/>
    public override string Name => "precision";

    private protected override double Of(ConfusionMatrix matrix, int k) => matrix.Precision(k);
}

/// <summary>How many of those of a class were found: TP / (TP + FN).</summary>
/// <param name="average">How the classes' numbers become one.</param>
/// <param name="threshold">For a binary classifier of one output: class 1 above it (0 for logits).</param>
public sealed class Recall(Average average = Average.Macro, double threshold = 0) : ClassScore(average, threshold)
{
    /// <inheritdoc/>
    public override string Name => "recall";

    private protected override double Of(ConfusionMatrix matrix, int k) => matrix.Recall(k);
}

/// <summary>The harmonic mean of precision and recall: 2·TP / (2·TP + FP + FN).</summary>
/// <param name="average">How the classes' numbers become one.</param>
/// <param name="threshold">For a binary classifier of one output: class 1 above it (0 for logits).</param>
public sealed class F1(Average average = Average.Macro, double threshold = 0) : ClassScore(average, threshold)
{
    /// <inheritdoc/>
    public override string Name => "f1";

    private protected override double Of(ConfusionMatrix matrix, int k) => matrix.F1(k);
}
