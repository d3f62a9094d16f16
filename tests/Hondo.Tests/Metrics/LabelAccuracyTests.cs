using Hondo.Data;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Metrics;
using Hondo.Optimizers;
using Hondo.Tensors;
using Hondo.Training;

namespace Hondo.Tests.Metrics;

public sealed class LabelAccuracyTests
{
    [Fact]
    public void Each_label_counts_for_itself()
    {
        var metric = new LabelAccuracy();
        metric.Add(Tensor.Of([1f, -1, 2, -3, 0.5f, float.NaN], [2, 3]), Tensor.Of([1f, 0, 0, 0, 1, 0], [2, 3]));
        Assert.Equal(4 / 6.0, metric.Value);
        metric.Reset();
        metric.Add(Tensor.Of([1f, -1], [2, 1]), Tensor.Of([1, 0]));
        Assert.Equal(1, metric.Value);
    }

    [Fact]
    public void A_training_with_several_labels_a_sample_reports_it()
    {
        float[] x = [.. Enumerable.Range(0, 600).Select(i => MathF.Sin(i * 1.7f))];
        var data = new Dataset("labels", new FloatFeatures(x, [3]),
            new RegressionTargets([.. x.Select(v => v > 0 ? 1f : 0)], ["a", "b", "c"]));
        var model = new Sequential(new Linear(3, 3));
        var trainer = new Trainer(model, new BinaryCrossEntropy(), new Adam(model.Parameters, 0.1)) { Epochs = 20 };
        Assert.InRange(trainer.Fit(new DataSplits(data))["accuracy"][^1], 0.97, 1);
    }

    [Fact]
    public void A_cancelled_training_keeps_its_course()
    {
        using var source = new CancellationTokenSource();
        var data = Datasets.Digits().Train.Take(100);
        var model = new Sequential(new Flatten(), new Linear(784, 10));
        var trainer = new Trainer(model, new CrossEntropy(), new Adam(model.Parameters, 0.01))
        {
            Epochs = 10,
            Callbacks = [new CancelsAfter(3, source)],
        };
        TrainingCanceledException error = Assert.Throws<TrainingCanceledException>(
            () => trainer.Fit(new DataSplits(data), source.Token));
        Assert.Equal(3, error.History.Count);
        Assert.Equal("cancelled", error.History.StopReason);
    }

    sealed class CancelsAfter(int epochs, CancellationTokenSource source) : Callback
    {
        protected internal override void OnEpochEnd(TrainingRun run)
        {
            if (run.Epoch == epochs)
                source.Cancel();
        }
    }
}
