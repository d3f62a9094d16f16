using Hondo.Tensors;

namespace Hondo.Metrics;

/// <summary>
/// The share of labels that are said rightly, each output for itself: for samples that have several labels, or one yes
/// or no. Scores and targets of 0 and 1 in the same shape; a score above the threshold says 1. Negative targets are not
/// counted.
/// </summary>
/// <param name="threshold">0 for logits, 0.5 for probabilities.</param>
public sealed class LabelAccuracy(double threshold = 0) : IMetric
{
    long _right, _labels;

    /// <inheritdoc/>
    public string Name => "accuracy";

    /// <inheritdoc/>
    public bool IsHigherBetter => true;

    /// <inheritdoc/>
    public double Value => (double)_right / _labels;

    /// <inheritdoc/>
    public void Add(Tensor output, Tensor target)
    {
        if (output.Size != target.Size)
            throw new ShapeException($"LabelAccuracy got outputs {output.Shape} and targets {target.Shape}: it needs a "
                + "target of 0 or 1 for each output.");
        for (int i = 0; i < target.Size; i++)
        {
            double wanted = target.NumberAt(i), score = output.NumberAt(i);
            if (wanted < 0)
                continue;
            _labels++;
            // NaN is above nothing and below nothing: it is never right.
            if (wanted > 0.5 ? score > threshold : score <= threshold)
                _right++;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<double> Sums
    {
        get => [_right, _labels];
        set => (_right, _labels) = ((long)value[0], (long)value[1]);
    }

    /// <inheritdoc/>
    public void Reset() => (_right, _labels) = (0, 0);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("LabelAccuracy").Add("threshold", threshold, 0).ToString();
}
