using Hondo.Tensors;

namespace Hondo.Metrics;

/// <summary>
/// The mean of −ln p(true class), p = softmax(logits) (sigmoid for one output): cross-entropy in nats.
/// </summary>
public sealed class LogLoss : IMetric
{
    readonly NegativeLogLikelihood _surprise = new(nameof(LogLoss));

    /// <inheritdoc/>
    public string Name => "log loss";

    /// <inheritdoc/>
    public bool IsHigherBetter => false;

    /// <inheritdoc/>
    public double Value => _surprise.Nats;

    /// <inheritdoc/>
    public void Add(Tensor output, Tensor target) => _surprise.Add(output, target);

    /// <inheritdoc/>
    public IReadOnlyList<double> Sums { get => _surprise.Sums; set => _surprise.Sums = value; }

    /// <inheritdoc/>
    public void Reset() => _surprise.Reset();

    /// <inheritdoc/>
    public override string ToString() => "LogLoss()";
}

/// <summary>
/// e^(mean of −ln p(true class)), p = softmax(logits): among how many equally likely classes the model wavers.
/// </summary>
public sealed class Perplexity : IMetric
{
    readonly NegativeLogLikelihood _surprise = new(nameof(Perplexity));

    /// <inheritdoc/>
    public string Name => "perplexity";

    /// <inheritdoc/>
    public bool IsHigherBetter => false;

    /// <inheritdoc/>
    public double Value => Math.Exp(_surprise.Nats);

    /// <inheritdoc/>
    public void Add(Tensor output, Tensor target) => _surprise.Add(output, target);

    /// <inheritdoc/>
    public IReadOnlyList<double> Sums { get => _surprise.Sums; set => _surprise.Sums = value; }

    /// <inheritdoc/>
    public void Reset() => _surprise.Reset();

    /// <inheritdoc/>
    public override string ToString() => "Perplexity()";
}

/// <summary>The mean of −log₂ p(true class), p = softmax(logits): for a text model, bits per character.</summary>
public sealed class Bits : IMetric
{
    readonly NegativeLogLikelihood _surprise = new(nameof(Bits));

    /// <inheritdoc/>
    public string Name => "bits";

    /// <inheritdoc/>
    public bool IsHigherBetter => false;

    /// <inheritdoc/>
    public double Value => _surprise.Nats / Math.Log(2);

    /// <inheritdoc/>
    public void Add(Tensor output, Tensor target) => _surprise.Add(output, target);

    /// <inheritdoc/>
    public IReadOnlyList<double> Sums { get => _surprise.Sums; set => _surprise.Sums = value; }

    /// <inheritdoc/>
    public void Reset() => _surprise.Reset();

    /// <inheritdoc/>
    public override string ToString() => "Bits()";
}

/// <summary>
/// The mean of −ln p(true class), from logits in float64: what log loss, perplexity and bits have in common.
/// </summary>
sealed class NegativeLogLikelihood(string metric)
{
    double _sum;
    long _rows;

    public double Nats => _sum / _rows;

    public void Add(Tensor output, Tensor target)
    {
        var rows = new ClassRows(metric, output, target, 0);
        for (int row = 0; row < rows.Rows; row++)
        {
            int label = rows.Label(row);
            if (label < 0)
                continue;
            _rows++;
            _sum += rows.Width == 1 ? OfBinary(rows.Score(row, 0), label) : OfClass(rows, row, label);
        }
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

    /// <summary>What was gathered.</summary>
    public IReadOnlyList<double> Sums
    {
        get => [_sum, _rows];
        set => (_sum, _rows) = (value[0], (long)value[1]);
    }

    public void Reset() => (_sum, _rows) = (0, 0);
}
