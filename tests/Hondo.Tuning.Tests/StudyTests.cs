namespace Hondo.Tuning.Tests;

public sealed class StudyTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("hondo-tuning-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string File(string name) => Path.Combine(_folder, name);

    [Fact]
    public async Task The_best_is_the_same_to_the_bit_for_any_number_of_workers()
    {
        HashSet<string> all = [];
        foreach (int workers in (int[])[1, 2, 4, 8])
        {
            using var storage = new SqliteStorage(File($"{workers}.db"));
            Study study = Study.OpenOrCreate(storage, "s", new() { Trials = 60, Lag = 8, Pruner = "asha" });
            await study.RunAsync(NoisyAsync, workers);
            all.Add(TestStudies.Fingerprint(study));
        }
        Assert.Single(all);
    }

    [Fact]
    public async Task Another_lag_is_another_search()
    {
        HashSet<string> all = [];
        foreach (int lag in (int[])[1, 8])
        {
            using var storage = new SqliteStorage(File($"{lag}.db"));
            Study study = Study.OpenOrCreate(storage, "s", new() { Trials = 40, Lag = lag });
            await study.RunAsync(NoisyAsync, 2);
            all.Add(TestStudies.Fingerprint(study));
        }
        Assert.Equal(2, all.Count);
    }

    // Slower or faster by chance: who finishes when must not matter.
    static async Task<double> NoisyAsync(Trial trial, CancellationToken cancellation)
    {
        double loss = TestStudies.Bowl(trial);
        for (int step = 1; step <= 9; step++)
        {
            if (Random.Shared.Next(6) == 0)
                await Task.Delay(1, cancellation);
            trial.Report(step, loss + 5.0 / step);
            trial.ThrowIfPruned();
        }
        return loss;
    }

    [Fact]
    public async Task A_trial_whose_worker_is_gone_is_done_by_another_to_the_same_bits()
    {
        using var one = new SqliteStorage(File("one.db"));
        Study whole = Study.OpenOrCreate(one, "s", new() { Trials = 30 });
        await whole.RunAsync((trial, _) => Task.FromResult(TestStudies.Bowl(trial)));
        using var two = new SqliteStorage(File("two.db"));
        Study broken = Study.OpenOrCreate(two, "s", new() { Trials = 30 });
        for (int i = 0; i < 20 && !broken.Trials.All(trial => trial.IsFinished && broken.Trials.Count == 30); i++)
        {
            using var stop = new CancellationTokenSource();
            int left = 3;
            await broken.RunAsync(async (trial, cancellation) =>
            {
                if (Interlocked.Decrement(ref left) == 0)
                    await stop.CancelAsync();
                cancellation.ThrowIfCancellationRequested();
                return TestStudies.Bowl(trial);
            }, 2, stop.Token);
        }
        await broken.RunAsync((trial, _) => Task.FromResult(TestStudies.Bowl(trial)));
        Assert.Equal(TestStudies.Fingerprint(whole), TestStudies.Fingerprint(broken));
    }

    [Fact]
    public void A_late_write_of_a_worker_that_lost_its_trial_is_refused()
    {
        using var storage = new SqliteStorage(File("s.db"));
        storage.Create("s", new() { Trials = 2 });
        TrialRecord first = storage.Claim("s", "a").Trial!;
        Assert.True(storage.Report("s", first, new(1, 0.5)));
        storage.Release("s", "a");
        Claim again = storage.Claim("s", "b");
        Assert.Equal((ClaimKind.Again, 0), (again.Kind, again.Trial!.Number));
        Assert.False(storage.Renew("s", first));
        Assert.False(storage.Report("s", first, new(2, 9)));
        Assert.False(storage.Note("s", first, "run", "mine"));
        Assert.False(storage.Finish("s", first, new(TrialState.Complete, [], [9], 0)));
        Assert.True(storage.Finish("s", again.Trial, new(TrialState.Complete, [], [1], 0)));
        // Lost answers are asked for again.
        Assert.True(storage.Finish("s", again.Trial, new(TrialState.Complete, [], [1], 0)));
        TrialRecord trial = storage.Trials("s")[0];
        Assert.Equal((1.0, 1), (trial.Values[0], trial.Points.Count));
    }

    [Fact]
    public async Task What_fails_or_is_not_a_number_is_a_failed_trial_and_the_search_goes_on()
    {
        using var storage = new SqliteStorage(File("s.db"));
        Study study = Study.OpenOrCreate(storage, "s", new() { Trials = 30 });
        await study.RunAsync((trial, _) => trial.Number % 3 == 0 ? throw new InvalidOperationException("no luck")
            : Task.FromResult(trial.Number % 3 == 1 ? double.NaN : TestStudies.Bowl(trial)));
        Assert.Equal(20, study.Trials.Count(trial => trial.State == TrialState.Failed));
        Assert.Equal("no luck", study.Trials[0].Notes["error"]);
        Assert.Equal(TrialState.Complete, study.Best!.State);
    }

    [Fact]
    public async Task Hostile_names_and_texts_come_back_as_they_were()
    {
        using var storage = new SqliteStorage(File("s.db"));
        string[] names = ["'; DROP TABLE trial; --", "\"", "%_\\", "é\u202E\0x", "a\nb", "{0}", "@study",
            new('x', 5000)];
        foreach (string name in names)
        {
            Study study = Study.OpenOrCreate(storage, name, new()
            {
                Trials = 1,
                Notes = new Dictionary<string, string> { [name] = name },
            });
            await study.RunAsync((trial, _) =>
            {
                trial.Note(name, name);
                return Task.FromResult(trial.Float(name, 0, 1));
            });
            TrialRecord trial = Assert.Single(study.Trials);
            Assert.Equal((name, name, name), (trial.Parameters[0].Name, trial.Notes[name], study.Settings.Notes[name]));
        }
        Assert.Equal(names.Order(StringComparer.Ordinal), storage.List().Select(one => one.Name)
            .Order(StringComparer.Ordinal));
        Assert.True(storage.Delete(names[0]));
        Assert.Equal(names.Length - 1, storage.List().Count);
    }

    [Fact]
    public async Task A_free_search_keeps_what_each_trial_saw()
    {
        using var storage = new SqliteStorage(File("s.db"));
        Study study = Study.OpenOrCreate(storage, "s", new() { Trials = 30, Lag = null });
        await study.RunAsync(NoisyAsync, 4);
        Assert.All(study.Trials, trial => Assert.True(trial.Seen!.All(seen => seen != trial.Number)));
        Assert.Empty(study.Trials[0].Seen!);
        Assert.True(study.Trials[^1].Seen!.Count >= 26);
    }

    [Fact]
    public async Task Values_by_hand_come_first()
    {
        using var storage = new SqliteStorage(File("s.db"));
        Study study = Study.OpenOrCreate(storage, "s", new() { Trials = 5 });
        study.Enqueue(new Dictionary<string, double> { ["x0"] = 1.25 });
        await study.RunAsync((trial, _) => Task.FromResult(TestStudies.Bowl(trial)));
        Assert.Equal((5, 1.25), (study.Trials.Count, study.Trials[0]["x0"]));
    }

    [Fact]
    public async Task A_search_begins_with_what_another_one_found()
    {
        using var storage = new SqliteStorage(File("s.db"));
        Study first = Study.OpenOrCreate(storage, "first", new() { Trials = 80 });
        await first.RunAsync((trial, _) => Task.FromResult(TestStudies.Bowl(trial)));
        Study cold = Study.OpenOrCreate(storage, "cold", new() { Trials = 10, Seed = 2 });
        await cold.RunAsync((trial, _) => Task.FromResult(TestStudies.Bowl(trial)));
        Study warm = Study.OpenOrCreate(storage, "warm", new() { Trials = 10, Seed = 2 }).After(first);
        await warm.RunAsync((trial, _) => Task.FromResult(TestStudies.Bowl(trial)));
        Assert.True(warm.Best!.Values[0] < cold.Best!.Values[0] / 2, $"{warm.Best.Values[0]} {cold.Best.Values[0]}");
    }

    [Fact]
    public async Task A_disk_that_is_full_fails_no_trial()
    {
        using var storage = new SqliteStorage(":memory:");
        Study study = Study.OpenOrCreate(storage, "disk", new() { Trials = 3 });
        bool isFull = true;
        double Write(Trial trial) => isFull && trial.Number == 1 ? throw new IOException("The disk is full.")
            : trial.Float("x", 0, 1);
        Assert.Equal("The disk is full.", (await Assert.ThrowsAsync<IOException>(() => study.RunAsync((trial, _) =>
            Task.FromResult(Write(trial))))).Message);
        isFull = false;
        await study.RunAsync((trial, _) => Task.FromResult(Write(trial)));
        Assert.All(study.Trials, trial => Assert.Equal(TrialState.Complete, trial.State));
    }
}
