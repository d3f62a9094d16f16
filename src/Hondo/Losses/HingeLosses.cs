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

/// <summary>
/// Mean over the rows of Σ max(0, margin − x[label] + x[c]) / classes over the other classes c (Weston and Watkins
/// 1999). Scores [.., classes], int32 labels [..].
/// </summary>
public sealed class MulticlassHinge : Loss
{
    readonly double _margin;

    /// <summary>A hinge loss of several classes.</summary>
    /// <param name="margin">The margin, above 0.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    public MulticlassHinge(double margin = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(margin);
        _margin = margin;
    }

    /// <inheritdoc/>
    public override string Name => "multi-class hinge loss";

    /// <inheritdoc/>
    public override TargetKind Target => TargetKind.Labels;

    /// <inheritdoc/>
    public override Tensor Compute(Tensor output, Tensor target) => output.MulticlassHinge(target, _margin);

    /// <inheritdoc/>
    public override IReadOnlyList<IMetric> Metrics() => [new Accuracy()];

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("MulticlassHinge").Add("margin", _margin, 1).ToString();
}
