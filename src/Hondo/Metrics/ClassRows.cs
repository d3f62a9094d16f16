using Hondo.Tensors;

namespace Hondo.Metrics;

/// <summary>
/// A batch of a classifier, row by row: scores <c>[.., classes]</c> with labels <c>[..]</c> or one-hot rows
/// <c>[.., classes]</c>. One score a row is a binary classifier: class 1 above the threshold, class 0 else.
/// </summary>
readonly ref struct ClassRows
{
    readonly ReadOnlySpan<float> _scores, _targets;
    readonly ReadOnlySpan<double> _wideScores, _wideTargets;
    readonly ReadOnlySpan<int> _labels;
    readonly int _width;
    readonly double _threshold;

    public ClassRows(string metric, Tensor output, Tensor target, double threshold)
    {
        if (output.DType == DType.Float64)
            _wideScores = output.Values<double>();
        else
            _scores = output.Values<float>();
        if (target.DType == DType.Int32)
            _labels = target.Values<int>();
        else if (target.DType == DType.Float64)
            _wideTargets = target.Values<double>();
        else
            _targets = target.Values<float>();
        bool labelled = target.DType == DType.Int32;
        (_width, _threshold) = (WidthOf(output, target), threshold);
        Rows = _width == 0 ? 0 : output.Size / _width;
        if (target.Size != (labelled ? Rows : output.Size))
            throw new ShapeException(
                $"{metric} got outputs {output.Shape} and targets {target.Shape}: it needs one label, "
                + "or a row of class shares, for each row of outputs [.., classes].");
    }

    public int Rows { get; }

    /// <summary>How many classes: 2 for a binary classifier's single score.</summary>
    public int Classes => Math.Max(_width, 2);

    /// <summary>Scores in a row: 1 for a binary classifier.</summary>
    public int Width => _width;

    public double Score(int row, int k) =>
        _wideScores.IsEmpty ? _scores[(row * _width) + k] : _wideScores[(row * _width) + k];

    /// <summary>The class with the highest score, the first one of equals; −1 when a score is NaN.</summary>
    public int Predicted(int row)
    {
        if (_width == 1)
            return double.IsNaN(Score(row, 0)) ? -1 : Score(row, 0) > _threshold ? 1 : 0;
        int best = 0;
        for (int k = 0; k < _width; k++)
        {
            if (double.IsNaN(Score(row, k)))
                return -1;
            if (Score(row, k) > Score(row, best))
                best = k;
        }
        return best;
    }

    /// <summary>The true class; a negative one is not to be counted.</summary>
    public int Label(int row)
    {
        if (!_labels.IsEmpty)
            return Checked(_labels[row]);
        if (_width == 1)
            return Target(row, 0) > 0.5 ? 1 : 0;
        int best = 0;
        for (int k = 1; k < _width; k++)
            if (Target(row, k) > Target(row, best))
                best = k;
        return best;
    }

    double Target(int row, int k) =>
        _wideTargets.IsEmpty ? _targets[(row * _width) + k] : _wideTargets[(row * _width) + k];

    int Checked(int label) => label < Classes
        ? label
        : throw new ArgumentException(
            $"Label {label} is outside the {Classes} classes 0 to {Classes - 1} that the model has.");

    // A binary classifier's output is [batch, 1] or [batch]; the latter only beside targets of one number a row.
    static int WidthOf(Tensor output, Tensor target) =>
        output.Shape.Rank == 0 || (output.Shape.Rank == 1 && target.Size == output.Size) ? 1 : output.Shape[^1];
}
