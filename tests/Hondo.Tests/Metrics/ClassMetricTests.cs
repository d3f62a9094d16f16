using Hondo.Metrics;
using Hondo.Tensors;

namespace Hondo.Tests.Metrics;

public sealed class ClassMetricTests
{
    // Rows predicted 0, 1, 1, 2, 0 and true 0, 1, 2, 2, 1.
    static readonly Tensor Scores = Tensor.Of(new[,]
    {
        { 3f, 1, 0 }, { 0, 2, 1 }, { 0, 5, 4 }, { -3, -2, -1 }, { 1, 0.5f, 0 },
    });

    static readonly Tensor Labels = Tensor.Of([0, 1, 2, 2, 1]);

    static T Of<T>(T metric, Tensor output, Tensor target) where T : IMetric
    {
        metric.Add(output, target);
        return metric;
    }

    [Fact]
    public void Accuracy_is_the_share_of_right_rows() => Assert.Equal(0.6, Of(new Accuracy(), Scores, Labels).Value);

    [Fact]
    public void Accuracy_of_batches_is_that_of_their_sum()
    {
        Accuracy accuracy = Of(new Accuracy(), Scores, Labels);
        accuracy.Add(Tensor.Of(new[,] { { 1f, 0 }, { 1, 0 }, { 1, 0 } }), Tensor.Of([1, 1, 1]));
        Assert.Equal(3.0 / 8, accuracy.Value);
        accuracy.Reset();
        Assert.Equal(double.NaN, accuracy.Value);
    }

    [Fact]
    public void Labels_and_one_hot_rows_give_the_same()
    {
        Tensor oneHot = Tensor.Of(new[,] { { 1f, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 }, { 0, 0, 1 }, { 0, 1, 0 } });
        Assert.Equal(0.6, Of(new Accuracy(), Scores, oneHot).Value);
        Assert.Equal(Of(new LogLoss(), Scores, Labels).Value, Of(new LogLoss(), Scores, oneHot).Value);
    }

    [Fact]
    public void Sequences_count_row_by_row() => Assert.Equal(0.5, Of(new Accuracy(),
        Tensor.Of([1f, 0, 0, 1, 1, 0, 0, 1], [2, 2, 2]), Tensor.Of([0, 0, 0, 0], [2, 2])).Value);

    [Fact]
    public void Rows_with_a_negative_label_are_not_counted() =>
        Assert.Equal(1, Of(new Accuracy(), Scores, Tensor.Of([0, 1, -100, 2, -100])).Value);

    [Fact]
    public void One_output_is_a_binary_classifier_with_a_threshold()
    {
        Tensor logits = Tensor.Of([-1f, 0.2f, 0.7f], [3, 1]), truth = Tensor.Of([0f, 0, 1], [3, 1]);
        Assert.Equal(2.0 / 3, Of(new Accuracy(), logits, truth).Value, 1e-15);
        Assert.Equal(1, Of(new Accuracy(threshold: 0.5), logits, truth).Value);
        Assert.Equal(1, Of(new Accuracy(threshold: 0.5), logits, Tensor.Of([0, 0, 1])).Value);
    }

    [Fact]
    public void A_NaN_score_is_never_right()
    {
        Tensor scores = Tensor.Of(new[,] { { float.NaN, 0 }, { 0, float.NaN } });
        Assert.Equal(0, Of(new Accuracy(), scores, Tensor.Of([0, 0])).Value);
        Assert.Equal(0, Of(new TopKAccuracy(2), scores, Tensor.Of([0, 0])).Value);
    }

    [Theory]
    [InlineData(1, 0.6)]
    [InlineData(2, 1.0)]
    [InlineData(3, 1.0)]
    public void Top_k_counts_the_k_best_guesses(int k, double value) =>
        Assert.Equal(value, Of(new TopKAccuracy(k), Scores, Labels).Value);

    [Fact]
    public void Of_equal_scores_the_first_ones_count()
    {
        Tensor equal = Tensor.Zeros([3, 3]), labels = Tensor.Of([0, 1, 2]);
        Assert.Equal(1.0 / 3, Of(new TopKAccuracy(1), equal, labels).Value);
        Assert.Equal(Of(new Accuracy(), equal, labels).Value, Of(new TopKAccuracy(1), equal, labels).Value);
    }

    [Fact]
    public void The_confusion_matrix_counts_true_rows_and_predicted_columns()
    {
        ConfusionMatrix matrix = Of(new ConfusionMatrix(["cat", "dog", "mouse"]), Scores, Labels);
        Assert.Equal([1, 0, 0, 1, 1, 0, 0, 1, 1],
            from t in Enumerable.Range(0, 3) from p in Enumerable.Range(0, 3) select matrix[t, p]);
        Assert.Equal((5, 3, 0.6), (matrix.Total, matrix.Right, matrix.Value));
        Assert.Equal(
            """
            true \ predicted    cat    dog  mouse
            cat                   1      0      0
            dog                   1      1      0
            mouse                 0      1      1
            """, matrix.ToString());
    }

    [Fact]
    public void Precision_recall_and_F1_are_those_of_each_class()
    {
        Precision precision = Of(new Precision(), Scores, Labels);
        Recall recall = Of(new Recall(), Scores, Labels);
        F1 f1 = Of(new F1(), Scores, Labels);
        Assert.Equal([0.5, 0.5, 1], [precision[0], precision[1], precision[2]]);
        Assert.Equal([1, 0.5, 0.5], [recall[0], recall[1], recall[2]]);
        for (int k = 0; k < 3; k++)
            Assert.Equal(2 * precision[k] * recall[k] / (precision[k] + recall[k]), f1[k], 1e-15);
    }

    [Theory]
    [InlineData(Average.Macro, 2.0 / 3, 2.0 / 3, 11.0 / 18)]
    [InlineData(Average.Micro, 0.6, 0.6, 0.6)]
    [InlineData(Average.Weighted, 0.7, 0.6, 0.6)]
    public void Averages_over_classes(Average average, double precision, double recall, double f1)
    {
        Assert.Equal(precision, Of(new Precision(average), Scores, Labels).Value, 1e-15);
        Assert.Equal(recall, Of(new Recall(average), Scores, Labels).Value, 1e-15);
        Assert.Equal(f1, Of(new F1(average), Scores, Labels).Value, 1e-15);
    }

    [Fact]
    public void A_class_that_never_occurs_spoils_no_average()
    {
        Tensor scores = Tensor.Of(new[,] { { 1f, 0, 0 }, { 0, 1, 0 } }), labels = Tensor.Of([0, 1]);
        Assert.Equal(1, Of(new F1(), scores, labels).Value);
    }

    [Fact]
    public void Log_loss_perplexity_and_bits_are_one_number_in_three_units()
    {
        double nats = Of(new LogLoss(), Scores, Labels).Value;
        double expected = Enumerable.Range(0, 5).Average(row => -Math.Log(
            Math.Exp(Scores[row, (int)Labels[row]]) / Enumerable.Range(0, 3).Sum(k => Math.Exp(Scores[row, k]))));
        Assert.Equal(expected, nats, 1e-12);
        Assert.Equal(Math.Exp(nats), Of(new Perplexity(), Scores, Labels).Value, 1e-12);
        Assert.Equal(nats / Math.Log(2), Of(new Bits(), Scores, Labels).Value, 1e-12);
    }

    [Fact]
    public void Log_loss_stays_finite_for_huge_scores()
    {
        Assert.Equal(2000, Of(new LogLoss(), Tensor.Of(new[,] { { 1000f, -1000 } }), Tensor.Of([1])).Value);
        Assert.Equal(1000, Of(new LogLoss(), Tensor.Of([1000f], [1, 1]), Tensor.Of([0f], [1, 1])).Value);
    }

    [Fact]
    public void A_model_that_guesses_evenly_wavers_among_all_classes() =>
        Assert.Equal(65, Of(new Perplexity(), Tensor.Zeros([4, 65]), Tensor.Of([1, 2, 3, 4])).Value, 1e-9);

    [Fact]
    public void A_label_outside_the_classes_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new Accuracy().Add(Scores, Tensor.Of([0, 1, 2, 3, 0])));
        Assert.Equal("Label 3 is outside the 3 classes 0 to 2 that the model has.", error.Message);
    }

    [Fact]
    public void Rows_that_do_not_fit_are_refused() => Assert.StartsWith(
        "Accuracy got outputs [5, 3] and targets [4]: it needs one label",
        Assert.Throws<ShapeException>(() => new Accuracy().Add(Scores, Tensor.Of([0, 1, 2, 0]))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Adding_a_batch_allocates_nothing()
    {
        IMetric[] metrics = [new Accuracy(), new TopKAccuracy(2), new ConfusionMatrix(), new F1(), new LogLoss()];
        AddAll();
        long before = GC.GetAllocatedBytesForCurrentThread();
        AddAll();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void AddAll()
        {
            foreach (IMetric metric in metrics)
                metric.Add(Scores, Labels);
        }
    }
}
