namespace Hondo.Tuning.Tests;

public sealed class ByHandTests : IDisposable
{
    readonly SqliteStorage _storage = new(":memory:");

    public void Dispose() => _storage.Dispose();

    Study Study(int? lag, int trials = 8) =>
        Tuning.Study.OpenOrCreate(_storage, "s", new() { Trials = trials, Lag = lag });

    [Fact]
    public async Task A_search_that_is_stopped_begins_nothing_and_goes_on_to_the_same_bits()
    {
        Study study = Study(lag: 2);
        int begun = 0;
        Task<double> Objective(Trial trial, CancellationToken _)
        {
            if (++begun == 3)
                study.Pause();
            return Task.FromResult(TestStudies.Bowl(trial));
        }
        await study.RunAsync(Objective);
        Assert.Equal((3, true), (study.Trials.Count(trial => trial.IsFinished), study.IsPaused));
        await study.RunAsync(Objective);
        Assert.Equal(3, study.Trials.Count);
        study.Resume();
        await study.RunAsync(Objective);
        using var other = new SqliteStorage(":memory:");
        Study whole = Tuning.Study.OpenOrCreate(other, "s", study.Settings);
        await whole.RunAsync((trial, _) => Task.FromResult(TestStudies.Bowl(trial)));
        Assert.Equal(TestStudies.Fingerprint(whole), TestStudies.Fingerprint(study));
    }

    [Fact]
    public async Task A_running_trial_can_be_given_up_where_a_search_need_not_repeat()
    {
        Study study = Study(lag: null);
        await study.RunAsync((trial, _) =>
        {
            double loss = TestStudies.Bowl(trial);
            trial.Report(1, loss);
            if (trial.Number == 4)
                study.Stop(4);
            trial.Report(2, loss);
            trial.ThrowIfPruned();
            return Task.FromResult(loss);
        });
        Assert.Equal([4], study.Trials.Where(trial => trial.State == TrialState.Pruned).Select(trial => trial.Number));
        Assert.Contains("does not run", Assert.Throws<InvalidOperationException>(() => study.Stop(4)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_repeats_is_not_changed_in_its_middle_but_takes_trials_after_its_last()
    {
        Study study = Study(lag: 1);
        await study.RunAsync((trial, _) =>
        {
            if (trial.Number == 2)
            {
                Assert.Throws<InvalidOperationException>(() => study.Stop(2));
                Assert.Throws<InvalidOperationException>(() => study.Enqueue(new Dictionary<string, double>()));
            }
            return Task.FromResult(TestStudies.Bowl(trial));
        });
        int? best = study.Best?.Number;
        study.Enqueue(new Dictionary<string, double> { ["x0"] = 1, ["x1"] = 1, ["x2"] = 1 });
        await study.RunAsync((trial, _) => Task.FromResult(TestStudies.Bowl(trial)));
        TrialRecord last = study.Trials[^1];
        Assert.Equal((8, Tuning.Study.ByHand, 0.0, TrialState.Complete), (last.Number, last.Purpose, last.Values[0],
            last.State));
        Assert.Equal(best, study.Best?.Number);
    }

    [Fact]
    public async Task A_search_within_a_trial_is_refused()
    {
        Study study = Study(lag: 1, trials: 1);
        await study.RunAsync(async (trial, cancellation) =>
        {
            await study.RunAsync((_, _) => Task.FromResult(1.0), cancellation: cancellation);
            return 0;
        });
        Assert.Contains("within a trial", study.Trials[0].Notes["error"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_does_not_begin_after_one_that_somebody_works_at()
    {
        Study study = Study(lag: 1);
        _storage.Claim("s", "somebody");
        Study next = Tuning.Study.OpenOrCreate(_storage, "next", new());
        Assert.Throws<InvalidOperationException>(() => next.After(study));
        Assert.Empty(next.After(study, 0).Earlier);
    }

    [Theory]
    [InlineData("", new int[0])]
    [InlineData("0-3,5,8-9", new[] { 0, 1, 2, 3, 5, 8, 9 })]
    [InlineData("7", new[] { 7 })]
    public void What_a_trial_saw_is_a_short_text(string text, int[] numbers)
    {
        Assert.Equal(text, NumberText.Of(numbers));
        Assert.Equal(numbers, NumberText.Parse(text));
    }

    [Fact]
    public async Task Why_the_best_is_the_best_is_told_with_evidence()
    {
        Study study = Tuning.Study.OpenOrCreate(_storage, "w", new() { Trials = 60, Confirmations = 4 });
        await study.RunAsync((trial, _) => Task.FromResult(Math.Pow(trial.Float("x", -1, 1) - 0.5, 2)
            + 0.001 * trial.Random.Normal(0)));
        string why = string.Join('\n', StudyAdvice.Why(study, study.Trials).Select(one => one.English));
        Assert.Contains($"Trial {study.Best!.Number} has ", why, StringComparison.Ordinal);
        Assert.Contains("Another seed moves the value by", why, StringComparison.Ordinal);
        Assert.Contains("Its x is ", why, StringComparison.Ordinal);
        Assert.All(StudyAdvice.Why(study, study.Trials), one => Assert.NotEqual(one.English, one.Spanish));
    }
}
