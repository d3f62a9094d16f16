using Hondo.Metrics;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Losses;

/// <summary>
/// −mean ln softmax(x)[label]: for one class out of several. Give it raw scores [.., classes], without a softmax layer,
/// and int32 labels [..], or shares of the classes (one-hot rows) [.., classes].
/// </summary>
public sealed class CrossEntropy : Loss
{
    readonly double[]? _weights;
    readonly double _smoothing;
    readonly int? _ignored;
    readonly Reduce _reduce;
    readonly Tensor? _single, _twice;

    /// <summary>A cross-entropy.</summary>
    /// <param name="weights">One weight for each class, e.g. larger for rare ones; equal ones when null.</param>
    /// <param name="smoothing">
    /// The share of the target spread over all classes, from 0 to below 1 (Szegedy et al. 2015, arXiv:1512.00567).
    /// </param>
    /// <param name="ignored">The label of rows that do not count, e.g. −100; none when null.</param>
    /// <param name="reduce">Mean (by the weights of the labels) or sum.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    public CrossEntropy(
        double[]? weights = null, double smoothing = 0, int? ignored = null, Reduce reduce = Reduce.Mean)
    {
        if (weights is not null && weights.Any(weight => !(weight >= 0)))
            throw new ArgumentException("The class weights of CrossEntropy are numbers from 0.", nameof(weights));
        if (!(smoothing is >= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(smoothing), smoothing,
                "The smoothing of CrossEntropy is a share from 0 to below 1, e.g. 0.1.");
        ReduceToOne.Check(reduce, nameof(reduce));
        (_weights, _smoothing, _ignored, _reduce) = (weights, smoothing, ignored, reduce);
        if (weights is not null)
            (_single, _twice) = (Tensor.Constant<float>([.. weights.Select(weight => (float)weight)]),
                Tensor.Constant(weights));
    }

    /// <inheritdoc/>
    public override string Name => "cross-entropy";

    /// <inheritdoc/>
    public override TargetKind Target => TargetKind.Labels;

    /// <inheritdoc/>
    public override Tensor Compute(Tensor output, Tensor target) => output.CrossEntropy(
        target, output.DType == DType.Float64 ? _twice : _single, _smoothing, _ignored, _reduce);

    /// <summary>Probabilities: the softmax of the scores.</summary>
    public override Tensor Predict(Tensor output) => output.Softmax();

    /// <inheritdoc/>
    public override IReadOnlyList<IMetric> Metrics() => [new Accuracy()];

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("CrossEntropy").Add("weights", _weights, null)
        .Add("smoothing", _smoothing, 0).Add("ignored", _ignored, null).Add("reduce", _reduce, Reduce.Mean).ToString();
}

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
