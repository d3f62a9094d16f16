using Hondo.Metrics;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Losses;

/// <summary>
/// −mean ln softmax(x)[label]: for one class out of several. Give it raw scores [rows, classes], without a softmax
/// layer,
/// and int32 labels [rows].
/// </summary>
public sealed class CrossEntropy : Loss
{
    /// <inheritdoc/>
    public override string Name => "cross-entropy";

    /// <inheritdoc/>
    public override TargetKind Target => TargetKind.Labels;

    /// <inheritdoc/>
    public override Tensor Compute(Tensor output, Tensor target) => output.CrossEntropy(target);

    /// <inheritdoc/>
    public override IReadOnlyList<IMetric> Metrics() => [new Accuracy()];

    /// <inheritdoc/>
    public override string ToString() => "CrossEntropy()";
}
