using Hondo.Data;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Models;
using Hondo.Optimizers;
using Hondo.Schedules;
using Hondo.Serialization;
using Hondo.Tests.Data;
using Hondo.Training;

namespace Hondo.Tests.Training;

/// <summary>What a run may carry from step to step besides its parameters goes on too.</summary>
public sealed class ResumeKindsTests : IDisposable
{
    const string Line = "the cat sat on the mat, the dog ate a frog\n";

    static readonly DataSplits Text = TextData.Of("cats", string.Concat(Enumerable.Repeat(Line, 12)),
        new() { Window = 8, Streams = 4, Split = new(80, 10, 10) });

    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    static Trainer Writer(string model, Callback[] callbacks)
    {
        Layer layers = ModelCatalog.Parse(model, Text.Train.Sample, Text.Train.Classes.Count).Initialize(1);
        return new(layers, new TokenCrossEntropy(), new RmsProp(layers.Parameters, 0.01))
        {
            Epochs = 2,
            Callbacks = callbacks,
        };
    }

    static Trainer Classifier(ISchedule? schedule, Callback[] callbacks)
    {
        Layer model = Tasks.Mlp();
        return new(model, new CrossEntropy(), new Momentum(model.Parameters, 0.5, 0.9))
        {
            Schedule = schedule,
            Epochs = 9,
            BatchSize = 60,
            Callbacks = callbacks,
        };
    }

    static (Trainer Trainer, DataSplits Data) Make(string kind, params Callback[] more) => kind switch
    {
        "plateau" => (Classifier(new Plateau(0.5, patience: 0), more), Tasks.Parts()),
        "early stopping" => (Classifier(null, [new EarlyStopping(patience: 1), .. more]), Tasks.Parts()),
        "rate by hand" => (Classifier(new StepDecay(1, 0.9), [new RateAt(4, 0.2), new RateAt(11, null), .. more]),
            Tasks.Parts()),
        _ => (Writer(kind, more), Text),
    };

    [Theory]
    [InlineData("char-rnn(cell: rnn, hidden: 8, layers: 1)")]
    [InlineData("char-lstm(hidden: 8, layers: 2, dropout: 0.2)")]
    [InlineData("char-gru(hidden: 8, layers: 1)")]
    [InlineData("char-transformer(hidden: 8, layers: 1, heads: 2, dropout: 0.1)")]
    [InlineData("plateau")]
    [InlineData("early stopping")]
    [InlineData("rate by hand")]
    public void After_a_stop_at_any_step_everything_is_as_in_the_unbroken_run(string kind)
    {
        (Trainer unbroken, DataSplits data) = Make(kind);
        History history = unbroken.Fit(data);
        string expected = Words(unbroken, history);
        Assert.InRange(history[^1].Steps, 6, 40);
        for (int step = 1; step <= history[^1].Steps; step++)
        {
            var folder = new CheckpointFolder(_scratch[$"{step}"]);
            using var source = new CancellationTokenSource();
            Trainer broken = Make(kind, new StopAt(step, folder, source)).Trainer;
            Assert.Throws<TrainingCanceledException>(() => broken.Fit(data, source.Token));
            Trainer resumed = Make(kind).Trainer;
            History after = resumed.Fit(data, RunCheckpoint.Newest(folder.Path));
            Assert.Equal($"{step}: {expected}", $"{step}: {Words(resumed, after)}");
        }
    }

    [Fact]
    public void A_run_that_was_killed_after_it_stopped_early_stops_again()
    {
        var folder = new CheckpointFolder(_scratch["last"]);
        (Trainer unbroken, DataSplits data) = Make("early stopping", new SaveAtEnd(folder));
        History history = unbroken.Fit(data);
        Assert.InRange(history.Count, 2, 8);
        Trainer resumed = Make("early stopping").Trainer;
        Assert.Equal(Words(unbroken, history), Words(resumed, resumed.Fit(data, RunCheckpoint.Newest(folder.Path))));
    }

    static string Words(Trainer trainer, History history) => $"{history.StopReason} {ModelHash.Of(trainer.Model)} "
        + string.Join(' ', history.SelectMany(epoch => epoch.Numbers.Append(("rate", epoch.LearningRate))));

    sealed class RateAt(long step, double? rate) : Callback
    {
        protected internal override void OnStepEnd(TrainingRun run)
        {
            if (run.Step == step)
                run.RateByHand = rate;
        }
    }

    sealed class SaveAtEnd(CheckpointFolder folder) : Callback
    {
        protected internal override void OnLastStep(TrainingRun run) => RunCheckpoint.Write(folder, run);
    }
}
