using System.Text;
using Hondo.Tensors;

namespace Hondo.Metrics;

/// <summary>
/// How often each true class (row) was predicted as each class (column). Precision of a class: how many of those
/// predicted as it are it; recall: how many of those that are it were found; F1 their harmonic mean.
/// </summary>
/// <param name="names">The classes' names; their numbers when left out.</param>
/// <param name="threshold">For a binary classifier of one output: class 1 above it (0 for logits).</param>
public sealed class ConfusionMatrix(IReadOnlyList<string>? names = null, double threshold = 0) : IMetric
{
    long[] _counts = [];

    /// <inheritdoc/>
    public string Name => "confusion matrix";

    /// <inheritdoc/>
    public bool IsHigherBetter => true;

    /// <summary>The accuracy: the diagonal's share.</summary>
    public double Value => (double)Right / Total;

    /// <summary>How many classes; 0 before the first batch.</summary>
    public int Classes { get; private set; }

    /// <summary>Rows counted.</summary>
    public long Total { get; private set; }

    /// <summary>Rows predicted rightly.</summary>
    public long Right { get; private set; }

    /// <summary>How often a true class was predicted as a class.</summary>
    public long this[int actual, int predicted] => _counts[(actual * Classes) + predicted];

    /// <summary>How many rows are of a class.</summary>
    public long Actual(int k) => Sum(k * Classes, 1);

    /// <summary>How many rows were predicted as a class.</summary>
    public long Predicted(int k) => Sum(k, Classes);

    /// <summary>The right ones among those predicted as the class; 0 when there are none.</summary>
    public double Precision(int k) => Share(this[k, k], Predicted(k));

    /// <summary>The found ones among those of the class; 0 when there are none.</summary>
    public double Recall(int k) => Share(this[k, k], Actual(k));

    /// <summary>2 · precision · recall / (precision + recall) of a class.</summary>
    public double F1(int k) => Share(2 * this[k, k], Actual(k) + Predicted(k));

    /// <inheritdoc/>
    public void Add(Tensor output, Tensor target)
    {
        var rows = new ClassRows(nameof(ConfusionMatrix), output, target, threshold);
        if (Classes != rows.Classes)
        {
            if (Total > 0)
                throw new ShapeException(
                    $"This confusion matrix has {Classes} classes, but got outputs {output.Shape}. "
                    + "Reset it, or use one for each model.");
            (Classes, _counts) = (rows.Classes, new long[rows.Classes * rows.Classes]);
        }
        for (int row = 0; row < rows.Rows; row++)
            Count(rows.Label(row), rows.Predicted(row), output);
    }

    void Count(int label, int predicted, Tensor output)
    {
        if (label < 0)
            return;
        if (predicted < 0)
            throw new ArgumentException($"An output of {output.Shape} is NaN: it belongs to no class.");
        _counts[(label * Classes) + predicted]++;
        Total++;
        if (label == predicted)
            Right++;
    }

    long Sum(int from, int stride)
    {
        long sum = 0;
        for (int i = 0; i < Classes; i++)
            sum += _counts[from + (i * stride)];
        return sum;
    }

    static double Share(long part, long whole) => whole == 0 ? 0 : (double)part / whole;

    /// <inheritdoc/>
    public IReadOnlyList<double> Sums
    {
        get => [.. _counts.Select(count => (double)count)];
        set
        {
            int classes = (int)Math.Sqrt(value.Count);
            if (classes * classes != value.Count)
                throw new ArgumentException($"{value.Count} counts are no square table of classes.", nameof(value));
            (_counts, Classes) = ([.. value.Select(count => (long)count)], classes);
            (Total, Right) = (_counts.Sum(), Enumerable.Range(0, Classes).Sum(k => this[k, k]));
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        Array.Clear(_counts);
        (Total, Right) = (0, 0);
    }

    /// <summary>The table: true classes down, predicted ones across.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        int width = 5;
        for (int k = 0; k < Classes; k++)
            width = Math.Max(width, NameOf(k).Length);
        foreach (long count in _counts)
            width = Math.Max(width, $"{count}".Length);
        text.Append("true \\ predicted".PadRight(Math.Max(16, width)));
        for (int k = 0; k < Classes; k++)
            text.Append("  ").Append(NameOf(k).PadLeft(width));
        for (int actual = 0; actual < Classes; actual++)
        {
            text.Append('\n').Append(NameOf(actual).PadRight(Math.Max(16, width)));
            for (int predicted = 0; predicted < Classes; predicted++)
                text.Append("  ").Append($"{this[actual, predicted]}".PadLeft(width));
        }
        return text.ToString();
    }

    /// <summary>The name of class k; its number when it has none.</summary>
    public string NameOf(int k) => names is not null && k < names.Count ? names[k] : $"{k}";
}
