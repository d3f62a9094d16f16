using Hondo.Tensors;

namespace Hondo.Metrics;

/// <summary>The share of bits that are said rightly: a score above 0 says 1. Targets of 0 and 1 in the outputs' shape;
/// −1 is not asked for and not counted.</summary>
public sealed class BitsRight() : MeanMetric("bits right", isHigherBetter: true)
{
    /// <inheritdoc/>
    public override void Add(Tensor output, Tensor target)
    {
        if (output.Shape != target.Shape)
            throw new ShapeException(
                $"BitsRight got outputs {output.Shape} and targets {target.Shape}: they must be alike.");
        ReadOnlySpan<float> scores = output.Values<float>(), bits = target.Values<float>();
        for (int i = 0; i < bits.Length; i++)
            // NaN is above nothing and below nothing: it is never right.
            if (!(bits[i] < 0))
                Count((bits[i] > 0.5f ? scores[i] > 0 : scores[i] <= 0) ? 1 : 0);
    }
}
