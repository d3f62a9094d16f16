using Hondo.Tensors;

namespace Hondo.Metrics;

/// <summary>The shared part of precision, recall and F1: a confusion matrix and an average over its classes.</summary>
sealed class ClassScore(string name, Average average, double threshold, Func<ConfusionMatrix, int, double> ofClass)
{
    readonly ConfusionMatrix _matrix = new(threshold: threshold);

    public double Value => _matrix.Total == 0 ? double.NaN
        : average == Average.Micro ? _matrix.Value
        : Mean();

    double Mean()
    {
        double sum = 0, weights = 0;
        for (int k = 0; k < _matrix.Classes; k++)
        {
            long actual = _matrix.Actual(k);
            if (actual + _matrix.Predicted(k) == 0)
                continue;
            double weight = average == Average.Macro ? 1 : actual;
            sum += weight * ofClass(_matrix, k);
            weights += weight;
        }
        return sum / weights;
    }

    /// <summary>The number of one class.</summary>
    public double Of(int k) => ofClass(_matrix, k);

    public void Add(Tensor output, Tensor target) => _matrix.Add(output, target);

    /// <summary>What was gathered.</summary>
    public IReadOnlyList<double> Sums { get => _matrix.Sums; set => _matrix.Sums = value; }

    public void Reset() => _matrix.Reset();

    public override string ToString() =>
        new CallWriter(name).Add("average", average, Average.Macro).Add("threshold", threshold, 0).ToString();
}
