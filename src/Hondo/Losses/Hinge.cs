using Hondo.Metrics;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Losses;

/// <summary>
/// Σ max(0, margin − s·ŷ) / n, where s = 1 for targets 1 and −1 for targets 0: the loss of the support vector machine
/// (Cortes and Vapnik 1995). Right answers with the margin cost nothing.
/// </summary>
public sealed class Hinge : Loss
{
    readonly double _margin;

    /// <summary>A hinge loss.</summary>
    /// <param name="margin">The margin, above 0.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    public Hinge(double margin = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(margin);
        _margin = margin;
    }

    /// <inheritdoc/>
    public override string Name => "hinge loss";

    /// <inheritdoc/>
    public override TargetKind Target => TargetKind.Binary;

    /// <inheritdoc/>
    public override Tensor Compute(Tensor output, Tensor target) => output.Hinge(target * 2 - 1, _margin);

    /// <inheritdoc/>
    public override IReadOnlyList<IMetric> Metrics() => [new Accuracy()];

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Hinge").Add("margin", _margin, 1).ToString();
}
