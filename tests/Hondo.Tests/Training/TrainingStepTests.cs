using Hondo.Data;
using Hondo.Layers;
using Hondo.Ops;
using Hondo.Optimizers;
using Hondo.Serialization;
using Hondo.Tensors;
using Hondo.Tests.Data;
using Hondo.Training;
using CrossEntropy = Hondo.Losses.CrossEntropy;
using Linear = Hondo.Layers.Linear;
using Relu = Hondo.Layers.Relu;

namespace Hondo.Tests.Training;

public sealed class TrainingStepTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    static string Words(Trainer trainer, History history) => Convert.ToHexString(Tasks.Bits(trainer.Model))
        + string.Join(' ', history.SelectMany(epoch => epoch.Numbers));

    [Fact]
    public void A_step_that_does_what_fit_does_gives_the_same_bits()
    {
        DataSplits data = Tasks.Parts();
        Trainer usual = Tasks.Trainer(Tasks.Mlp());
        string expected = Words(usual, usual.Fit(data));
        Layer model = Tasks.Mlp();
        var own = new Trainer(model, step =>
        {
            Tensor output = model.Forward(step.Inputs);
            step.Minimize(output.CrossEntropy(step.Targets));
            step.Measure(output);
        }, new Adam(model.Parameters, 0.01))
        { Epochs = 3, BatchSize = 16, Metrics = new CrossEntropy().Metrics() };
        Assert.Equal(expected, Words(own, own.Fit(data)));
        Assert.Equal(usual.Evaluate(data.Test!), own.Evaluate(data.Test!));
    }

    [Fact]
    public void Several_losses_and_optimizers_resume_to_the_same_bits_from_any_step()
    {
        DataSplits data = Tasks.Parts();
        Trainer unbroken = Gan.Trainer();
        History history = unbroken.Fit(data);
        string expected = Words(unbroken, history);
        Assert.Equal(8, history[^1].Steps);
        for (int at = 1; at <= 8; at++)
        {
            var folder = new CheckpointFolder(_scratch[$"{at}"]);
            using var source = new CancellationTokenSource();
            Assert.Throws<TrainingCanceledException>(
                () => Gan.Trainer(new StopAt(at, folder, source)).Fit(data, source.Token));
            Trainer resumed = Gan.Trainer();
            Assert.Equal($"{at}: {expected}",
                $"{at}: {Words(resumed, resumed.Fit(data, RunCheckpoint.Newest(folder.Path)))}");
        }
    }

    [Fact]
    public void What_a_step_logs_stands_in_the_history_of_both_parts()
    {
        EpochRecord last = Gan.Trainer().Fit(Tasks.Parts())[^1];
        Assert.Equal(["loss", "fooled", "real"], last.Train.Select(score => score.Name));
        Assert.Equal(["loss", "fooled", "real"], last.Dev!.Select(score => score.Name));
        Assert.True(last.Train["loss"] > last.Train["fooled"]);
    }

    [Fact]
    public void A_step_of_several_losses_allocates_nothing()
    {
        var counter = new AllocationCounter(from: 32);
        Trainer trainer = Gan.Trainer(counter);
        trainer.Fit(new DataSplits(Tasks.Clouds(45 * 30)));
        Assert.Equal((28, 0), (counter.Steps, counter.Bytes));
    }

    [Fact]
    public void A_NaN_in_a_step_names_the_layer()
    {
        Layer model = new Sequential(new Linear(20, 4), new Relu(), new Linear(4, 3)).Initialize(1);
        var error = Assert.Throws<NonFiniteException>(() => new Trainer(model, step =>
            step.Minimize(model.Forward(step.Inputs * (step.Batch.Number == 2 ? float.PositiveInfinity : 1)).Mean()),
            new Sgd(model.Parameters))
        { BatchSize = 20 }.Fit(Tasks.Parts()));
        Assert.Equal(3, error.Step);
    }

    [Fact]
    public void Draws_differ_by_step_and_by_draw_and_have_the_right_moments()
    {
        Layer model = Tasks.Mlp();
        List<float[]> draws = [];
        new Trainer(model, step =>
        {
            draws.Add(step.RandomNormal([500]).ToArray<float>());
            draws.Add(step.RandomUniform([500]).ToArray<float>());
            step.Minimize(model.Forward(step.Inputs).Mean());
        }, new Sgd(model.Parameters))
        { Epochs = 1, BatchSize = 30 }.Fit(new(Tasks.Clouds(60)));
        Assert.Equal(4, draws.Select(draw => draw[0]).Distinct().Count());
        Assert.Equal(0, draws[0].Average(), 0.15);
        Assert.Equal(1, draws[0].Average(x => x * x), 0.2);
        Assert.Equal(0.5, draws[1].Average(), 0.05);
        Assert.All(draws[1], x => Assert.InRange(x, 0, 1));
    }

    [Fact]
    public void Wrong_steps_are_refused_with_the_remedy()
    {
        Layer model = Tasks.Mlp();
        Optimizer one = new Sgd(model.Layers[1].Parameters), two = new Sgd(model.Layers[4].Parameters);
        Assert.StartsWith("The step minimized nothing", Refused(_ => { }, 1, one, two), StringComparison.Ordinal);
        Assert.StartsWith("This trainer has 2 optimizers: say which one",
            Refused(step => step.Minimize(Loss(step)), 1, one, two), StringComparison.Ordinal);
        Assert.StartsWith("This optimizer is not one of the trainer's",
            Refused(step => step.Minimize(Loss(step), two), 1, one), StringComparison.Ordinal);
        Assert.StartsWith("Accumulate sums the gradients of one loss", Refused(step =>
        {
            step.Minimize(Loss(step), one);
            step.Minimize(Loss(step), two);
        }, 2, one, two), StringComparison.Ordinal);
        Tensor Loss(TrainingStep step) => model.Forward(step.Inputs).CrossEntropy(step.Targets);
        string Refused(Action<TrainingStep> step, int accumulate, params Optimizer[] optimizers) =>
            Assert.Throws<InvalidOperationException>(() => new Trainer(model, step, optimizers)
            {
                Accumulate = accumulate,
            }.Fit(Tasks.Parts())).Message;
    }
}
