using Hondo.Tensors;

namespace Hondo.Metrics;

/// <summary>
/// What becomes of a yes-or-no classifier when its threshold moves from above all scores to below all: counts of right
/// and wrong alarms at each, from which ROC and precision–recall curves follow.
/// </summary>
public sealed class ThresholdCurve
{
    readonly List<ThresholdPoint> _points = [];

    /// <summary>The curve of scores; equal scores are passed together.</summary>
    /// <param name="scores">How sure the model is of yes: logits or probabilities.</param>
    /// <param name="answers">The true answers.</param>
    /// <exception cref="ArgumentException">The counts differ, a score is NaN, or one of both answers is missing.
    /// </exception>
    public ThresholdCurve(ReadOnlySpan<double> scores, ReadOnlySpan<bool> answers)
    {
        (double[] sorted, bool[] isYes) = (scores.ToArray(), answers.ToArray());
        Positives = isYes.Count(yes => yes);
        Negatives = isYes.Length - Positives;
        if (scores.Length != answers.Length || Positives == 0 || Negatives == 0 || sorted.Any(double.IsNaN))
            throw new ArgumentException($"A curve of thresholds needs a score that is a number for each answer, and "
                + $"both answers; it got {scores.Length} scores, {Positives} times yes and {Negatives} times no.");
        Array.Sort(sorted, isYes);
        _points.Add(new(double.PositiveInfinity, 0, 0));
        int right = 0, wrong = 0;
        for (int i = sorted.Length - 1; i >= 0; i--)
        {
            (right, wrong) = isYes[i] ? (right + 1, wrong) : (right, wrong + 1);
            if (i == 0 || sorted[i - 1] != sorted[i])
                _points.Add(new(sorted[i], right, wrong));
        }
    }

    /// <summary>How many answers are yes.</summary>
    public int Positives { get; }

    /// <summary>How many answers are no.</summary>
    public int Negatives { get; }

    /// <summary>The counts, highest threshold first.</summary>
    public IReadOnlyList<ThresholdPoint> Points => _points;

    /// <summary>Recall, the share of yes that is found: TP / (TP + FN).</summary>
    public double Recall(ThresholdPoint point) => (double)point.TruePositives / Positives;

    /// <summary>The share of no that is taken for yes: FP / (FP + TN).</summary>
    public double FalsePositiveRate(ThresholdPoint point) => (double)point.FalsePositives / Negatives;

    /// <summary>The share of alarms that are right: TP / (TP + FP); 1 without alarms.</summary>
    public static double Precision(ThresholdPoint point) => point.TruePositives + point.FalsePositives == 0 ? 1
        : (double)point.TruePositives / (point.TruePositives + point.FalsePositives);

    /// <summary>
    /// The area under the ROC curve: the chance that a random yes has a higher score than a random no, equal ones
    /// counted half (Hanley and McNeil 1982). 0.5 is guessing.
    /// </summary>
    public double RocArea
    {
        get
        {
            double area = 0;
            for (int i = 1; i < _points.Count; i++)
                area += (FalsePositiveRate(_points[i]) - FalsePositiveRate(_points[i - 1]))
                    * (Recall(_points[i]) + Recall(_points[i - 1])) / 2;
            return area;
        }
    }

    /// <summary>Average precision: Σ (recall − recall before) · precision, the area under the precision–recall curve
    /// in steps.</summary>
    public double AveragePrecision
    {
        get
        {
            double area = 0;
            for (int i = 1; i < _points.Count; i++)
                area += (Recall(_points[i]) - Recall(_points[i - 1])) * Precision(_points[i]);
            return area;
        }
    }
}

/// <summary>The counts at one threshold.</summary>
/// <param name="Threshold">Yes from this score on.</param>
/// <param name="TruePositives">Yes that is found.</param>
/// <param name="FalsePositives">No that is taken for yes.</param>
public readonly record struct ThresholdPoint(double Threshold, int TruePositives, int FalsePositives);

/// <summary>
/// An area under a <see cref="ThresholdCurve"/> of a yes-or-no classifier: one score a row, or the second less the
/// first of two. It needs no threshold. NaN when one of both answers never occurs.
/// </summary>
public abstract class RankingMetric : IMetric
{
    readonly Func<ThresholdCurve, double> _area;
    // Scores and answers one after the other: a rank is known when all are there.
    List<double> _all = [];

    private protected RankingMetric(string name, Func<ThresholdCurve, double> area) => (Name, _area) = (name, area);

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool IsHigherBetter => true;

    /// <inheritdoc/>
    public double Value
    {
        get
        {
            double[] scores = [.. _all.Where((_, i) => i % 2 == 0)];
            bool[] answers = [.. _all.Where((_, i) => i % 2 == 1).Select(answer => answer > 0)];
            bool isRanked = answers.Distinct().Count() == 2 && !scores.Any(double.IsNaN);
            return isRanked ? _area(new(scores, answers)) : double.NaN;
        }
    }

    /// <inheritdoc/>
    public void Add(Tensor output, Tensor target)
    {
        var rows = new ClassRows(GetType().Name, output, target, 0);
        if (rows.Width > 2)
            throw new ShapeException($"{GetType().Name} got outputs {output.Shape}: it is for yes or no, one score or "
                + "two a row. Of several classes look at one against the rest.");
        for (int row = 0; row < rows.Rows; row++)
        {
            int label = rows.Label(row);
            if (label >= 0)
                _all.AddRange([rows.Width == 1 ? rows.Score(row, 0) : rows.Score(row, 1) - rows.Score(row, 0), label]);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<double> Sums { get => _all; set => _all = [.. value]; }

    /// <inheritdoc/>
    public void Reset() => _all = [];

    /// <inheritdoc/>
    public override string ToString() => $"{GetType().Name}()";
}

/// <summary>The area under the ROC curve: 0.5 is guessing, 1 without error.</summary>
public sealed class RocAuc() : RankingMetric("ROC AUC", static curve => curve.RocArea);

/// <summary>The area under the precision–recall curve, in steps: what counts when yes is rare.</summary>
public sealed class AveragePrecision() : RankingMetric("average precision", static curve => curve.AveragePrecision);
