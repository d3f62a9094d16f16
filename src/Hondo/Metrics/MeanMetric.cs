using Hondo.Tensors;

namespace Hondo.Metrics;

/// <summary>A metric that is a mean: of what is right among the rows, of an error over all numbers.</summary>
/// <param name="name">The name in progress lines and files: <c>accuracy</c>.</param>
/// <param name="isHigherBetter">True when a larger value is better.</param>
public abstract class MeanMetric(string name, bool isHigherBetter) : IMetric
{
    double _sum;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public bool IsHigherBetter => isHigherBetter;

    /// <inheritdoc/>
    public virtual double Value => Mean;

    /// <summary>The mean of what was counted; NaN when nothing was.</summary>
    protected double Mean => _sum / Counted;

    /// <summary>How much was counted.</summary>
    protected long Counted { get; private set; }

    /// <inheritdoc/>
    public abstract void Add(Tensor output, Tensor target);

    /// <summary>Counts one thing more: 1 or 0 for what is right or wrong, the size of an error.</summary>
    protected void Count(double value)
    {
        _sum += value;
        Counted++;
    }

    /// <inheritdoc/>
    public IReadOnlyList<double> Sums
    {
        get => [_sum, Counted];
        set => (_sum, Counted) = (value[0], (long)value[1]);
    }

    /// <inheritdoc/>
    public void Reset() => (_sum, Counted) = (0, 0);

    /// <inheritdoc/>
    public override string ToString() => new CallWriter(GetType().Name).ToString();
}
