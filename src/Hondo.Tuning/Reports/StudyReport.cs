using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Hondo.Tuning;

/// <summary>A study as one page that needs nothing else: advice, drawings and a table. No script runs in it.</summary>
public static class StudyReport
{
    const int Rows = 20, Slices = 6;

    const string Css = """
        :root { color-scheme: light dark; --paper: #fff; --ink: #1b1f24; --faint: #57606a; --grid: #d8dee4;
        --c0: #b8c4d0; --c1: #8fb3d9; --c2: #5a9bd4; --c3: #2f7fc1; --c4: #d1570a }
        @media (prefers-color-scheme: dark) { :root { --paper: #16191d; --ink: #e6eaee; --faint: #a3abb3;
        --grid: #363c43; --c0: #46525e; --c1: #3d6c96; --c2: #4a8cc4; --c3: #6fb1e8; --c4: #ff9b54 } }
        body { margin: 0 auto; padding: 1rem 1.5rem 4rem; max-width: 1320px; background: var(--paper);
        color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums } .table { overflow-x: auto }
        th, td { padding: .2rem .7rem; border-bottom: 1px solid var(--grid); text-align: left }
        .charts { display: flex; flex-wrap: wrap; gap: 1rem } svg { max-width: 100%; height: auto }
        .t { font-weight: 600; font-size: 13px; fill: var(--ink) } .l, .n { font-size: 11px; fill: var(--faint) }
        .n { text-anchor: end } .a { fill: none; stroke: var(--grid) }
        path { fill: none } .best { stroke: var(--c4); stroke-width: 2 } .grey { stroke: var(--grid) }
        .thin.s0 { stroke: var(--c0) } .thin.s1 { stroke: var(--c1) } .thin.s2 { stroke: var(--c2) }
        .thin.s3 { stroke: var(--c3) } .thin.s4 { stroke: var(--c4) }
        .g0 { fill: var(--c0) } .g1 { fill: var(--c1) } .g2 { fill: var(--c2) } .g3 { fill: var(--c3) }
        .g4 { fill: var(--c4) } .es { color: var(--faint) }

        """;

    /// <summary>The page.</summary>
    public static string Of(Study study)
    {
        IReadOnlyList<TrialRecord> trials = study.Trials;
        var charts = new StudyCharts(study, trials);
        IReadOnlyList<TrialRecord> ranked = study.Ranked(trials);
        var body = new StringBuilder();
        body.Append(CultureInfo.InvariantCulture, $"<h1>{Safe(study.Name)}</h1>\n<p>")
            .Append(CultureInfo.InvariantCulture, $"{trials.Count(trial => trial.IsFinished)} trials, ")
            .Append(CultureInfo.InvariantCulture, $"{trials.Count(trial => trial.State == TrialState.Pruned)} pruned, ")
            .Append(CultureInfo.InvariantCulture, $"{trials.Count(trial => trial.State == TrialState.Failed)} failed. ")
            .Append(CultureInfo.InvariantCulture, $"Sampler {Safe(study.Settings.Sampler)}, ")
            .Append(CultureInfo.InvariantCulture, $"pruner {Safe(study.Settings.Pruner)}, ")
            .Append(CultureInfo.InvariantCulture, $"seed {study.Settings.Seed}.</p>\n<ul>\n");
        Sentences(body, StudyAdvice.Of(study, trials));
        body.Append("</ul>\n<h2>Why this is the best</h2>\n<ul>\n");
        Sentences(body, StudyAdvice.Why(study, trials));
        body.Append("</ul>\n<div class=\"charts\">\n");
        if (ranked.Count > 0)
        {
            body.Append(charts.History()).Append(charts.Curves()).Append(charts.Parallel());
            if (study.Settings.Directions.Count > 1)
                body.Append(charts.Front());
            body.AppendJoin("", charts.Slices(Slices));
        }
        body.Append("</div>\n<h2>The best trials</h2>\n<div class=\"table\"><table>\n");
        string[] names = StudyExport.NamesOf(ranked);
        Row(body, "th", ["trial", .. study.Settings.Directions.Select((_, i) => i == 0 ? "value" : $"value {i + 1}"),
            .. names]);
        foreach (TrialRecord trial in ranked.Take(Rows))
            Row(body, "td", [Text(trial.Number), .. trial.Values.Select(Text), .. names.Select(name =>
                trial.Parameters.FirstOrDefault(one => one.Name == name) is { Name: not null } found ? found.Text
                    : "")]);
        return Page(study.Name, body.Append("</table></div>\n").ToString());
    }

    static void Sentences(StringBuilder body, IReadOnlyList<AdviceSentence> sentences)
    {
        foreach (AdviceSentence one in sentences)
            body.Append(CultureInfo.InvariantCulture, $"<li>{Safe(one.English)}<br>")
                .Append(CultureInfo.InvariantCulture,
                    $"<span class=\"es\" lang=\"es\">{Safe(one.Spanish)}</span></li>\n");
    }

    static void Row(StringBuilder body, string cell, IEnumerable<string> cells) =>
        body.Append("<tr>").AppendJoin("", cells.Select(text => $"<{cell}>{Safe(text)}</{cell}>")).Append("</tr>\n");

    static string Text(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    internal static string Safe(string text) => WebUtility.HtmlEncode(new string([.. text.Select(c =>
        char.IsControl(c) ? '\uFFFD' : c)]));

    static string Page(string title, string body)
    {
        string sum = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Css)));
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{sum}'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Safe(title)}</title>
            <style>{Css}</style>
            </head>
            <body>
            {body}</body>
            </html>

            """;
    }
}
