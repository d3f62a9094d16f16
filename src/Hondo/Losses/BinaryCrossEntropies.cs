using Hondo.Metrics;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Losses;

/// <summary>
/// −p·y ln σ(x) − (1 − y) ln(1 − σ(x)): each output is a yes or no of its own (logistic regression, several labels a
/// sample). Give it raw scores, without a sigmoid layer, and targets of 0 and 1 in the same shape.
/// </summary>
public sealed class BinaryCrossEntropy : Loss
{
    readonly double _positiveWeight;
    readonly Reduce _reduce;

    /// <summary>A binary cross-entropy.</summary>
    /// <param name="positiveWeight">p, above 0: how much more a 1 counts than a 0.</param>
    /// <param name="reduce">Mean or sum.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    public BinaryCrossEntropy(double positiveWeight = 1, Reduce reduce = Reduce.Mean)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(positiveWeight);
        ReduceToOne.Check(reduce, nameof(reduce));
        (_positiveWeight, _reduce) = (positiveWeight, reduce);
    }

    /// <inheritdoc/>
    public override string Name => "binary cross-entropy";

    /// <inheritdoc/>
    public override TargetKind Target => TargetKind.Binary;

    /// <inheritdoc/>
    public override Tensor Compute(Tensor output, Tensor target) =>
        output.BinaryCrossEntropy(target, _positiveWeight, _reduce);

    /// <summary>Probabilities: the sigmoid of the scores.</summary>
    public override Tensor Predict(Tensor output) => output.Sigmoid();

    /// <inheritdoc/>
    public override IReadOnlyList<IMetric> Metrics() => [new LabelAccuracy()];

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("BinaryCrossEntropy")
        .Add("positiveWeight", _positiveWeight, 1).Add("reduce", _reduce, Reduce.Mean).ToString();
}
