using System.Security.Cryptography;
using System.Text;

namespace Hondo.Insights;

/// <summary>
/// The page around a report: nothing is loaded and no script runs. Its policy allows the one style sheet, by its sum,
/// and pictures that are part of the page.
/// </summary>
static class ReportPage
{
    const string Css = """
        :root { color-scheme: light dark; --paper: #ffffff; --ink: #1b1f24; --faint: #57606a; --grid: #d8dee4 }
        @media (prefers-color-scheme: dark) {
        :root { --paper: #16191d; --ink: #e6eaee; --faint: #a3abb3; --grid: #363c43 } }
        body { margin: 0 auto; padding: 1rem 1.5rem 4rem; max-width: 1320px; background: var(--paper);
        color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif }
        h1 { font-size: 1.6rem } h2 { margin-top: 2.2rem; border-bottom: 1px solid var(--grid) }
        pre { overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere;
        padding: .8rem; border: 1px solid var(--grid); border-radius: 6px; font-size: .85rem }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums }
        th, td { padding: .25rem .8rem; border-bottom: 1px solid var(--grid); text-align: left; vertical-align: top }
        .charts { display: flex; flex-wrap: wrap; gap: 1rem; align-items: flex-start }
        .charts svg { max-width: 100%; height: auto } .charts .charts { margin-right: 2rem }
        .table { overflow-x: auto; max-width: 100% }
        figure { margin: 0 0 .6rem; display: inline-block; width: 9rem; vertical-align: top }
        figure img { width: 7rem; image-rendering: pixelated; border: 1px solid var(--grid) }
        figcaption { font-size: .8rem; color: var(--faint) }

        """;

    public static string Write(string title, string body, FigureLanguage language = FigureLanguage.English)
    {
        string css = Css + ChartStyle.Css;
        string sum = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(css)));
        return $"""
            <!doctype html>
            <html lang="{(language == FigureLanguage.Spanish ? "es" : "en")}">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src
            'sha256-{sum}'; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{ReportText.Safe(title)}</title>
            <style>{css}</style>
            </head>
            <body>
            <main>
            <h1>{ReportText.Safe(title)}</h1>
            {body}</main>
            </body>
            </html>

            """;
    }
}
