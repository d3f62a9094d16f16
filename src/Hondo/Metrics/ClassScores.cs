using Hondo.Tensors;

namespace Hondo.Metrics;

/// <summary>The shared part of precision, recall and F1: a confusion matrix and an average over its classes.</summary>
sealed class ClassScore(string name, Average average, double threshold, Func<ConfusionMatrix, int, double> ofClass)
{
    readonly ConfusionMatrix _matrix = new(threshold: threshold);

    public double Value => _matrix.Total == 0 ? double.NaN
        : average == Average.Micro ? _matrix.Value
        : Mean();

    double Mean()
    {
        double sum = 0, weights = 0;
        for (int k = 0; k < _matrix.Classes; k++)
        {
            long actual = _matrix.Actual(k);
            if (actual + _matrix.Predicted(k) == 0)
                continue;
            double weight = average == Average.Macro ? 1 : actual;
            sum += weight * ofClass(_matrix, k);
            weights += weight;
        }
        return sum / weights;
    }

    /// <summary>The number of one class.</summary>
    public double Of(int k) => ofClass(_matrix, k);

    public void Add(Tensor output, Tensor target) => _matrix.Add(output, target);

    /// <summary>What was gathered.</summary>
    public IReadOnlyList<double> Sums { get => _matrix.Sums; set => _matrix.Sums = value; }

    public void Reset() => _matrix.Reset();

    public override string ToString() =>
        new CallWriter(name).Add("average", average, Average.Macro).Add("threshold", threshold, 0).ToString();
}

/// <summary>How many of those predicted as a class are it: TP / (TP + FP).</summary>
/// <param name="average">How the classes' numbers become one.</param>
/// <param name="threshold">For a binary classifier of one output: class 1 above it (0 for logits).</param>
public sealed class Precision(Average average = Average.Macro, double threshold = 0) : IMetric
{
    readonly ClassScore _score = new(nameof(Precision), average, threshold, static (matrix, k) => matrix.Precision(k));

    /// <inheritdoc/>
    public string Name => "precision";

    /// <inheritdoc/>
    public bool IsHigherBetter => true;

    /// <inheritdoc/>
    public double Value => _score.Value;

    /// <summary>The number of one class; 0 when the class does not occur.</summary>
    public double this[int k] => _score.Of(k);

    /// <inheritdoc/>
    public void Add(Tensor output, Tensor target) => _score.Add(output, target);

    /// <inheritdoc/>
    public IReadOnlyList<double> Sums { get => _score.Sums; set => _score.Sums = value; }

    /// <inheritdoc/>
    public void Reset() => _score.Reset();

    /// <inheritdoc/>
    public override string ToString() => _score.ToString();
}

/// <summary>How many of those of a class were found: TP / (TP + FN).</summary>
/// <param name="average">How the classes' numbers become one.</param>
/// <param name="threshold">For a binary classifier of one output: class 1 above it (0 for logits).</param>
public sealed class Recall(Average average = Average.Macro, double threshold = 0) : IMetric
{
    readonly ClassScore _score = new(nameof(Recall), average, threshold, static (matrix, k) => matrix.Recall(k));

    /// <inheritdoc/>
    public string Name => "recall";

    /// <inheritdoc/>
    public bool IsHigherBetter => true;

    /// <inheritdoc/>
    public double Value => _score.Value;

    /// <summary>The number of one class; 0 when the class does not occur.</summary>
    public double this[int k] => _score.Of(k);

    /// <inheritdoc/>
    public void Add(Tensor output, Tensor target) => _score.Add(output, target);

    /// <inheritdoc/>
    public IReadOnlyList<double> Sums { get => _score.Sums; set => _score.Sums = value; }

    /// <inheritdoc/>
    public void Reset() => _score.Reset();

    /// <inheritdoc/>
    public override string ToString() => _score.ToString();
}

/// <summary>The harmonic mean of precision and recall: 2·TP / (2·TP + FP + FN).</summary>
/// <param name="average">How the classes' numbers become one.</param>
/// <param name="threshold">For a binary classifier of one output: class 1 above it (0 for logits).</param>
public sealed class F1(Average average = Average.Macro, double threshold = 0) : IMetric
{
    readonly ClassScore _score = new(nameof(F1), average, threshold, static (matrix, k) => matrix.F1(k));

    /// <inheritdoc/>
    public string Name => "f1";

    /// <inheritdoc/>
    public bool IsHigherBetter => true;

    /// <inheritdoc/>
    public double Value => _score.Value;

    /// <summary>The number of one class; 0 when the class does not occur.</summary>
    public double this[int k] => _score.Of(k);

    /// <inheritdoc/>
    public void Add(Tensor output, Tensor target) => _score.Add(output, target);

    /// <inheritdoc/>
    public IReadOnlyList<double> Sums { get => _score.Sums; set => _score.Sums = value; }

    /// <inheritdoc/>
    public void Reset() => _score.Reset();

    /// <inheritdoc/>
    public override string ToString() => _score.ToString();
}
