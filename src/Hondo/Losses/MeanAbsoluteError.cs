using Hondo.Metrics;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Losses;

/// <summary>
/// MAE   Σ |ŷ − y| / n over all n numbers      dŷ = sign(ŷ − y) / n. Outliers count no more than others; the best
/// constant is the median.
/// </summary>
public sealed class MeanAbsoluteError : Loss
{
    /// <inheritdoc/>
    public override string Name => "mean absolute error";

    /// <inheritdoc/>
    public override TargetKind Target => TargetKind.Numbers;

    /// <inheritdoc/>
    public override Tensor Compute(Tensor output, Tensor target) => output.AbsoluteError(target);

    /// <inheritdoc/>
    public override IReadOnlyList<IMetric> Metrics() => [new Mae()];

    /// <inheritdoc/>
    public override string ToString() => "MeanAbsoluteError()";
}
