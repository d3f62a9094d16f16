using Hondo.Metrics;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Losses;

/// <summary>
/// Σ max(0, 1 − s·ŷ) / n, where s = 1 for targets 1 and −1 for targets 0: the loss of the support vector machine
/// (Cortes and Vapnik 1995). Right answers with a margin of 1 cost nothing.
/// </summary>
public sealed class Hinge : Loss
{
    /// <inheritdoc/>
    public override string Name => "hinge loss";

    /// <inheritdoc/>
    public override TargetKind Target => TargetKind.Binary;

    /// <inheritdoc/>
    public override Tensor Compute(Tensor output, Tensor target)
    {
        LossGuard.SameShape(this, output, target);
        Tensor sign = target * 2 - 1;
        return (1 - sign * output).Relu().Mean();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<IMetric> Metrics() => [new Accuracy()];

    /// <inheritdoc/>
    public override string ToString() => "Hinge()";
}
