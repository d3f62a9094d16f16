using Hondo.Metrics;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Losses;

/// <summary>
/// MSE   Σ (ŷ − y)² / n over all n numbers      dŷ = 2(ŷ − y) / n. Large errors count most; the best constant is the
/// mean. With scales s of several outputs   Σ ((ŷ − y) / s)² / n: each counts by its own spread, whatever its unit.
/// </summary>
public sealed class MeanSquaredError : Loss
{
    readonly double[]? _scales;
    readonly Tensor? _single, _twice;

    /// <summary>A mean squared error.</summary>
    /// <param name="scales">One for each output, above 0: what its errors are divided by; 1 when null.</param>
    /// <exception cref="ArgumentException">A scale is not above 0.</exception>
    public MeanSquaredError(double[]? scales = null)
    {
        if (scales is not null && (scales.Length == 0 || scales.Any(scale => !(scale > 0))))
            throw new ArgumentException("The scales of MeanSquaredError are numbers above 0.", nameof(scales));
        _scales = scales;
        if (scales is not null)
            (_single, _twice) = (Tensor.Constant<float>([.. scales.Select(scale => (float)(1 / scale))]),
                Tensor.Constant<double>([.. scales.Select(scale => 1 / scale)]));
    }

    /// <inheritdoc/>
    public override string Name => "mean squared error";

    /// <inheritdoc/>
    public override TargetKind Target => TargetKind.Numbers;

    /// <inheritdoc/>
    public override Tensor Compute(Tensor output, Tensor target)
    {
        if ((output.DType == DType.Float64 ? _twice : _single) is not { } gain)
            return output.SquaredError(target);
        if (output.Shape.Rank == 0 || output.Shape[^1] != gain.Size)
            throw new ShapeException($"{this} has {gain.Size} scales, but got predictions {output.Shape}: one scale "
                + "for each output.");
        return (output * gain).SquaredError(target * gain);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<IMetric> Metrics() => [new Rmse()];

    /// <inheritdoc/>
    public override string ToString() =>
        new CallWriter("MeanSquaredError").Add("scales", _scales, null).ToString();
}

/// <summary>
/// The courses' MSE   1/(2m) · Σ (ŷ − y)² over the m rows of the batch      dŷ = (ŷ − y) / m. The gradient has no 2,
/// and with one output a row the loss is half of <see cref="MeanSquaredError"/>.
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
}

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
}

/// <summary>
/// Σ h(ŷ − y) / n, where h(e) = ½e² for |e| ≤ δ, else δ(|e| − ½δ): squared near the target, absolute far from it
/// (Huber 1964). δ times PyTorch's smooth L1 loss of β = δ.
/// </summary>
public sealed class Huber : Loss
{
    readonly double _delta;

    /// <summary>A Huber loss.</summary>
    /// <param name="delta">δ, above 0: errors up to it count as squares.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    public Huber(double delta = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(delta);
        _delta = delta;
    }

    /// <inheritdoc/>
    public override string Name => "Huber loss";

    /// <inheritdoc/>
    public override TargetKind Target => TargetKind.Numbers;

    /// <inheritdoc/>
    public override Tensor Compute(Tensor output, Tensor target) => output.Huber(target, _delta);

    /// <inheritdoc/>
    public override IReadOnlyList<IMetric> Metrics() => [new Mae()];

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Huber").Add("delta", _delta, 1).ToString();
}
