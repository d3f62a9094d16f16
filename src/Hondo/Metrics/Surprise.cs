using Hondo.Tensors;

namespace Hondo.Metrics;

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
