using Hondo.Tensors;

namespace Hondo.Metrics;

/// <summary>The share of bits that are said rightly: a score above 0 says 1. Targets of 0 and 1 in the outputs' shape;
/// −1 is not asked for and not counted.</summary>
public sealed class BitsRight : IMetric
{
    long _right, _asked;

    /// <inheritdoc/>
    public string Name => "bits right";

    /// <inheritdoc/>
    public bool IsHigherBetter => true;

    /// <inheritdoc/>
    public double Value => (double)_right / _asked;

    /// <inheritdoc/>
    public void Add(Tensor output, Tensor target)
    {
        if (output.Shape != target.Shape)
            throw new ShapeException(
                $"BitsRight got outputs {output.Shape} and targets {target.Shape}: they must be alike.");
        ReadOnlySpan<float> scores = output.Values<float>(), bits = target.Values<float>();
        for (int i = 0; i < bits.Length; i++)
        {
            if (bits[i] < 0)
                continue;
            _asked++;
            // NaN is above nothing and below nothing: it is never right.
            if (bits[i] > 0.5f ? scores[i] > 0 : scores[i] <= 0)
                _right++;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<double> Sums
    {
        get => [_right, _asked];
        set => (_right, _asked) = ((long)value[0], (long)value[1]);
    }

    /// <inheritdoc/>
    public void Reset() => (_right, _asked) = (0, 0);

    /// <inheritdoc/>
    public override string ToString() => "BitsRight()";
}
