using Hondo.Metrics;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Losses;

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
