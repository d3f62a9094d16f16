using Hondo.Data;
using Hondo.Kernels;
using Hondo.Ops;
using Hondo.Optimizers;
using Hondo.Schedules;
using Hondo.Tensors;
using Hondo.Tests.Kernels;
using Hondo.Training;
using CrossEntropy = Hondo.Losses.CrossEntropy;
using Dropout = Hondo.Layers.Dropout;
using Layer = Hondo.Layers.Layer;
using Linear = Hondo.Layers.Linear;
using Relu = Hondo.Layers.Relu;
using Sequential = Hondo.Layers.Sequential;

namespace Hondo.Tests.Training;

// A test that changes the number of threads meanwhile would start some, which allocates.
[Collection(nameof(WorkersTests))]
public sealed class TrainerTests
{
    [Fact]
    public void Fit_is_the_loop_that_one_would_write_by_hand()
    {
        DataSplits data = Tasks.Parts();
        Layer byHand = Tasks.Mlp(), fitted = Tasks.Mlp();
        Tasks.Trainer(fitted, epochs: 2).Fit(data);

        var optimizer = new Adam(byHand.Parameters, 0.01);
        var batches = new Batches(data.Train, new() { Size = 16 });
        long number = 0;
        for (int epoch = 0; epoch < 2; epoch++)
            foreach (var (inputs, labels) in batches)
            {
                using var step = Tape.Begin(new StepInfo(Mode.Training, 1, number++));
                Tensor loss = byHand.Forward(inputs).CrossEntropy(labels);
                loss.Backward();
                optimizer.Step();
            }
        Assert.Equal(Tasks.Bits(byHand), Tasks.Bits(fitted));
    }

    [Fact]
    public void Learning_makes_the_loss_fall_and_the_accuracy_rise()
    {
        Layer model = Tasks.Mlp();
        Trainer trainer = Tasks.Trainer(model, epochs: 10);
        DataSplits data = Tasks.Parts();
        History history = trainer.Fit(data);
        Assert.Equal(["loss", "accuracy", "dev loss", "dev accuracy"], history.Names);
        Assert.True(history["dev loss"][^1] < history["dev loss"][0] / 2);
        Assert.True(trainer.Evaluate(data.Test!)["accuracy"] > 0.9);
    }

    [Fact]
    public void Accuracy_of_the_training_part_comes_from_the_outputs_that_it_is_trained_by()
    {
        var data = new DataSplits(Tasks.Clouds(64));
        Layer model = new Sequential(new Linear(20, 3)).Initialize(1);
        Scores before = Tasks.Trainer(model).Evaluate(data.Train);
        History history = Tasks.Trainer(model, epochs: 1, batchSize: 64).Fit(data);
        Assert.Equal(before["accuracy"], history["accuracy"][0]);
        Assert.Equal(before.Loss, history["loss"][0], 1e-6);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        var counter = new AllocationCounter();
        // The first use of a worker thread starts it.
        Tasks.Trainer(Tasks.Mlp(), epochs: 1).Fit(Tasks.Parts());
        Tasks.Trainer(Tasks.Mlp(), epochs: 1, batchSize: 4, counter).Fit(new(Tasks.Clouds(4 * 1010)));
        Assert.Equal(1008, counter.Steps);
        Assert.Equal(0, counter.Bytes);
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_bit()
    {
        int before = Workers.Count;
        try
        {
            byte[][] bits = [.. new[] { 1, 2, 3 }.Select(threads =>
            {
                Workers.Count = threads;
                Layer model = new Sequential(new Linear(20, 256), new Relu(), new Dropout(0.3), new Linear(256, 3));
                Tasks.Trainer(model.Initialize(3), epochs: 1, batchSize: 128).Fit(Tasks.Parts(1000));
                return Tasks.Bits(model);
            })];
            Assert.Equal(bits[0], bits[1]);
            Assert.Equal(bits[0], bits[2]);
        }
        finally
        {
            Workers.Count = before;
        }
    }

    [Fact]
    public void Another_seed_gives_another_model()
    {
        Layer a = Tasks.Mlp(), b = Tasks.Mlp();
        Tasks.Trainer(a, epochs: 1).Fit(Tasks.Parts());
        new Trainer(b, new CrossEntropy(), new Adam(b.Parameters, 0.01)) { Epochs = 1, BatchSize = 16, Seed = 2 }
            .Fit(Tasks.Parts());
        Assert.NotEqual(Tasks.Bits(a), Tasks.Bits(b));
    }

    [Theory]
    [InlineData(90)]
    [InlineData(100)]
    public void Accumulated_batches_learn_as_one_large_batch(int count)
    {
        var data = new DataSplits(Tasks.Clouds(count));
        Layer whole = new Sequential(new Linear(20, 3)).Initialize(1);
        Layer parts = new Sequential(new Linear(20, 3)).Initialize(1);
        Fit(whole, batch: 30, accumulate: 1);
        Fit(parts, batch: 10, accumulate: 3);
        float[] expected = whole.Parameters[0].Value.ToArray<float>();
        float[] actual = parts.Parameters[0].Value.ToArray<float>();
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-5);

        void Fit(Layer model, int batch, int accumulate) =>
            new Trainer(model, new CrossEntropy(), new Sgd(model.Parameters, 0.1))
            {
                Epochs = 2,
                BatchSize = batch,
                Accumulate = accumulate,
            }.Fit(data);
    }

    [Fact]
    public void The_schedule_sets_the_rate_of_each_step()
    {
        Layer model = Tasks.Mlp();
        var trainer = new Trainer(model, new CrossEntropy(), new Adam(model.Parameters, 0.01))
        {
            Epochs = 4,
            Schedule = new StepDecay(2, 0.1),
        };
        History history = trainer.Fit(Tasks.Parts());
        Assert.Equal([0.01, 0.01, 0.001, 0.001], history.Select(epoch => Math.Round(epoch.LearningRate, 6)));
    }

    [Fact]
    public void Cancelling_ends_after_the_step_and_tells_the_callbacks()
    {
        using var source = new CancellationTokenSource();
        var recorder = new Recorder(run =>
        {
            if (run.Step == 5)
                source.Cancel();
        });
        Assert.Throws<TrainingCanceledException>(() =>
            Tasks.Trainer(Tasks.Mlp(), epochs: 3, batchSize: 16, recorder).Fit(Tasks.Parts(), source.Token));
        Assert.Equal("begin", recorder.Moments[0]);
        Assert.Equal("end", recorder.Moments[^1]);
        Assert.Equal(5, recorder.Moments.Count(moment => moment == "step"));
    }

    [Fact]
    public void Training_on_the_test_rows_is_an_error()
    {
        Dataset all = Tasks.Clouds(60);
        var error = Assert.Throws<DataFormatException>(() =>
            Tasks.Trainer(Tasks.Mlp()).Fit(new(all, Test: all.Take(10))));
        Assert.Contains("is in clouds too", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_that_the_model_has_no_output_for_is_an_error_with_the_mend()
    {
        Layer model = new Sequential(new Linear(20, 2)).Initialize(1);
        Exception error = Assert.ThrowsAny<ArgumentException>(() => Tasks.Trainer(model).Fit(Tasks.Parts()));
        Assert.Contains("label 2", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("as many outputs", error.Message, StringComparison.Ordinal);
    }
}
