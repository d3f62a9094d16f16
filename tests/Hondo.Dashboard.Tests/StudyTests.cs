using System.Globalization;
using Hondo.Tuning;
using Microsoft.Playwright;

namespace Hondo.Dashboard.Tests;

/// <summary>A study of a thousand trials, through a real browser.</summary>
public sealed class StudyTests : IDisposable
{
    const string Hostile = "<img src=x onerror=alert(1)>";

    readonly string _folder = Directory.CreateTempSubdirectory("hondo-studies-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [BrowserFact]
    public async Task A_thousand_trials_are_shown_brushed_and_explained()
    {
        using (var storage = new SqliteStorage(Path.Combine(_folder, "s.db")))
            await Study.OpenOrCreate(storage, Hostile, new() { Trials = 1000, Sampler = "random" }).RunAsync((trial,
                _) =>
                Task.FromResult(Math.Pow(trial.Float("much", -1, 1), 2) + 0.1 * trial.LogFloat("little", 0.01, 1)
                    + (trial.Choice(Hostile, "a", "b") == "a" ? 0 : 0.2)));
        await using DashboardServer server = await DashboardServer.StartAsync(new(_folder) { Studies = _folder });
        await using Visitor visitor = await Visitor.ComeAsync();
        IPage page = await visitor.OpenAsync(server);
        await page.ClickAsync("nav a");
        await page.WaitForSelectorAsync("body[data-ready=yes]");
        Assert.Equal(Hostile, await page.TextContentAsync("#which option"));
        Assert.Equal("1000/1000", (await page.TextContentAsync("#brushed"))!.Split(' ')[0]);
        Assert.Equal(51, await page.Locator("#trials tr").CountAsync());
        Assert.True(await page.Locator("#study-charts figure").CountAsync() >= 6);
        Assert.Contains("What mattered most: much", await page.TextContentAsync("#advice"), StringComparison.Ordinal);
        LocatorBoundingBoxResult box = (await page.Locator("#parallel").BoundingBoxAsync())!;
        float x = box.X + box.Width * 60 / 1400;
        await page.Mouse.MoveAsync(x, box.Y + box.Height * 0.4f);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(x, box.Y + box.Height * 0.6f);
        await page.Mouse.UpAsync();
        int kept = int.Parse((await page.TextContentAsync("#brushed"))!.Split('/')[0], CultureInfo.InvariantCulture);
        Assert.InRange(kept, 50, 500);
        double opened = await page.EvaluateAsync<double>(
            "() => performance.getEntriesByType('navigation')[0].loadEventEnd");
        string drawn = (await page.GetAttributeAsync("body", "data-drawn"))!;
        // Figures to read, not to fail by: other work of the machine is in them.
        Console.WriteLine($"1,000 trials: page loaded in {opened:0} ms, a brush drawn in {drawn} ms");
        await page.ClickAsync("#language");
        Assert.Contains("Lo que más importó: much", await page.TextContentAsync("#advice"), StringComparison.Ordinal);
        await page.ClickAsync("#clear");
        Assert.StartsWith("1000/1000", await page.TextContentAsync("#brushed"), StringComparison.Ordinal);
        Assert.Empty(visitor.Problems);
    }

    [BrowserFact]
    public async Task A_search_is_explained_stopped_started_and_given_a_trial_by_hand()
    {
        using var storage = new SqliteStorage(Path.Combine(_folder, "free.db"));
        Study study = await StoppedAsync(storage);
        List<string> started = [];
        await using DashboardServer server = await DashboardServer.StartAsync(new(_folder)
        {
            Studies = _folder,
            StartWorker = (where, name) => started.Add($"{Path.GetFileName(where)} {name}"),
        });
        await using Visitor visitor = await Visitor.ComeAsync();
        IPage page = await visitor.OpenAsync(server);
        await page.ClickAsync("nav a");
        await page.WaitForSelectorAsync("body[data-ready=yes]");
        Assert.Contains("24 complete, stopped", await page.TextContentAsync("#status"), StringComparison.Ordinal);
        await page.ClickAsync("#why-open");
        Assert.Contains("Its x is ", await page.TextContentAsync("#why"), StringComparison.Ordinal);
        await page.FillAsync("#enqueue input[name=x]", "7");
        await page.ClickAsync("#enqueue button:last-of-type");
        await Assertions.Expect(page.Locator("#told")).ToContainTextAsync("'7' is no value of x: {-1..1}");
        await page.FillAsync("#enqueue input[name=x]", "0.25");
        await page.ClickAsync("#enqueue button:last-of-type");
        await Assertions.Expect(page.Locator("#status")).ToContainTextAsync("1 waiting");
        Assert.Equal(0.25, study.Trials[^1].Fixed["x"]);
        await Visitor.PictureAsync(page, "study", 1800);
        await page.ClickAsync("#start");
        await Assertions.Expect(page.Locator("#status")).Not.ToContainTextAsync("stopped");
        Assert.Equal(["free.db free"], started);
        await page.ClickAsync("#pause");
        await Assertions.Expect(page.Locator("#status")).ToContainTextAsync("stopped");
        Assert.True(study.IsPaused);
        await page.EvaluateAsync("document.documentElement.dataset.theme = 'dark'");
        await page.ClickAsync("#language");
        await Visitor.PictureAsync(page, "study-dark", 1800);
        Assert.Single(visitor.Problems, problem => problem.Contains("400", StringComparison.Ordinal));
    }

    // In the free mode, stopped after 24 of 30 trials.
    static async Task<Study> StoppedAsync(IStudyStorage storage)
    {
        Study study = Study.OpenOrCreate(storage, "free", new() { Trials = 30, Lag = null });
        int begun = 0;
        await study.RunAsync((trial, _) =>
        {
            double loss = Math.Pow(trial.Float("x", -1, 1) - 0.5, 2) + trial.LogFloat("rate", 0.001, 0.1);
            for (int step = 1; step <= 5; step++)
                trial.Report(step, loss + 1.0 / step);
            if (++begun == 24)
                study.Pause();
            return Task.FromResult(loss);
        });
        return study;
    }
}
