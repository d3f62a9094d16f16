using System.Diagnostics;
using System.Text.Json;

namespace Hondo.Tuning.Tests;

public sealed class AnalysisTests
{
    [Theory]
    [InlineData(2.228, 10, 0.05)]
    [InlineData(12.706, 1, 0.05)]
    [InlineData(2.764, 10, 0.02)]
    [InlineData(0, 5, 1)]
    public void Probabilities_are_those_of_Students_tables(double t, double degrees, double p) =>
        Assert.Equal(p, StudentT.TwoSided(t, degrees), 2e-4);

    [Fact]
    public async Task What_matters_is_told_from_what_does_not()
    {
        Study study = await StudyOf(trial => Math.Pow(trial.Float("much", -1, 1) - 0.5, 2) * 10
            + Math.Pow(trial.Float("little", -1, 1), 2) + 0 * trial.Float("nothing", 0, 1)
            + (trial.Choice("kind", "a", "b") == "a" ? 0 : 1), trials: 400, sampler: "random");
        IReadOnlyList<Importance> all = Importance.Of(study, study.Trials);
        Assert.Equal("much", all[0].Name);
        Assert.Equal(1, all.Sum(one => one.Share), 1e-9);
        Assert.True(all.Single(one => one.Name == "nothing").Share < 0.1, string.Join(", ", all));
    }

    [Fact]
    public async Task Borders_and_chance_are_told()
    {
        Study study = await StudyOf(trial => trial.Float("x", 1, 2) + 0.001 * trial.Random.Normal(0)
            + 0 * trial.Float("idle", 0, 1), confirmations: 4);
        string advice = string.Join('\n', StudyAdvice.Of(study, study.Trials).Select(one => one.English));
        Assert.Contains("lower border of x (1..2)", advice, StringComparison.Ordinal);
        Assert.Contains("chance could make that difference", advice, StringComparison.Ordinal);
        Assert.Contains("What hardly mattered: idle", advice, StringComparison.Ordinal);
        Assert.All(StudyAdvice.Of(study, study.Trials), one => Assert.NotEqual(one.English, one.Spanish));
    }

    [Fact]
    public async Task The_best_two_are_confirmed_with_other_seeds()
    {
        using var storage = new SqliteStorage(":memory:");
        Study study = Study.OpenOrCreate(storage, "s", new() { Trials = 20, Confirmations = 3 });
        await study.RunAsync((trial, _) => Task.FromResult(TestStudies.Bowl(trial) + 0.1 * trial.Random.Normal(0)), 2);
        Assert.Equal(26, study.Trials.Count);
        int[] of = [.. study.Ranked().Take(2).Select(trial => trial.Number)];
        Assert.Equal(of.SelectMany(number => Enumerable.Repeat(number, 3)).Order(),
            study.Trials.Skip(20).Select(trial => Confirmation.Of(trial.Purpose)!.Value).Order());
        // The best of the two is the one that is better with fresh seeds, and not the luckier one of the search.
        Assert.Equal(of.MinBy(number => study.Trials.Where(trial => Confirmation.Of(trial.Purpose) == number)
            .Average(trial => trial.Values[0])), study.Best!.Number);
        Assert.All(study.Trials.Skip(20), trial => Assert.Equal(
            study.Trials[Confirmation.Of(trial.Purpose)!.Value].Parameters.Select(one => one.Value),
            trial.Parameters.Select(one => one.Value)));
    }

    [Fact]
    public async Task Tables_and_pages_hold_every_trial_and_no_code()
    {
        const string Hostile = "<script>alert(1)</script>,\"=1+1";
        Study study = await StudyOf(trial => trial.Float(Hostile, 0, 1) + trial.Float("b", 0, 1));
        string[] rows = StudyExport.ToCsv(study).TrimEnd('\n').Split('\n');
        Assert.Equal(61, rows.Length);
        Assert.Contains("\"<script>alert(1)</script>,\"\"=1+1\"", rows[0], StringComparison.Ordinal);
        using var json = JsonDocument.Parse(StudyExport.ToJson(study));
        Assert.Equal(60, json.RootElement.GetProperty("trials").GetArrayLength());
        string page = StudyReport.Of(study);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Parallel coordinates", page, StringComparison.Ordinal);
    }

    static async Task<Study> StudyOf(Func<Trial, double> objective, int confirmations = 0,
        int trials = 60, string sampler = "tpe")
    {
        var kept = new SqliteStorage(":memory:");
        Study study = Study.OpenOrCreate(kept, "s", new()
        {
            Trials = trials,
            Confirmations = confirmations,
            Sampler = sampler,
        });
        await study.RunAsync((trial, _) => Task.FromResult(objective(trial)));
        return study;
    }

    [Fact]
    public void A_proposal_with_a_thousand_trials_behind_it_is_quick()
    {
        var range = new FloatRange(-5, 5);
        List<TrialRecord> seen = [.. Enumerable.Range(0, 1000).Select(number => new TrialRecord
        {
            Number = number,
            State = TrialState.Complete,
            Values = [number * 7919 % 1000],
            Parameters = [.. Enumerable.Range(0, 5).Select(i => new SuggestedValue($"x{i}", range, (number * (i
                + 3) % 97) / 10.0 - 4.85))],
        })];
        double best = double.PositiveInfinity;
        for (int i = 0; i < 30; i++)
        {
            long start = Stopwatch.GetTimestamp();
            IProposal proposal = new TpeSampler().Begin(new(1, 1000 + i, seen, [Direction.Minimize]));
            for (int d = 0; d < 5; d++)
                Assert.InRange(proposal.Next($"x{d}", range), -5, 5);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        // A figure to read, not to fail by: other work of the machine is in it.
        Console.WriteLine($"proposal with 1,000 trials behind: {best:F2} ms");
    }
}
