using Hondo.Training;

namespace Hondo.Insights.Tests;

public sealed class RunPlaceTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    string Run => _scratch["run"];

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void While_a_training_runs_its_folder_is_refused_to_others()
    {
        List<IOException> refused = [];
        using RunFolder folder = Folder();
        Tasks.Trainer(Tasks.Mlp(), epochs: 1, batchSize: 16, folder, new Recorder(_ =>
        {
            folder.Settle(waits: true);
            refused.Add(Assert.Throws<IOException>(() => Folder()));
            refused.Add(Assert.Throws<IOException>(() => Folder(Newest())));
        })).Fit(Tasks.Parts());
        Assert.NotEmpty(refused);
        Assert.All(refused, error => Assert.Contains(
            $"is in use: process {Environment.ProcessId} on {Environment.MachineName} trains in it since ",
            error.Message, StringComparison.Ordinal));
        Folder(Newest()).Dispose();
    }

    [Fact]
    public void Two_new_runs_that_begin_together_do_not_overwrite_each_other()
    {
        using RunFolder first = Folder(), second = Folder();
        Fit(first);
        string record = File.ReadAllText(Path.Combine(Run, "run.json"));
        Assert.Contains("never overwrites", Assert.Throws<IOException>(() => Fit(second)).Message,
            StringComparison.Ordinal);
        Assert.Equal(record, File.ReadAllText(Path.Combine(Run, "run.json")));
    }

    [Fact]
    public void Who_was_overtaken_while_it_prepared_to_go_on_does_not_go_back()
    {
        using (RunFolder first = Folder())
            Fit(first);
        (RunCheckpoint mine, RunCheckpoint theirs) = (Newest(), Newest());
        using RunFolder late = Folder(mine), early = Folder(theirs);
        Fit(early, theirs);
        string record = File.ReadAllText(Path.Combine(Run, "run.json"));
        Assert.Contains("meanwhile", Assert.Throws<IOException>(() => Fit(late, mine)).Message,
            StringComparison.Ordinal);
        Assert.Equal(record, File.ReadAllText(Path.Combine(Run, "run.json")));
    }

    RunFolder Folder(RunCheckpoint? resume = null) => new(Run, new("run", ""), "{}", new(), resume: resume);

    RunCheckpoint Newest() => RunCheckpoint.Newest(RunFolder.CheckpointsOf(Run));

    static void Fit(RunFolder folder, RunCheckpoint? resume = null) =>
        Tasks.Trainer(Tasks.Mlp(), epochs: resume is null ? 1 : 2, batchSize: 16, folder).Fit(Tasks.Parts(), resume);
}
