using Hondo.Tensors;

namespace Hondo.Metrics;

/// <summary>
/// Intersection over union, the mean over the classes that occur in truth or answer: of a class
/// |truth ∩ answer| / |truth ∪ answer| over all pixels (the Jaccard index of 1901; Pascal VOC's measure of
/// segmentation, Everingham et al. 2010). Scores <c>[.., classes]</c>, labels <c>[..]</c>; a negative one does not
/// count.
/// </summary>
public sealed class MeanIoU : IMetric
{
    // Of each class: pixels in both, in the truth, in the answer.
    long[] _counts = [];

    /// <inheritdoc/>
    public string Name => "mean IoU";

    /// <inheritdoc/>
    public bool IsHigherBetter => true;

    /// <inheritdoc/>
    public double Value
    {
        get
        {
            double[] occurring = [.. Enumerable.Range(0, _counts.Length / 3).Select(Of).Where(double.IsFinite)];
            return occurring.Length > 0 ? occurring.Average() : double.NaN;
        }
    }

    /// <summary>Intersection over union of one class; NaN when it occurs in neither truth nor answer.</summary>
    public double Of(int label) => _counts.AsSpan(label * 3, 3) is [var both, var truth, var answer]
        ? (double)both / (truth + answer - both) : double.NaN;

    /// <inheritdoc/>
    public void Add(Tensor output, Tensor target)
    {
        var rows = new ClassRows(nameof(MeanIoU), output, target, 0);
        if (_counts.Length < rows.Classes * 3)
            Array.Resize(ref _counts, rows.Classes * 3);
        for (int row = 0; row < rows.Rows; row++)
        {
            int label = rows.Label(row), answer = rows.Predicted(row);
            if (label < 0)
                continue;
            _counts[label * 3] += label == answer ? 1 : 0;
            _counts[label * 3 + 1]++;
            if (answer >= 0)
                _counts[answer * 3 + 2]++;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<double> Sums
    {
        get => [.. _counts.Select(count => (double)count)];
        set => _counts = [.. value.Select(sum => (long)sum)];
    }

    /// <inheritdoc/>
    public void Reset() => Array.Clear(_counts);

    /// <inheritdoc/>
    public override string ToString() => "MeanIoU()";
}
