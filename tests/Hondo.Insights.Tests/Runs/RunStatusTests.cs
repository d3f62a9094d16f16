using Hondo.Data;
using Hondo.Training;

namespace Hondo.Insights.Tests;

/// <summary>How a run stands or ended: other words for other things, and none that is not true.</summary>
public sealed class RunStatusTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    string Run => _scratch["run"];

    RunFolder Folder() => new(Run, new("run", "") { DataHash = "abc", DataPath = "/data" }, "{}", new());

    string StatusAfter(params Callback[] callbacks)
    {
        using RunFolder folder = Folder();
        Tasks.Trainer(Tasks.Mlp(), 2, 16, [folder, .. callbacks]).Fit(Tasks.Parts());
        return SavedRun.Open(Run).Status;
    }

    [Fact]
    public void A_training_to_its_end_is_done() => Assert.Equal("done", StatusAfter());

    [Fact]
    public void A_time_limit_is_called_so() =>
        Assert.Equal("time limit", StatusAfter(new TimeLimit(TimeSpan.FromTicks(1))));

    [Fact]
    public void A_stop_by_hand_is_called_so_and_a_pause_is_paused()
    {
        List<string> seen = [];
        using RunFolder folder = Folder();
        var steering = new Steering(folder);
        var look = new Recorder(run =>
        {
            if (run.Step == 1)
            {
                steering.Send(new(SteeringAction.Pause));
                // While it waits somebody looks, and lets it go on.
                Task.Run(() =>
                {
                    while (SavedRun.Open(Run).Status != "paused")
                        Thread.Sleep(5);
                    seen.Add("paused");
                    steering.Send(new(SteeringAction.Resume));
                });
            }
            if (run.Step == 3)
                seen.Add(SavedRun.Open(Run).Status);
            if (run.Step == 4)
                steering.Send(new(SteeringAction.Stop));
        });
        Tasks.Trainer(Tasks.Mlp(), 2, 16, [folder, look, steering]).Fit(Tasks.Parts());
        Assert.Equal(["paused", "running"], seen);
        Assert.Equal("stopped by hand", SavedRun.Open(Run).Status);
    }

    [Fact]
    public void A_cancelled_training_is_interrupted_and_an_error_has_failed()
    {
        using var source = new CancellationTokenSource();
        using (RunFolder folder = Folder())
            Assert.ThrowsAny<OperationCanceledException>(() => Tasks.Trainer(Tasks.Mlp(), 2, 16,
                folder, new Recorder(_ => source.Cancel())).Fit(Tasks.Parts(), source.Token));
        Assert.Equal("interrupted", SavedRun.Open(Run).Status);
        string other = _scratch["other"];
        using (var folder = new RunFolder(other, new("other", ""), "{}", new()))
        {
            Assert.Throws<IOException>(() => Tasks.Trainer(Tasks.Mlp(), 2, 16, folder,
                new Recorder(run => { if (run.Step == 5) throw new IOException("no more"); })).Fit(Tasks.Parts()));
            folder.Fail("no more");
        }
        SavedRun failed = SavedRun.Open(other);
        Assert.Equal(("failed", "no more"), (failed.Status, failed.Record["error"]));
    }

    [Fact]
    public void Who_says_that_it_runs_but_has_no_process_has_died()
    {
        StatusAfter();
        string record = Path.Combine(Run, "run.json");
        File.WriteAllText(record,
            File.ReadAllText(record).Replace("\"done\"", "\"running\"", StringComparison.Ordinal));
        Assert.Equal("died", SavedRun.Open(Run).Status);
    }

    [Fact]
    public void The_record_knows_the_data_and_the_kept_epoch()
    {
        StatusAfter();
        SavedRun run = SavedRun.Open(Run);
        Assert.Equal(("abc", "/data"), (run.Record["dataHash"], run.Record["dataPath"]));
        Assert.InRange(int.Parse(run.Record["bestEpoch"]), 1, 2);
    }

    [Fact]
    public void A_hash_of_data_tells_rows_labels_order_and_parts_apart()
    {
        DataSplits data = Tasks.Parts();
        Dataset train = data.Train;
        int[] backwards = [.. Enumerable.Range(0, train.Count).Reverse()];
        DataSplits[] others =
        [
            data with { Train = train.Take(train.Count - 1) }, data with { Train = train.Part("train", backwards) },
            data with { Train = Patients.Relabelled(Tasks.Clouds(300), row => (row + 1) % 3) },
            data with { Dev = null },
        ];
        Assert.Equal(DataHash.Of(data), DataHash.Of(Tasks.Parts()));
        Assert.Equal(5, others.Append(data).Select(DataHash.Of).Distinct().Count());
    }
}
