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
}
