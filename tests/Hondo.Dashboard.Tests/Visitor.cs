using Microsoft.Playwright;

namespace Hondo.Dashboard.Tests;

/// <summary>A person at a real browser. With HONDO_SCREENSHOTS=FOLDER pictures of what is seen are written.</summary>
sealed class Visitor : IAsyncDisposable
{
    readonly IPlaywright _playwright;
    readonly IBrowser _browser;
    readonly List<string> _problems = [];

    Visitor(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>What the pages complained of, a broken security policy among it, and the dialogs they opened.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Debian's own browser, as root too: nothing is downloaded.</summary>
    public static async Task<Visitor> ComeAsync()
    {
        IPlaywright playwright = await Playwright.CreateAsync();
        return new(playwright, await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = BrowserFactAttribute.Browser,
            Args = ["--no-sandbox"],
        }));
    }

    public async Task<IPage> OpenAsync(DashboardServer server, string locale = "en-US")
    {
        IBrowserContext context = await _browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = 1400, Height = 1000 },
            Locale = locale,
        });
        // The machine may be busy with measurements for a minute.
        context.SetDefaultTimeout(120_000);
        context.Console += (_, message) => _problems.Add(message.Text);
        context.WebError += (_, error) => _problems.Add(error.Error);
        context.Dialog += (_, dialog) =>
        {
            _problems.Add($"dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        await context.AddInitScriptAsync("document.addEventListener('securitypolicyviolation', "
            + "event => console.error(`${event.violatedDirective}: ${event.blockedURI}`))");
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(server.Address.ToString());
        return page;
    }

    /// <summary>Another window of the same browser at the same place.</summary>
    public static async Task<IPage> AnotherAsync(IPage page)
    {
        IPage another = await page.Context.NewPageAsync();
        await another.GotoAsync(new Uri(new(page.Url), "/").ToString());
        return another;
    }

    /// <summary>Follows a link that opens a page of its own.</summary>
    public static Task<IPage> FollowAsync(IPage page, string selector) =>
        page.Context.RunAndWaitForPageAsync(() => page.ClickAsync(selector));

    public static async Task PictureAsync(IPage page, string name, int height)
    {
        if (Environment.GetEnvironmentVariable("HONDO_SCREENSHOTS") is not { Length: > 0 } folder)
            return;
        await page.SetViewportSizeAsync(1400, height);
        await page.WaitForTimeoutAsync(3000);
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
