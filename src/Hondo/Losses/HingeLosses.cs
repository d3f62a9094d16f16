using Hondo.Metrics;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Losses;

/// <summary>
/// Σ max(0, margin − s·ŷ) / n, where s = 1 for targets 1 and −1 for targets 0: the loss of the support vector machine
/// (Cortes and Vapnik 1995). Right answers with the margin cost nothing.
/// </summary>
/// <param name="margin">The margin, above 0.</param>
public sealed class Hinge(double margin = 1) : MarginLoss(margin)
{
    /// <inheritdoc/>
    public override string Name => "hinge loss";

    /// <inheritdoc/>
    public override TargetKind Target => TargetKind.Binary;

    /// <inheritdoc/>
    public override Tensor Compute(Tensor output, Tensor target) => output.Hinge(target * 2 - 1, Margin);
}

/// <summary>
/// Mean over the rows of Σ max(0, margin − x[label] + x[c]) / classes over the other classes c (Weston and Watkins
/// 1999). Scores [.., classes], int32 labels [..].
/// </summary>
/// <param name="margin">The margin, above 0.</param>
public sealed class MulticlassHinge(double margin = 1) : MarginLoss(margin)
{
    /// <inheritdoc/>
    public override string Name => "multi-class hinge loss";

    /// <inheritdoc/>
    public override TargetKind Target => TargetKind.Labels;

    /// <inheritdoc/>
    public override Tensor Compute(Tensor output, Tensor target) => output.MulticlassHinge(target, Margin);
}

/// <summary>What losses with a margin have in common.</summary>
public abstract class MarginLoss : Loss
{
    private protected MarginLoss(double margin)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(margin);
        Margin = margin;
    }

    private protected double Margin { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<IMetric> Metrics() => [new Accuracy()];

    /// <inheritdoc/>
    public override string ToString() => new CallWriter(GetType().Name).Add("margin", Margin, 1).ToString();
}
