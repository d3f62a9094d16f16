using Hondo.Tensors;

namespace Hondo.Metrics;

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
