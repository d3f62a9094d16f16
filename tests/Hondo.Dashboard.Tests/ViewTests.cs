using System.Globalization;
using Microsoft.Playwright;

namespace Hondo.Dashboard.Tests;

/// <summary>What the page shows of runs that lie on the disk, through a real browser.</summary>
public sealed class ViewTests : IDisposable
{
    const string Hostile = "<img src=x onerror=alert(1)>\\\"'><script>alert(2)</script>";

    readonly string _folder = Directory.CreateTempSubdirectory("hondo-view-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [BrowserFact]
    public async Task Curves_of_two_runs_lie_over_each_other_on_any_scale()
    {
        Write("one", "first", "1");
        Write("two", "second", "2");
        await using DashboardServer server = await DashboardServer.StartAsync(new(_folder));
        await using Visitor visitor = await Visitor.ComeAsync();
        IPage page = await visitor.OpenAsync(server);
        await CheckAllAsync(page, 2);
        await page.WaitForFunctionAsync(
            "() => document.querySelectorAll('#charts figure:first-child path.curve').length === 4");
        string legend = await LegendAsync(page);
        Assert.Contains("first", legend, StringComparison.Ordinal);
        Assert.Contains("second", legend, StringComparison.Ordinal);
        await page.CheckAsync("#log");
        await page.WaitForFunctionAsync("() => [...document.querySelectorAll('#charts figure:first-child text')]"
            + ".some(text => text.textContent === '0.01')");
        await page.SelectOptionAsync("#axis", "elapsed");
        await page.WaitForFunctionAsync("() => [...document.querySelectorAll('#charts figure:first-child text')]"
            + ".some(text => text.textContent === 'seconds')");
        Assert.Empty(visitor.Problems);
    }

    [BrowserFact]
    public async Task Smoothing_changes_the_curve_of_a_loss_and_no_learning_rate()
    {
        Write("one", "first", "1");
        await using DashboardServer server = await DashboardServer.StartAsync(new(_folder));
        await using Visitor visitor = await Visitor.ComeAsync();
        IPage page = await visitor.OpenAsync(server);
        await CheckAllAsync(page, 1);
        const string Curves = "name => [...document.querySelectorAll('#charts figure')].find(one => "
            + "one.querySelector('figcaption').textContent === name).querySelector('path.curve').getAttribute('d')";
        string loss = await page.EvaluateAsync<string>(Curves, "loss");
        string rate = await page.EvaluateAsync<string>(Curves, "learning rate");
        await page.EvaluateAsync("() => { const by = document.querySelector('#smooth'); by.value = '0.98'; "
            + "by.dispatchEvent(new Event('input')); }");
        await page.WaitForFunctionAsync($"old => ({Curves})('loss') !== old", loss);
        Assert.Equal(rate, await page.EvaluateAsync<string>(Curves, "learning rate"));
    }

    [BrowserFact]
    public async Task All_is_said_in_Spanish_and_read_by_keys()
    {
        Write("one", "first", "1");
        await using DashboardServer server = await DashboardServer.StartAsync(new(_folder));
        await using Visitor visitor = await Visitor.ComeAsync();
        IPage page = await visitor.OpenAsync(server, "es-ES");
        await CheckAllAsync(page, 1);
        Assert.Equal("es", await page.GetAttributeAsync("html", "lang"));
        Assert.Equal("Entrenamientos", await page.TextContentAsync("#list-title"));
        await page.FocusAsync("#charts figure:first-child svg.chart");
        await page.Keyboard.PressAsync("Home");
        Assert.Contains("1 pasos", await LegendAsync(page), StringComparison.Ordinal);
        Assert.Contains("Las flechas", await page.GetAttributeAsync("#charts svg.chart", "aria-label"),
            StringComparison.Ordinal);
        string untranslated = await page.EvaluateAsync<string>("() => [...document.querySelectorAll('[data-word]')]"
            + ".filter(one => !one.textContent.trim() || one.textContent === one.dataset.word)"
            + ".map(one => one.dataset.word).filter(word => word !== 'error').join(' ')");
        Assert.Equal("", untranslated);
        Assert.Empty(visitor.Problems);
    }

    [BrowserFact]
    public async Task Names_that_would_be_code_are_only_names()
    {
        string run = Write("evil", Hostile, "1", Hostile);
        File.WriteAllText(Path.Combine(run, "config.json"),
            $$"""{"data":"{{Hostile}}","model":"{{Hostile}}","epochs":3}""");
        File.WriteAllText(Path.Combine(run, "events.jsonl"), $$"""
            {"event":"warning","severity":"{{Hostile}}","message":"{{Hostile}}","step":1}
            {"event":"steering","action":"{{Hostile}}","step":1}

            """);
        Directory.CreateDirectory(Path.Combine(run, "artifacts"));
        File.WriteAllText(Path.Combine(run, "artifacts", "samples.txt"), Hostile);
        File.WriteAllText(Path.Combine(run, "report.html"),
            "<!doctype html><h1>report</h1><script>alert(3)</script><img src=x onerror=alert(4)>");
        await using DashboardServer server = await DashboardServer.StartAsync(new(_folder));
        await using Visitor visitor = await Visitor.ComeAsync();
        IPage page = await visitor.OpenAsync(server);
        await CheckAllAsync(page, 1);
        await page.WaitForFunctionAsync("() => document.querySelector('#samples').textContent.includes('onerror')");
        Assert.Equal(0, await page.Locator("main script, main img[src=x]").CountAsync());
        Assert.Empty(visitor.Problems);
        IPage report = await Visitor.FollowAsync(page, "#run-list a");
        Assert.Equal("report", await report.TextContentAsync("h1"));
        // The browser says that it stopped the script and the picture of this report: no dialog came of them.
        Assert.DoesNotContain(visitor.Problems, problem => problem.StartsWith("dialog", StringComparison.Ordinal));
    }

    string Write(string folder, string name, string started, string layer = "0 Linear")
    {
        string run = Path.Combine(_folder, folder);
        Directory.CreateDirectory(run);
        File.WriteAllText(Path.Combine(run, "run.json"),
            $$"""{"name":"{{name}}","status":"done","started":"{{started}}"}""");
        File.WriteAllLines(Path.Combine(run, "metrics.jsonl"), Enumerable.Range(1, 60).SelectMany(step =>
        {
            string rate = $"0.00{1 + step % 5}";
            string loss = (2.0 / (step * step)).ToString(CultureInfo.InvariantCulture);
            return (string[])[
                $$$"""{"step":{{{step}}},"epoch":1,"loss":{{{loss}}},"learningRate":{{{rate}}},"elapsed":{{{step}}}}""",
                $$$"""{"step":{{{step}}},"layers":{"{{{layer}}}":{"gradients":{{{loss}}}}},"elapsed":{{{step}}}}""",
                $$$"""{"epoch":1,"step":{{{step}}},"train":{"loss":{{{loss}}}},"elapsed":{{{step}}}}"""];
        }));
        return run;
    }

    static async Task CheckAllAsync(IPage page, int runs)
    {
        await page.WaitForFunctionAsync($"() => document.querySelectorAll('#run-list input').length === {runs}");
        for (int i = 0; i < runs; i++)
            await page.Locator("#run-list input").Nth(i).CheckAsync();
        await page.WaitForSelectorAsync("#charts path.curve");
    }

    static async Task<string> LegendAsync(IPage page) =>
        await page.TextContentAsync("#charts figure:first-child .legend") ?? "";
}
