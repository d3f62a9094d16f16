using Hondo.Layers;
using Hondo.Training;

namespace Hondo.Tests.Training;

public sealed class BestWeightsTests
{
    /// <summary>Changes nothing but what a test needs: the weights after each epoch.</summary>
    sealed class Notebook : Callback
    {
        public List<byte[]> Epochs { get; } = [];

        protected internal override void OnEpochEnd(TrainingRun run) => Epochs.Add(Tasks.Bits(run.Model));
    }

    [Fact]
    public void Early_stopping_gives_back_the_weights_of_the_best_epoch()
    {
        var notebook = new Notebook();
        var stopping = new EarlyStopping("dev loss", patience: 3);
        Layer model = Tasks.Mlp();
        History history = Tasks.Trainer(model, epochs: 200, batchSize: 8, notebook, stopping).Fit(Tasks.Parts(60));
        double[] losses = history["dev loss"];
        Assert.Equal(Array.IndexOf(losses, losses.Min()) + 1, stopping.BestEpoch);
        Assert.Equal(stopping.BestEpoch + 3, history.Count);
        Assert.Equal(notebook.Epochs[stopping.BestEpoch - 1], Tasks.Bits(model));
        Assert.Equal("dev loss has not got better for 3 epochs", history.StopReason);
    }

    [Fact]
    public void Early_stopping_gives_back_the_best_weights_also_when_the_epochs_run_out()
    {
        var notebook = new Notebook();
        var stopping = new EarlyStopping("dev loss", patience: 1000);
        Layer model = Tasks.Mlp();
        Tasks.Trainer(model, epochs: 150, batchSize: 8, notebook, stopping).Fit(Tasks.Parts(60));
        Assert.InRange(stopping.BestEpoch, 1, 149);
        Assert.Equal(notebook.Epochs[stopping.BestEpoch - 1], Tasks.Bits(model));
    }

    [Fact]
    public void Patience_ends_where_early_stopping_does_and_keeps_nothing()
    {
        (Layer one, Layer other) = (Tasks.Mlp(), Tasks.Mlp());
        var patience = new Patience("dev accuracy", epochs: 3);
        History with = Tasks.Trainer(one, epochs: 200, batchSize: 8, patience, new KeepBest("dev accuracy"))
            .Fit(Tasks.Parts(60));
        History expected = Tasks.Trainer(other, epochs: 200, batchSize: 8, new EarlyStopping("dev accuracy", 3))
            .Fit(Tasks.Parts(60));
        Assert.Equal((expected.Count, expected.StopReason), (with.Count, with.StopReason));
        Assert.Equal(Tasks.Bits(other), Tasks.Bits(one));
        Assert.True(patience.HasEnded);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Patience(epochs: 0));
    }

    [Fact]
    public void The_best_accuracy_is_the_highest()
    {
        var best = new KeepBest("dev accuracy");
        History history = Tasks.Trainer(Tasks.Mlp(), epochs: 8, batchSize: 8, best).Fit(Tasks.Parts(60));
        double[] values = history["dev accuracy"];
        Assert.Equal(Array.IndexOf(values, values.Max()) + 1, best.BestEpoch);
    }

    [Fact]
    public void An_unknown_number_to_compare_by_is_an_error_that_lists_the_known_ones()
    {
        var error = Assert.Throws<ArgumentException>(() =>
            Tasks.Trainer(Tasks.Mlp(), epochs: 1, batchSize: 8, new KeepBest("dev acuracy")).Fit(Tasks.Parts(60)));
        Assert.Contains("loss, accuracy, dev loss, dev accuracy", error.Message, StringComparison.Ordinal);
    }
}
