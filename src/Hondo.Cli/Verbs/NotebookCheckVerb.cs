using System.CommandLine;
using System.Globalization;
using Hondo.Cli.Output;
using Hondo.Notebooks;

namespace Hondo.Cli.Verbs;

/// <summary><c>hondo notebook check</c>: executes notebooks anew and compares what they show.</summary>
static class NotebookCheckVerb
{
    public static Command Command(Terminal terminal)
    {
        Argument<string[]> files = new("FILE")
        {
            Description = "executed .ipynb files; for several, a table",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string?> checks = new("--checks") { Description = "a solved notebook whose checks count" };
        Option<int> time = NumberOption.Of("--time-limit", null, "seconds for each notebook", 600,
            "a whole number from 1 to 1000000", (int seconds) => seconds is >= 1 and <= 1_000_000);
        Option<int> memory = NumberOption.From(1, "--memory-limit", null, "MiB for each notebook", 8192);
        var command = new Command("check", "Execute notebooks anew and compare every output, times aside.")
        { files, checks, time, memory };
        command.SetAction(parsed =>
        {
            using var interruption = new Interruption();
            string[] paths = parsed.GetValue(files)!;
            var check = new NotebookCheck(NotebookVerb.WorkerCommand)
            {
                Limits = new(TimeSpan.FromSeconds(parsed.GetValue(time)), (long)parsed.GetValue(memory) << 20),
                Checks = parsed.GetValue(checks) is { } solved ? Notebook.Read(solved) : null,
                OnCell = paths.Length == 1 ? NotebookRunVerb.Progress(terminal) : null,
            };
            return paths.Length == 1
                ? One(paths[0], check, terminal, interruption.Token)
                : Many(paths, check, terminal, interruption.Token);
        });
        return command;
    }

    static int One(string path, NotebookCheck check, Terminal terminal, CancellationToken cancellation)
    {
        CheckReport report = check.Check(path, cancellation).GetAwaiter().GetResult();
        foreach (CheckResult failed in report.Checks.Where(one => !one.Holds))
            terminal.Error.WriteLine(PlainText.Of($"{path}: ✗ {failed.What}"));
        if (report.Differences.Count > 0)
            terminal.Error.WriteLine(PlainText.Of($"error: {path}, {report.Differences[0]}"
                + (report.Differences.Count > 1 ? $" ({report.Differences.Count - 1} more differences)" : "")));
        if (report.IsRight)
            terminal.Out.WriteLine(PlainText.Of($"{path}: executed anew, {report.Cells} cells, the same outputs"
                + (report.Checks.Count > 0 ? $", {report.Checks.Count} checks passed" : "")));
        else if (report.Checks.Count > 0)
            terminal.Out.WriteLine(PlainText.Of($"{path}: {Passed(report)} ✓"));
        return report.IsRight ? 0 : 1;
    }

    static string Passed(CheckReport report) =>
        string.Create(CultureInfo.InvariantCulture, $"{report.Checks.Count(one => one.Holds)}/{report.Checks.Count}");

    static int Many(string[] paths, NotebookCheck check, Terminal terminal, CancellationToken cancellation)
    {
        List<string[]> rows = [[In("notebook"), In("executes"), In("same outputs"), In("checks"),
            In("first difference")]];
        bool areRight = true;
        foreach (string path in paths)
        {
            string[] row;
            try
            {
                CheckReport report = check.Check(path, cancellation).GetAwaiter().GetResult();
                areRight &= report.IsRight;
                row = [path, string.Create(CultureInfo.InvariantCulture, $"{report.Executed}/{report.Cells}"),
                    In(report.Differences.Count == 0 ? "yes" : "no"),
                    report.Checks.Count == 0 ? "–" : Passed(report),
                    report.Differences is [var first, ..] ? first
                        : report.Checks.FirstOrDefault(one => !one.Holds)?.What ?? ""];
            }
            catch (Exception error) when (error is IOException or Data.DataFormatException)
            {
                (areRight, row) = (false, [path, In("no"), "–", "–", error.Message]);
            }
            rows.Add([.. row.Select(PlainText.Of)]);
            terminal.Error.WriteLine(PlainText.Of($"{path}: {row[2]}"));
        }
        TextTable.Write(terminal.Out, rows);
        return areRight ? 0 : 1;
    }

    static string In(string english) => Language.IsSpanish(null) ? SpanishText.Label(english) : english;
}
