using Hondo.Tensors;

namespace Hondo.Metrics;

/// <summary>The root mean squared error √(Σ (ŷ − y)² / n): in the units of the target.</summary>
public sealed class Rmse : IMetric
{
    double _sum;
    long _count;

    /// <inheritdoc/>
    public string Name => "root mean squared error";

    /// <inheritdoc/>
    public bool IsHigherBetter => false;

    /// <inheritdoc/>
    public double Value => Math.Sqrt(_sum / _count);

    /// <inheritdoc/>
    public void Add(Tensor output, Tensor target)
    {
        var pairs = new NumberPairs(nameof(Rmse), output, target);
        for (int i = 0; i < pairs.Count; i++)
            _sum += Square(pairs.Output(i) - pairs.Target(i));
        _count += pairs.Count;
    }

    static double Square(double x) => x * x;

    /// <inheritdoc/>
    public IReadOnlyList<double> Sums
    {
        get => [_sum, _count];
        set => (_sum, _count) = (value[0], (long)value[1]);
    }

    /// <inheritdoc/>
    public void Reset() => (_sum, _count) = (0, 0);

    /// <inheritdoc/>
    public override string ToString() => "Rmse()";
}
