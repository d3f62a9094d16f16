using Hondo.Tensors;

namespace Hondo.Metrics;

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
