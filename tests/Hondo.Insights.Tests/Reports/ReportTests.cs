using Hondo.Training;

namespace Hondo.Insights.Tests;

public sealed class ReportTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    string Run => _scratch["run"];

    string Page() => File.ReadAllText(Path.Combine(Run, "report.html"));

    [Fact]
    public void Its_numbers_are_those_of_the_kept_model()
    {
        using var folder = new RunFolder(Run, new("run", ""), "{}", new());
        History history = Tasks.Trainer(Tasks.Mlp(), 4, 16, [folder, new RunReport(Run)]).Fit(Tasks.Parts());
        EpochRecord kept = history[folder.BestEpoch - 1];
        Assert.Contains($"epoch {kept.Epoch}<", Page(), StringComparison.Ordinal);
        Assert.Contains($"<td>{ScoreText.Of(kept.Dev!.Loss)}</td>", Page(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_one_epoch_shows_its_steps_and_the_rate_of_each()
    {
        using var folder = new RunFolder(Run, new("run", ""), "{}", new());
        Tasks.Trainer(Tasks.Mlp(), 1, 16, [folder, new RunReport(Run)]).Fit(Tasks.Parts());
        Assert.Contains("Loss of each step", Page(), StringComparison.Ordinal);
        Assert.Contains("Learning rate", Page(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_failed_opens_with_the_step_and_the_error_and_has_its_curve()
    {
        using var folder = new RunFolder(Run, new("run", ""), "{}", new());
        var report = new RunReport(Run);
        Assert.Throws<InvalidOperationException>(() => Tasks.Trainer(Tasks.Mlp(), 1, 16, folder, report,
            new Recorder(run => { if (run.Step == 7) throw new InvalidOperationException("a planted end"); }))
            .Fit(Tasks.Parts()));
        folder.Fail("a planted end");
        report.Write("a planted end");
        string page = Page();
        int failed = page.IndexOf("Failed in step 8, epoch 1", StringComparison.Ordinal);
        Assert.InRange(failed, 0, page.IndexOf("Diagnosis", StringComparison.Ordinal));
        Assert.Contains("a planted end", page, StringComparison.Ordinal);
        Assert.Contains("Loss of each step", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_course_of_a_long_training_stays_small_and_whole()
    {
        var course = new StepCourse();
        Tasks.Trainer(Tasks.Mlp(), 30, 2, new Recorder(course.Add)).Fit(new(Tasks.Clouds(300)));
        Assert.Contains("4,500", course.Loss!.ToSvg().Replace("4500", "4,500", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.NotNull(course.Rate);
    }
}
