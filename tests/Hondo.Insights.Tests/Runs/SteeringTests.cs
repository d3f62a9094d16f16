using Hondo.Data;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Optimizers;
using Hondo.Schedules;
using Hondo.Serialization;
using Hondo.Training;

namespace Hondo.Insights.Tests;

public sealed class SteeringTests : IDisposable
{
    readonly string _path = Directory.CreateTempSubdirectory("hondo-steering-").FullName;

    string Run => Path.Combine(_path, "run");

    string Events => File.ReadAllText(Path.Combine(Run, "events.jsonl"));

    public void Dispose() => Directory.Delete(_path, recursive: true);

    /// <summary>Calls something after one step.</summary>
    sealed class At(long step, Action<TrainingRun> act) : Callback
    {
        protected internal override void OnStepEnd(TrainingRun run)
        {
            if (run.Step == step)
                act(run);
        }
    }

    (History History, Trainer Trainer) Train(Func<Steering, Callback[]> callbacks, ISchedule? schedule = null,
        CancellationToken cancellation = default)
    {
        var model = new Sequential(new Linear(4, 3));
        model.Initialize(1);
        using var folder = new RunFolder(Run, new("run", ""), "{}", new());
        var steering = new Steering(folder);
        var trainer = new Trainer(model, new CrossEntropy(), new Adam(model.Parameters, 0.01))
        {
            Epochs = 2,
            BatchSize = 10,
            Schedule = schedule,
            Callbacks = [folder, .. callbacks(steering), steering],
        };
        return (trainer.Fit(Datasets.Iris(), cancellation), trainer);
    }

    [Fact]
    public void Stop_ends_training_after_the_step_and_says_so()
    {
        History history = Train(steering => [new At(3, _ => steering.Send(new(SteeringAction.Stop)))]).History;
        Assert.Equal((3, "stopped by hand"), (history[^1].Steps, history.StopReason));
        Assert.Contains("\"event\":\"steering\",\"step\":3,\"epoch\":1,\"action\":\"stop\"", Events,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_rate_by_hand_holds_against_the_schedule_until_it_is_followed_again()
    {
        List<double> rates = [];
        Train(steering =>
        [
            new At(2, _ => steering.Send(new(SteeringAction.SetRate, 0.5))),
            new At(4, run => rates.Add(run.Optimizer.LearningRate)),
            new At(5, _ => steering.Send(new(SteeringAction.FollowSchedule))),
            new At(7, run => rates.Add(run.Optimizer.LearningRate)),
        ], new ConstantRate());
        Assert.Equal([0.5, 0.01], rates);
    }

    [Fact]
    public void A_command_from_another_process_comes_through_the_folder()
    {
        History history = Train(_ => [new At(1, _ =>
        {
            new SteeringQueue(Run).Send(new(SteeringAction.SetRate, 0.25));
            new SteeringQueue(Run).Send(new(SteeringAction.Stop));
            Thread.Sleep(300);
        })]).History;
        Assert.Equal((1, 0.25), (history[^1].Steps, history[^1].LearningRate));
        Assert.Empty(Directory.GetFiles(Path.Combine(Run, "control")));
    }

    [Fact]
    public void Paused_it_waits_until_it_is_told_to_resume()
    {
        Timer? later = null;
        History history = Train(steering => [new At(2, _ =>
        {
            steering.Send(new(SteeringAction.Pause));
            later = new(_ => steering.Send(new(SteeringAction.Resume)), null, 200, Timeout.Infinite);
        })]).History;
        later!.Dispose();
        Assert.Null(history.StopReason);
        Assert.InRange(history[0].Seconds, 0.19, double.MaxValue);
    }

    [Fact]
    public void Paused_it_still_obeys_a_cancellation()
    {
        using var source = new CancellationTokenSource();
        Assert.Throws<TrainingCanceledException>(() => Train(steering => [new At(2, _ =>
        {
            steering.Send(new(SteeringAction.Pause));
            source.CancelAfter(100);
        })], cancellation: source.Token));
    }

    [Fact]
    public void Checkpoint_writes_the_model_as_it_is_now()
    {
        long before = -1, after = -1;
        Train(steering =>
        [
            new At(2, _ =>
            {
                // The first is written by another thread.
                string folder = RunFolder.CheckpointsOf(Run);
                SpinWait.SpinUntil(() => new CheckpointFolder(folder).FindNewest(static _ => { }) is not null);
                before = RunCheckpoint.Newest(folder).Step;
            }),
            new At(2, _ => steering.Send(new(SteeringAction.Checkpoint))),
            new At(3, _ => after = RunCheckpoint.Newest(RunFolder.CheckpointsOf(Run)).Step),
        ]);
        Assert.Equal((0, 2), (before, after));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"action\":\"format-disk\"}")]
    [InlineData("{\"action\":\"set-rate\"}")]
    [InlineData("{\"action\":\"set-rate\",\"learningRate\":-1}")]
    [InlineData("{\"action\":\"set-rate\",\"learningRate\":\"1\"}")]
    [InlineData("{\"action\":\"stop\",\"learningRate\":1}")]
    public void What_is_no_command_is_refused(string json) =>
        Assert.Throws<FormatException>(() => SteeringCommand.Parse(json));

    [Fact]
    public void A_command_reads_as_it_was_written()
    {
        foreach (SteeringAction action in Enum.GetValues<SteeringAction>())
        {
            var command = new SteeringCommand(action, action == SteeringAction.SetRate ? 0.125 : null);
            Assert.Equal(command, SteeringCommand.Parse(command.ToJson()));
        }
    }
}
