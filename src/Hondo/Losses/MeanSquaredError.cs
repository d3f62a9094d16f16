using Hondo.Metrics;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Losses;

/// <summary>
/// MSE   Σ (ŷ − y)² / n over all n numbers      dŷ = 2(ŷ − y) / n. Large errors count most; the best constant is the
/// mean.
/// </summary>
public sealed class MeanSquaredError : Loss
{
    /// <inheritdoc/>
    public override string Name => "mean squared error";

    /// <inheritdoc/>
    public override TargetKind Target => TargetKind.Numbers;

    /// <inheritdoc/>
    public override Tensor Compute(Tensor output, Tensor target) => output.SquaredError(target);

    /// <inheritdoc/>
    public override IReadOnlyList<IMetric> Metrics() => [new Rmse()];

    /// <inheritdoc/>
    public override string ToString() => "MeanSquaredError()";
}
