using Hondo.Data;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Optimizers;
using Hondo.Training;
using Microsoft.Playwright;

namespace Hondo.Dashboard.Tests;

/// <summary>A person at the browser. With HONDO_SCREENSHOTS=FOLDER pictures of what is seen are written.</summary>
public sealed class BrowserTests : IAsyncLifetime
{
    readonly string _folder = Directory.CreateTempSubdirectory("hondo-browser-").FullName;
    readonly List<string> _problems = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    [BrowserFact]
    public async Task A_run_is_watched_its_rate_is_changed_and_it_is_stopped()
    {
        using var folder = new RunFolder(Path.Combine(_folder, "digits"), new("digits", ""), "{}", new());
        var steering = new Steering(folder);
        await using DashboardServer server = await DashboardServer.StartAsync(new(_folder));
        server.Watch(folder.Path, steering);
        Task<History> training = Task.Run(() => Train(folder, steering));
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await StartAsync(playwright);
        IPage page = await OpenAsync(browser, server);
        await page.WaitForSelectorAsync("path.curve");
        await page.FillAsync("#rate", "0.0005");
        await page.ClickAsync("#set-rate");
        await page.WaitForSelectorAsync("#found .steering");
        await PictureAsync(page, "dashboard");
        await page.ClickAsync("[data-steer=stop]");
        History history = await training.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(("stopped by hand", 0.0005), (history.StopReason, history[^1].LearningRate));
        Assert.Empty(_problems);
    }

    [BrowserFact]
    public async Task In_the_playground_a_network_learns_before_ones_eyes()
    {
        await using DashboardServer server = await DashboardServer.StartAsync(new(_folder));
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await StartAsync(playwright);
        IPage page = await OpenAsync(browser, server);
        await page.ClickAsync("#tab-play");
        await page.SelectOptionAsync("[name=data]", "spiral");
        await page.WaitForSelectorAsync("#units canvas");
        await page.WaitForFunctionAsync(
            "() => Number(document.querySelector('#play-figures').textContent.match(/[0-9]+/)) > 100");
        await PictureAsync(page, "playground");
        Assert.Empty(_problems);
    }

    static History Train(RunFolder folder, Steering steering)
    {
        var model = new Sequential(new Flatten(), new Linear(784, 32), new Relu(), new Linear(32, 10));
        model.Initialize(1);
        var trainer = new Trainer(model, new CrossEntropy(), new Adam(model.Parameters))
        {
            Epochs = 100_000,
            Callbacks = [folder, steering],
        };
        return trainer.Fit(Datasets.Digits());
    }

    // Debian's own, as root too: nothing is downloaded.
    static Task<IBrowser> StartAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = BrowserFactAttribute.Browser,
        Args = ["--no-sandbox"],
    });

    // What the page complains of, a broken security policy among it, is a failure.
    async Task<IPage> OpenAsync(IBrowser browser, DashboardServer server)
    {
        IPage page = await browser.NewPageAsync(new()
        {
            ViewportSize = new() { Width = 1400, Height = 1000 },
            Locale = "en-US",
        });
        page.Console += (_, message) => _problems.Add(message.Text);
        page.PageError += (_, message) => _problems.Add(message);
        await page.GotoAsync(server.Address.ToString());
        return page;
    }

    static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("HONDO_SCREENSHOTS") is not { Length: > 0 } folder)
            return;
        await page.WaitForTimeoutAsync(3000);
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
    }
}
