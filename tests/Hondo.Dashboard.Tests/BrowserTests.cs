using Hondo.Data;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Optimizers;
using Hondo.Training;
using Microsoft.Playwright;

namespace Hondo.Dashboard.Tests;

/// <summary>What a person does with the dashboard, through a real browser.</summary>
public sealed class BrowserTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("hondo-browser-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [BrowserFact]
    public async Task A_run_is_watched_its_rate_is_changed_it_is_stopped_and_its_report_opens()
    {
        using var folder = new RunFolder(Path.Combine(_folder, "digits"), new("digits", "hondo train digits"),
            """{"data":"digits","model":"mlp(hidden: [32])","epochs":20000}""", new());
        var steering = new Steering(folder);
        await using DashboardServer server = await DashboardServer.StartAsync(new(_folder));
        server.Watch(folder.Path, steering);
        Task<History> training = Task.Run(() => Train(folder, steering));
        await using Visitor visitor = await Visitor.ComeAsync();
        IPage page = await visitor.OpenAsync(server);
        await page.WaitForSelectorAsync("#charts path.curve");
        await page.WaitForSelectorAsync("#layer-charts path.curve");
        await page.FillAsync("#rate", "0.0005");
        await page.ClickAsync("#set-rate");
        await page.WaitForSelectorAsync("#found .steering");
        await Visitor.PictureAsync(page, "dashboard", 1560);
        await page.ClickAsync("[data-steer=stop]");
        History history = await training.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(("stopped by hand", 0.0005), (history.StopReason, history[^1].LearningRate));
        IPage report = await Visitor.FollowAsync(page, "#run-list a");
        Assert.Equal("digits", await report.TextContentAsync("h1"));
        Assert.Contains("stopped by hand", await report.TextContentAsync("main"), StringComparison.Ordinal);
        Assert.True(await report.Locator("svg.hondo-chart").CountAsync() >= 6);
        await Visitor.PictureAsync(report, "report", 1750);
        Assert.Empty(visitor.Problems);
    }

    [BrowserFact]
    public async Task In_the_playground_a_network_learns_before_ones_eyes()
    {
        await using DashboardServer server = await DashboardServer.StartAsync(new(_folder));
        await using Visitor visitor = await Visitor.ComeAsync();
        IPage page = await visitor.OpenAsync(server);
        await page.ClickAsync("#tab-play");
        await page.SelectOptionAsync("[name=data]", "spiral");
        await page.WaitForSelectorAsync("#units canvas");
        await page.WaitForFunctionAsync(
            "() => Number(document.querySelector('#play-figures').textContent.match(/[0-9]+/)) > 100");
        await Visitor.PictureAsync(page, "playground", 900);
        Assert.Empty(visitor.Problems);
    }

    [BrowserFact]
    public async Task A_21st_run_is_refused_in_words()
    {
        for (int i = 0; i < 22; i++)
        {
            string run = Path.Combine(_folder, $"run{i:00}");
            Directory.CreateDirectory(run);
            File.WriteAllText(Path.Combine(run, "run.json"), $$"""{"name":"run{{i:00}}","status":"done"}""");
            File.WriteAllText(Path.Combine(run, "metrics.jsonl"), """{"step":1,"loss":1}""" + "\n");
        }
        await using DashboardServer server = await DashboardServer.StartAsync(new(_folder));
        await using Visitor visitor = await Visitor.ComeAsync();
        IPage page = await visitor.OpenAsync(server);
        await page.WaitForSelectorAsync("#run-list input:checked");
        for (int chosen = 1; chosen < 20; chosen++)
        {
            await page.Locator("#run-list input:not(:checked)").First.ClickAsync();
            await page.WaitForFunctionAsync("n => document.querySelectorAll('#run-list input:checked').length === n",
                chosen + 1);
        }
        await page.Locator("#run-list input:not(:checked)").First.ClickAsync();
        await page.WaitForFunctionAsync(
            "() => document.querySelector('#link').textContent.includes('20 runs at most')");
        Assert.Equal(20, await page.Locator("#run-list input:checked").CountAsync());
    }

    [BrowserFact]
    public async Task The_table_that_was_chosen_last_is_learned_whichever_is_read_first()
    {
        string Table(string name, string kind)
        {
            string path = Path.Combine(_folder, name);
            File.WriteAllText(path, string.Concat(Enumerable.Range(0, 40).Select(i =>
                $"0.{i:00},0.{99 - i},{(i % 2 == 0 ? kind : "other")}\n")));
            return path;
        }

        await using DashboardServer server = await DashboardServer.StartAsync(new(_folder));
        await using Visitor visitor = await Visitor.ComeAsync();
        IPage page = await visitor.OpenAsync(server);
        await page.EvaluateAsync("""
            () => { const read = Blob.prototype.text; File.prototype.text = async function () {
              const text = await read.call(this);
              if (this.name === 'first.csv') { await new Promise(end => setTimeout(end, 1500)); window.late = true; }
              return text; }; }
            """);
        await page.ClickAsync("#tab-play");
        await page.SelectOptionAsync("[name=data]", "csv");
        await page.SetInputFilesAsync("#csv", Table("first.csv", "early"));
        await page.SetInputFilesAsync("#csv", Table("second.csv", "late"));
        await page.WaitForFunctionAsync("() => window.late");
        await page.ClickAsync("#choices [type=submit]");
        await page.WaitForFunctionAsync("() => document.querySelector('#key').textContent.includes('class late')");
        await page.WaitForTimeoutAsync(500);
        Assert.DoesNotContain("early", await page.TextContentAsync("#key"), StringComparison.Ordinal);
    }

    // Windows of one browser share six connections: each holds one at most, and none waits without a word.
    [BrowserFact]
    public async Task The_third_window_is_told_that_two_networks_learn_already_and_goes_on_when_one_stops()
    {
        await using DashboardServer server = await DashboardServer.StartAsync(new(_folder));
        await using Visitor visitor = await Visitor.ComeAsync();
        IPage first = await visitor.OpenAsync(server);
        IPage[] windows = [first, await Visitor.AnotherAsync(first), await Visitor.AnotherAsync(first)];
        foreach (IPage window in windows)
        {
            await window.ClickAsync("#tab-play");
            await window.WaitForFunctionAsync("() => document.querySelector('#play-told').textContent + "
                + "document.querySelector('#play-figures').textContent");
        }
        Assert.Contains("stop one in another tab", await windows[2].TextContentAsync("#play-told"),
            StringComparison.Ordinal);
        Assert.True(await windows[2].Locator("#halt").IsDisabledAsync());
        await windows[0].ClickAsync("#halt");
        // The place is free when the server has noticed.
        await windows[2].WaitForFunctionAsync("() => { if (document.querySelector('#halt').disabled) "
            + "document.querySelector('#choices').requestSubmit(); "
            + "return document.querySelector('#play-figures').textContent; }", null, new() { PollingInterval = 500 });
        Assert.Equal("", await windows[2].TextContentAsync("#play-told"));
        // Who looks at runs again sees them live again.
        await windows[2].ClickAsync("#tab-runs");
        await windows[2].WaitForFunctionAsync("() => document.querySelector('#link').textContent === 'live'");
    }

    static History Train(RunFolder folder, Steering steering)
    {
        var model = new Sequential(new Flatten(), new Linear(784, 32), new Relu(), new Linear(32, 10));
        model.Initialize(1);
        var trainer = new Trainer(model, new CrossEntropy(), new Adam(model.Parameters))
        {
            Epochs = 20_000,
            Callbacks = [new Diagnosis(), folder, steering, new RunReport(folder.Path)],
        };
        return trainer.Fit(new Split(70, 15, 15).Of(Datasets.Digits(), 1));
    }
}
