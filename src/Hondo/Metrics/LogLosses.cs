using Hondo.Tensors;

namespace Hondo.Metrics;

/// <summary>
/// The mean of −ln p(true class), from logits in float64: what log loss, perplexity and bits have in common.
/// </summary>
public abstract class LikelihoodMetric : MeanMetric
{
    private protected LikelihoodMetric(string name) : base(name, isHigherBetter: false)
    {
    }

    /// <inheritdoc/>
    public override void Add(Tensor output, Tensor target)
    {
        var rows = new ClassRows(GetType().Name, output, target, 0);
        for (int row = 0; row < rows.Rows; row++)
            if (rows.Label(row) is >= 0 and var label)
                Count(rows.Width == 1 ? OfBinary(rows.Score(row, 0), label) : OfClass(rows, row, label));
    }

    // ln(1 + e⁻ˣ) for class 1 and ln(1 + eˣ) for class 0, without overflow for large |x|.
    static double OfBinary(double logit, int label)
    {
        double x = label == 1 ? -logit : logit;
        return Math.Max(x, 0) + double.LogP1(Math.Exp(-Math.Abs(x)));
    }

    static double OfClass(in ClassRows rows, int row, int label)
    {
        double maximum = rows.Score(row, 0), sum = 0;
        for (int k = 1; k < rows.Width; k++)
            maximum = Math.Max(maximum, rows.Score(row, k));
        for (int k = 0; k < rows.Width; k++)
            sum += Math.Exp(rows.Score(row, k) - maximum);
        return maximum + Math.Log(sum) - rows.Score(row, label);
    }
}

/// <summary>
/// The mean of −ln p(true class), p = softmax(logits) (sigmoid for one output): cross-entropy in nats.
/// </summary>
public sealed class LogLoss() : LikelihoodMetric("log loss");

/// <summary>
/// e^(mean of −ln p(true class)), p = softmax(logits): among how many equally likely classes the model wavers.
/// </summary>
public sealed class Perplexity() : LikelihoodMetric("perplexity")
{
    /// <inheritdoc/>
    public override double Value => Math.Exp(Mean);
}

/// <summary>The mean of −log₂ p(true class), p = softmax(logits): for a text model, bits per character.</summary>
public sealed class Bits() : LikelihoodMetric("bits")
{
    /// <inheritdoc/>
    public override double Value => Mean / Math.Log(2);
}
