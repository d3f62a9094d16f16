using Hondo.Tensors;

namespace Hondo.Metrics;

/// <summary>
/// R² = 1 − Σ (y − ŷ)² / Σ (y − ȳ)²: the share of the target's variance that the model explains. 1 is perfect, 0 is
/// no better than always saying the mean. With several outputs a row, all numbers are taken together.
/// </summary>
public sealed class RSquared : IMetric
{
    double _residual, _mean, _total;
    long _count;

    /// <inheritdoc/>
    public string Name => "R²";

    /// <inheritdoc/>
    public bool IsHigherBetter => true;

    /// <inheritdoc/>
    public double Value => _count == 0 ? double.NaN : 1 - (_residual / _total);

    /// <inheritdoc/>
    public void Add(Tensor output, Tensor target)
    {
        var pairs = new NumberPairs(nameof(RSquared), output, target);
        for (int i = 0; i < pairs.Count; i++)
        {
            double y = pairs.Target(i), residual = y - pairs.Output(i);
            _residual += residual * residual;
            // Welford 1962: the sum of squares minus the squared mean would lose all digits of a large mean.
            double before = y - _mean;
            _mean += before / ++_count;
            _total += before * (y - _mean);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<double> Sums
    {
        get => [_residual, _mean, _total, _count];
        set => (_residual, _mean, _total, _count) = (value[0], value[1], value[2], (long)value[3]);
    }

    /// <inheritdoc/>
    public void Reset() => (_residual, _mean, _total, _count) = (0, 0, 0, 0);

    /// <inheritdoc/>
    public override string ToString() => "RSquared()";
}
