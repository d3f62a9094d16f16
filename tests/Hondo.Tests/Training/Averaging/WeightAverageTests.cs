using Hondo.Data;
using Hondo.Layers;
using Hondo.Optimizers;
using Hondo.Serialization;
using Hondo.Tests.Data;
using Hondo.Training;
using CrossEntropy = Hondo.Losses.CrossEntropy;

namespace Hondo.Tests.Training;

public sealed class WeightAverageTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    /// <summary>Keeps the first weight after each step.</summary>
    sealed class Course : Callback
    {
        public List<double> Weights { get; } = [];

        protected internal override void OnStepEnd(TrainingRun run) =>
            Weights.Add(run.Optimizer.Slab.Values<float>()[0]);
    }

    static float First(Layer model) => model.Parameters[0].Values<float>()[0];

    [Fact]
    public void Ema_is_the_corrected_moving_average_of_all_weights()
    {
        var course = new Course();
        Layer model = Tasks.Mlp();
        Tasks.Trainer(model, epochs: 2, batchSize: 16, new WeightAverage(new Ema(0.9)), course).Fit(Tasks.Parts());
        double sum = 0, share = 0;
        foreach (double weight in course.Weights)
            (sum, share) = (0.9 * sum + 0.1 * weight, 0.9 * share + 0.1);
        Assert.Equal(sum / share, First(model), 1e-6);
    }

    [Fact]
    public void Swa_is_the_mean_of_the_weights_at_the_ends_of_the_last_epochs()
    {
        var course = new Course();
        Layer model = Tasks.Mlp();
        Trainer trainer = Tasks.Trainer(model, epochs: 5, batchSize: 16, new WeightAverage(new Swa(3)), course);
        int steps = (int)trainer.Fit(Tasks.Parts())[0].Steps;
        Assert.Equal(((int[])[3, 4, 5]).Average(epoch => course.Weights[epoch * steps - 1]), First(model), 1e-6);
    }

    [Fact]
    public void The_average_changes_no_step()
    {
        Course plain = new(), averaged = new();
        Tasks.Trainer(Tasks.Mlp(), epochs: 3, batchSize: 16, plain).Fit(Tasks.Parts());
        Tasks.Trainer(Tasks.Mlp(), epochs: 3, batchSize: 16, new WeightAverage(new Ema(0.99)), averaged)
            .Fit(Tasks.Parts());
        Assert.Equal(plain.Weights, averaged.Weights);
    }

    [Fact]
    public void The_dev_part_is_measured_with_the_average_and_the_best_epoch_is_kept_of_it()
    {
        var best = new KeepBest();
        DataSplits parts = Tasks.Parts();
        Trainer trainer = Tasks.Trainer(Tasks.Mlp(), epochs: 4, batchSize: 16, new WeightAverage(new Ema(0.95)), best);
        History history = trainer.Fit(parts);
        Assert.Equal(history[best.BestEpoch - 1].Dev!.Loss, trainer.Evaluate(parts.Dev!).Loss);
    }

    [Fact]
    public void Statistics_of_batch_norms_are_the_means_over_all_batches()
    {
        var norm = new BatchNorm(20);
        Layer model = new Sequential(norm, new Linear(20, 3)).Initialize(1);
        Dataset data = Tasks.Clouds(64);
        Tasks.Trainer(model, epochs: 2, batchSize: 16, new WeightAverage(new Swa(1))).Fit(new(data));
        var values = new float[20];
        double sum = 0;
        for (int i = 0; i < 64; i++)
        {
            data.CopySample(i, values);
            sum += values[5];
        }
        Assert.Equal(sum / 64, norm.Mean.Values<float>()[5], 1e-5);
    }

    [Fact]
    public void An_average_that_begins_after_the_end_is_refused() => Assert.Contains("averages nothing: training ends "
        + "after epoch 2", Assert.Throws<InvalidOperationException>(() => Tasks.Trainer(Tasks.Mlp(), epochs: 2,
            batchSize: 16, new WeightAverage(new Swa(9))).Fit(Tasks.Parts())).Message, StringComparison.Ordinal);

    [Fact]
    public void A_run_with_an_average_goes_on_from_any_step_to_the_same_bits()
    {
        DataSplits parts = new(Tasks.Clouds(90), Tasks.Clouds(30, seed: 8));
        foreach (IWeightAverage rule in (IWeightAverage[])[new Ema(0.9), new Swa(1, every: 0.5)])
        {
            Trainer unbroken = Trainer(rule);
            unbroken.Fit(parts);
            string hash = ModelHash.Of(unbroken.Model);
            for (int step = 1; step <= 18; step++)
            {
                var folder = new CheckpointFolder(_scratch[$"{rule}{step}"]);
                using var source = new CancellationTokenSource();
                Assert.Throws<TrainingCanceledException>(() =>
                    Trainer(rule, new StopAt(step, folder, source)).Fit(parts, source.Token));
                Trainer resumed = Trainer(rule);
                resumed.Fit(parts, RunCheckpoint.Newest(folder.Path));
                Assert.Equal(hash, ModelHash.Of(resumed.Model));
            }
        }
    }

    static Trainer Trainer(IWeightAverage rule, params Callback[] more)
    {
        Layer model = new Sequential(new Linear(20, 8), new BatchNorm(8), new Relu(), new Dropout(0.2),
            new Linear(8, 3)).Initialize(2);
        return new(model, new CrossEntropy(), new Adam(model.Parameters, 0.01))
        {
            Epochs = 3,
            BatchSize = 16,
            Accumulate = 2,
            Callbacks = [new WeightAverage(rule), new KeepBest(), .. more],
        };
    }

    [Fact]
    public void A_step_with_an_average_allocates_nothing()
    {
        var counter = new AllocationCounter();
        Tasks.Trainer(Tasks.Mlp(), epochs: 1, batchSize: 16, new WeightAverage(new Ema()), counter).Fit(
            new(Tasks.Clouds(320)));
        Assert.True(counter.Steps > 10);
        Assert.Equal(0, counter.Bytes);
    }

    [Fact]
    public void An_average_behind_those_that_keep_weights_is_refused()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Tasks.Trainer(Tasks.Mlp(), 1, 16, new KeepBest(),
            new WeightAverage(new Ema())).Fit(Tasks.Parts(60)));
        Assert.Contains("list WeightAverage first", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Ema(decay: 0.99)")]
    [InlineData("Ema()")]
    [InlineData("Swa(3)")]
    [InlineData("Swa(2.5, every: 0.5)")]
    public void What_is_printed_reads_back_as_the_same(string text) =>
        Assert.Equal(text, AverageCatalog.All.Parse(text).ToString());
}
