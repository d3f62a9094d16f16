using Hondo.Metrics;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Losses;

/// <summary>
/// The courses' MSE   1/(2m) · Σ (ŷ − y)² over the m rows of the batch      dŷ = (ŷ − y) / m. The gradient has no 2,
/// and
/// with one output a row the loss is half of <see cref="MeanSquaredError"/>.
/// </summary>
public sealed class HalfMeanSquaredError : Loss
{
    /// <inheritdoc/>
    public override string Name => "half mean squared error";

    /// <inheritdoc/>
    public override TargetKind Target => TargetKind.Numbers;

    /// <inheritdoc/>
    public override Tensor Compute(Tensor output, Tensor target)
    {
        int rows = output.Shape.Rank == 0 ? 1 : output.Shape[0];
        return output.SquaredError(target, Reduce.Sum) * (0.5 / rows);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<IMetric> Metrics() => [new Rmse()];

    /// <inheritdoc/>
    public override string ToString() => "HalfMeanSquaredError()";
}
