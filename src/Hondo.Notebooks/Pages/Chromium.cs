using System.Diagnostics;

namespace Hondo.Notebooks;

/// <summary>Prints a page to PDF with a browser that is there.</summary>
public static class Chromium
{
    static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
        "microsoft-edge", "msedge"];

    static readonly string[] Places =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
        @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    /// <summary>The browser's program, or null when there is none.</summary>
    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => Names.SelectMany(name => (string[])[Path.Combine(folder, name),
            Path.Combine(folder, name + ".exe")])).Concat(Places).FirstOrDefault(File.Exists);

    /// <summary>Writes the PDF of a page.</summary>
    /// <exception cref="IOException">There is no browser, or it wrote nothing.</exception>
    public static void Print(string html, string pdf)
    {
        string program = Find() ?? throw new IOException("A PDF is printed by Chromium, Chrome or Edge, and there is "
            + "none on this machine. Install one, or write --html and print it from any browser.");
        string folder = Directory.CreateTempSubdirectory("hondo-pdf-").FullName;
        try
        {
            string page = Path.Combine(folder, "page.html"), target = Path.Combine(folder, "page.pdf");
            File.WriteAllText(page, html);
            using var process = Process.Start(new ProcessStartInfo(program, ["--headless", "--no-sandbox",
                "--disable-gpu", $"--user-data-dir={Path.Combine(folder, "profile")}", "--no-pdf-header-footer",
                "--blink-settings=preferredColorScheme=1", $"--print-to-pdf={target}", new Uri(page).AbsoluteUri])
            { RedirectStandardError = true, RedirectStandardOutput = true })!;
            string said = process.StandardError.ReadToEndAsync() is var task
                && process.WaitForExit(TimeSpan.FromMinutes(2)) ? task.GetAwaiter().GetResult() : "it did not end";
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
            if (!File.Exists(target))
                throw new IOException($"{program} wrote no PDF: {said.Trim().Split('\n')[^1]}");
            File.Copy(target, pdf, overwrite: true);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
