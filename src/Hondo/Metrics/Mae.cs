using Hondo.Tensors;

namespace Hondo.Metrics;

/// <summary>The mean absolute error Σ |ŷ − y| / n: in the units of the target.</summary>
public sealed class Mae : IMetric
{
    double _sum;
    long _count;

    /// <inheritdoc/>
    public string Name => "mean absolute error";

    /// <inheritdoc/>
    public bool IsHigherBetter => false;

    /// <inheritdoc/>
    public double Value => _sum / _count;

    /// <inheritdoc/>
    public void Add(Tensor output, Tensor target)
    {
        var pairs = new NumberPairs(nameof(Mae), output, target);
        for (int i = 0; i < pairs.Count; i++)
            _sum += Math.Abs(pairs.Output(i) - pairs.Target(i));
        _count += pairs.Count;
    }

    /// <inheritdoc/>
    public IReadOnlyList<double> Sums
    {
        get => [_sum, _count];
        set => (_sum, _count) = (value[0], (long)value[1]);
    }

    /// <inheritdoc/>
    public void Reset() => (_sum, _count) = (0, 0);

    /// <inheritdoc/>
    public override string ToString() => "Mae()";
}
