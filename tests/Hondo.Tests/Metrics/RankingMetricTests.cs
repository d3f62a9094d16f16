using Hondo.Metrics;
using Hondo.Tensors;

namespace Hondo.Tests.Metrics;

public sealed class RankingMetricTests
{
    // The example of scikit-learn's page: roc_auc_score 0.75, average_precision_score 0.8333.
    static readonly double[] Scores = [0.1, 0.4, 0.35, 0.8];
    static readonly bool[] Answers = [false, false, true, true];

    [Fact]
    public void Areas_are_those_of_scikit_learn()
    {
        var curve = new ThresholdCurve(Scores, Answers);
        Assert.Equal(0.75, curve.RocArea, 1e-12);
        Assert.Equal(0.5 + 0.5 * 2 / 3, curve.AveragePrecision, 1e-12);
        Assert.Equal([double.PositiveInfinity, 0.8, 0.4, 0.35, 0.1], curve.Points.Select(point => point.Threshold));
        Assert.Equal([0, 0, 0.5, 0.5, 1], curve.Points.Select(curve.FalsePositiveRate));
    }

    [Fact]
    public void The_area_is_the_chance_that_yes_stands_above_no()
    {
        double[] scores = [.. Enumerable.Range(0, 200).Select(i => (double)(i * 37 % 23))];
        bool[] answers = [.. Enumerable.Range(0, 200).Select(i => i * 37 % 23 + i % 7 > 15)];
        double above = 0, pairs = 0;
        for (int i = 0; i < 200; i++)
            for (int j = 0; j < 200; j++)
                if (answers[i] && !answers[j])
                    (above, pairs) = (above + (scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0),
                        pairs + 1);
        Assert.Equal(above / pairs, new ThresholdCurve(scores, answers).RocArea, 1e-12);
    }

    [Fact]
    public void Metrics_gather_batches_of_one_score_or_two()
    {
        foreach (IMetric metric in (IMetric[])[new RocAuc(), new AveragePrecision()])
        {
            Assert.True(double.IsNaN(metric.Value));
            metric.Add(Tensor.Of([0.1f, 0.4f], [2, 1]), Tensor.Of([0f, 0], [2, 1]));
            metric.Add(Tensor.Of([1f, 1.35f, 0, 0.8f], [2, 2]), Tensor.Of([1, 1]));
            var curve = new ThresholdCurve(Scores, Answers);
            double expected = metric is RocAuc ? curve.RocArea : curve.AveragePrecision;
            Assert.Equal(expected, metric.Value, 1e-6);
            IReadOnlyList<double> sums = metric.Sums;
            metric.Reset();
            Assert.True(double.IsNaN(metric.Value));
            metric.Sums = sums;
            Assert.Equal(expected, metric.Value, 1e-6);
            Assert.Throws<ShapeException>(() => metric.Add(Tensor.Of([1f, 2, 3], [1, 3]), Tensor.Of([1])));
        }
    }

    [Fact]
    public void Without_one_of_both_answers_there_is_no_curve() => Assert.Contains("both answers",
        Assert.Throws<ArgumentException>(() => new ThresholdCurve([1, 2], [true, true])).Message,
        StringComparison.Ordinal);
}
