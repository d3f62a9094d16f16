using Hondo.Metrics;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Losses;

/// <summary>
/// The mean of −t ln σ(x) − (1 − t) ln(1 − σ(x)) over the bits that are asked for, in nats a bit: scores
/// [batch, time, bits], and targets of 0 and 1 in the same shape, −1 where a step does not count.
/// </summary>
public sealed class BitCrossEntropy : Loss
{
    /// <inheritdoc/>
    public override string Name => "cross-entropy of bits";

    /// <inheritdoc/>
    public override TargetKind Target => TargetKind.Binary;

    /// <inheritdoc/>
    public override Tensor Compute(Tensor output, Tensor target)
    {
        if (output.Shape != target.Shape)
            throw new ShapeException($"BitCrossEntropy got scores {output.Shape} and targets {target.Shape}: they must "
                + "be alike, [batch, time, bits].");
        Tensor asked = (target >= 0).To(output.DType);
        Tensor each = output.BinaryCrossEntropy(target * asked, reduce: Reduce.None) * asked;
        return each.Sum() / asked.Sum();
    }

    /// <summary>Probabilities: the sigmoid of the scores.</summary>
    public override Tensor Predict(Tensor output) => output.Sigmoid();

    /// <inheritdoc/>
    public override IReadOnlyList<IMetric> Metrics() => [new BitsRight()];

    /// <inheritdoc/>
    public override string ToString() => "BitCrossEntropy()";
}
