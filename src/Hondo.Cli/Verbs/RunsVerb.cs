using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Hondo.Cli.Output;
using Hondo.Cli.Runs;

namespace Hondo.Cli.Verbs;

/// <summary><c>hondo runs list|show|compare|export|delete</c>: what was trained on this machine.</summary>
static class RunsVerb
{
    public static Command Command(Terminal terminal) =>
        new("runs", "Runs: what was trained, with which options, and how good it is.")
        {
            List(terminal),
            Show(terminal),
            RunsCompare.Command(terminal),
            RunsFiles.Export(terminal),
            RunsFiles.Delete(terminal),
        };

    public static Argument<string> Run() => new("RUN") { Description = "a run folder, or its name in runs/" };

    public static Option<bool> AsJson() => new("--json") { Description = "JSON lines" };

    static Command List(Terminal terminal)
    {
        var folder = new Argument<string>("FOLDER")
        {
            Description = "the folder that holds the runs; runs",
            DefaultValueFactory = _ => RunStore.Usual,
        };
        Option<bool> asJson = AsJson();
        var command = new Command("list", "List the runs, newest first.") { folder, asJson };
        command.SetAction(parsed =>
        {
            IReadOnlyList<SavedRun> runs = RunStore.In(parsed.GetValue(folder)!);
            if (parsed.GetValue(asJson))
                foreach (SavedRun run in runs)
                    JsonLine.Write(terminal.Out, json => Write(json, run));
            else if (runs.Count == 0)
                terminal.Out.WriteLine(SavedRun.Is(parsed.GetValue(folder)!)
                    ? PlainText.Of($"{parsed.GetValue(folder)} is a run itself: 'hondo runs show' shows it.")
                    : "No runs here.");
            else
                TextTable.Write(terminal.Out, [["run", "status", "data", "model", "epochs", "best", "time"],
                    .. runs.Select(run => Row(run))], terminal.Width());
        });
        return command;
    }

    static string[] Row(SavedRun run) => [.. ((string[])[run.Name, run.Status,
        run.Options.GetValueOrDefault("data", ""), Short(run.Options.GetValueOrDefault("model", "")),
        $"{run.Epochs.Count}", Best(run), run.Problem.Length > 0 ? run.Problem : Time(run.Seconds)])
        .Select(PlainText.Of)];

    static string Short(string text) => text.Length <= 32 ? text : text[..31] + "…";

    static string Best(SavedRun run) => run.Best is { } best
        ? string.Create(CultureInfo.InvariantCulture, $"{best.Name} {best.Value:0.####}")
        : "";

    static string Time(double seconds) => seconds < 100
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s")
        : TimeSpan.FromSeconds(seconds).ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture);

    public static void Write(Utf8JsonWriter json, SavedRun run)
    {
        json.WriteString("run", run.Path);
        json.WriteString("name", run.Name);
        json.WriteString("status", run.Status);
        if (run.Problem.Length > 0)
            json.WriteString("problem", run.Problem);
        json.WriteString("started", run.Started);
        json.WriteNumber("epochs", run.Epochs.Count);
        json.WriteNumber("seconds", Math.Round(run.Seconds, 3));
        if (run.Best is { } best)
        {
            json.WriteString("bestMetric", best.Name);
            json.WriteNumber("best", best.Value);
        }
        json.WriteStartObject("options");
        foreach ((string name, string value) in run.Options)
            json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteStartArray("warnings");
        foreach (string warning in run.Warnings)
            json.WriteStringValue(warning);
        json.WriteEndArray();
    }

    static Command Show(Terminal terminal)
    {
        Argument<string> which = Run();
        Option<bool> asJson = AsJson();
        var command = new Command("show", "Show a run: options, numbers, warnings.") { which, asJson };
        command.SetAction(parsed =>
        {
            SavedRun run = RunStore.Need(parsed.GetValue(which)!);
            if (parsed.GetValue(asJson))
                JsonLine.Write(terminal.Out, json => Write(json, run));
            else
                Describe(run, terminal.Out, terminal.Width());
        });
        return command;
    }

    static void Describe(SavedRun run, TextWriter writer, int width)
    {
        List<string[]> rows = [["run", run.Path], ["status", run.Status]];
        if (run.Problem.Length > 0)
            rows.Add(["problem", run.Problem]);
        rows.AddRange(((string[])["command", "started", "ended", "stopReason", "error", "errorStep", "machine",
            "modelHash"]).Where(run.Record.ContainsKey).Select(name => (string[])[name, run.Record[name]]));
        rows.AddRange(run.Options.Select(option => (string[])[option.Key, option.Value]));
        if (run.Kept is { } kept)
        {
            rows.Add(["kept epoch", $"{kept.Epoch} of {run.Epochs.Count}"]);
            rows.AddRange(kept.Numbers.Where(number => RunsCompare.IsMeasure(number.Key)).Select(number => (string[])[
                $"kept epoch's {number.Key}", number.Value.ToString("G6", CultureInfo.InvariantCulture)]));
        }
        if (run.Best is not null)
            rows.Add(["best", Best(run)]);
        rows.AddRange(run.Warnings.Select(warning => (string[])["warning", warning]));
        if (File.Exists(Path.Combine(run.Path, "report.html")))
            rows.Add(["report", Path.Combine(run.Path, "report.html")]);
        TextTable.WritePairs(writer, [.. rows.Select(row => row.Select(PlainText.Of).ToArray())], width);
    }
}
