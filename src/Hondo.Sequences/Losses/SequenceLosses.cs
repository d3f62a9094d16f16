using Hondo.Metrics;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Losses;

/// <summary>
/// −mean ln softmax(x)[next token], in nats a token: the loss of models of text, scores [batch, time, tokens] and int32
/// labels [batch, time]. Label −1 is no token and does not count.
/// </summary>
public sealed class TokenCrossEntropy : Loss
{
    readonly double _charactersPerToken;

    /// <summary>A cross-entropy of tokens.</summary>
    /// <param name="charactersPerToken">Characters a token stands for on average, by which bits per character are
    /// comparable between characters, byte pairs and words; 1 for characters.</param>
    public TokenCrossEntropy(double charactersPerToken = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(charactersPerToken);
        _charactersPerToken = charactersPerToken;
    }

    /// <inheritdoc/>
    public override string Name => "cross-entropy";

    /// <inheritdoc/>
    public override TargetKind Target => TargetKind.Labels;

    internal override bool IsForSequences => true;

    /// <inheritdoc/>
    public override Tensor Compute(Tensor output, Tensor target) => output.CrossEntropy(target, ignored: -1);

    /// <summary>Probabilities: the softmax of the scores.</summary>
    public override Tensor Predict(Tensor output) => output.Softmax();

    /// <summary>
    /// Bits per character = loss / ln 2 / characters a token, and perplexity = e^loss: among how many equally likely
    /// tokens the model wavers.
    /// </summary>
    public override IEnumerable<(string Name, double Value)> Figures(double loss) =>
        [("bits per character", loss / Math.Log(2) / _charactersPerToken), ("perplexity", Math.Exp(loss))];

    /// <inheritdoc/>
    public override string ToString() =>
        new CallWriter("TokenCrossEntropy").Add("charactersPerToken", _charactersPerToken, 1).ToString();
}

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

    internal override bool IsForSequences => true;

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
}
