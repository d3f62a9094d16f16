using Hondo.Metrics;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Losses;

/// <summary>
/// −y ln p − (1 − y) ln(1 − p) of probabilities p, as a model that ends in a sigmoid gives them; the logarithms are
/// held at −100. <see cref="BinaryCrossEntropy"/> from raw scores keeps more digits and never saturates.
/// </summary>
public sealed class ProbabilityCrossEntropy : Loss
{
    readonly Reduce _reduce;

    /// <summary>A binary cross-entropy of probabilities.</summary>
    /// <param name="reduce">Mean or sum.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    public ProbabilityCrossEntropy(Reduce reduce = Reduce.Mean)
    {
        ReduceToOne.Check(reduce, nameof(reduce));
        _reduce = reduce;
    }

    /// <inheritdoc/>
    public override string Name => "cross-entropy of probabilities";

    /// <inheritdoc/>
    public override TargetKind Target => TargetKind.Binary;

    /// <inheritdoc/>
    public override Tensor Compute(Tensor output, Tensor target) => output.ProbabilityCrossEntropy(target, _reduce);

    /// <inheritdoc/>
    public override IReadOnlyList<IMetric> Metrics() => [new Accuracy(threshold: 0.5)];

    /// <inheritdoc/>
    public override string ToString() =>
        new CallWriter("ProbabilityCrossEntropy").Add("reduce", _reduce, Reduce.Mean).ToString();
}
