using Hondo.Training;

namespace Hondo.Insights.Tests;

public sealed class RunFolderTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_checkpoint_knows_what_callbacks_after_the_one_that_writes_it_know()
    {
        using var folder = new RunFolder(_scratch["run"], new("run", ""), "{}", new())
        {
            Checkpoints = Every.Steps(1),
        };
        List<(double, double)> seen = [];
        var counter = new Counter();
        Trainer trainer = Tasks.Trainer(Tasks.Mlp(), 9, 60, [folder, counter, new Recorder(run =>
        {
            folder.Settle(waits: true);
            RunCheckpoint checkpoint = RunCheckpoint.Newest(RunFolder.CheckpointsOf(folder.Path));
            seen.Add((checkpoint.Step, checkpoint.StateOf(counter, run).Number("steps")));
        })]);
        trainer.Fit(Tasks.Parts());
        Assert.Equal(trainer.Epochs * 3, seen.Count);
        Assert.All(seen, pair => Assert.Equal(pair.Item1, pair.Item2));
    }

    sealed class Counter : Callback, IResumable
    {
        int _steps;

        protected internal override void OnStepEnd(TrainingRun run) => _steps++;

        public void Save(RunState state) => state.Set("steps", _steps);

        public void Load(TrainingRun run, RunState state) => _steps = (int)state.Number("steps");
    }
}
