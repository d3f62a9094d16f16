using System.CommandLine;
using System.Globalization;
using Hondo.Cli.Output;
using Hondo.Cli.Runs;
using Hondo.Serialization;

namespace Hondo.Cli.Verbs;

/// <summary><c>hondo runs compare RUN RUN…</c>: what differs between runs, and what came of it.</summary>
static class RunsCompare
{
    public static Command Command(Terminal terminal)
    {
        var which = new Argument<string[]>("RUN")
        {
            Description = "run folders, or names in runs/",
            Arity = new(2, 100),
        };
        var chart = new Option<string>("--chart") { Description = "an .svg file for the curves", HelpName = "FILE" };
        Option<bool> asJson = RunsVerb.AsJson();
        var command = new Command("compare", "Compare runs: options that differ, best numbers, curves.")
        {
            which, chart, asJson,
        };
        command.SetAction(parsed =>
        {
            SavedRun[] runs = [.. parsed.GetValue(which)!.Select(RunStore.Need)];
            if (parsed.GetValue(chart) is { } path)
                DurableFile.WriteText(path, Curves(runs).ToSvg());
            if (parsed.GetValue(asJson))
                foreach (SavedRun run in runs)
                    JsonLine.Write(terminal.Out, json => RunsVerb.Write(json, run));
            else
                TextTable.Write(terminal.Out, [.. Table(runs).Select(row => row.Select(PlainText.Of).ToArray())],
                    terminal.Width());
        });
        return command;
    }

    /// <summary>Whether a number of an epoch says how good the model is, rather than when it was.</summary>
    public static bool IsMeasure(string name) =>
        name is not ("epoch" or "seconds" or "learningRate" or "step" or "elapsed");

    static IEnumerable<string[]> Table(SavedRun[] runs)
    {
        yield return ["", .. runs.Select(run => run.Name)];
        yield return ["status", .. runs.Select(run => run.Status)];
        foreach (string option in runs.SelectMany(run => run.Options.Keys).Distinct())
        {
            string[] values = [.. runs.Select(run => run.Options.GetValueOrDefault(option, "-"))];
            if (values.Distinct().Count() > 1)
                yield return [option, .. values];
        }
        foreach (string name in runs.SelectMany(run => run.Epochs).SelectMany(epoch => epoch.Numbers.Keys)
            .Where(IsMeasure).Distinct())
            yield return [$"kept epoch's {name}",
                .. runs.Select(run => run.Kept is { } kept ? Number(kept.Numbers, name) : "-")];
        yield return ["best", .. runs.Select(run => run.Best is { } best
            ? string.Create(CultureInfo.InvariantCulture, $"{best.Name} {best.Value:0.####}")
            : "-")];
        yield return ["epochs", .. runs.Select(run => $"{run.Epochs.Count}")];
        yield return ["seconds", .. runs.Select(run => run.Seconds.ToString("0.0", CultureInfo.InvariantCulture))];
    }

    static string Number(IReadOnlyDictionary<string, double> numbers, string name) =>
        numbers.TryGetValue(name, out double value) ? value.ToString("0.####", CultureInfo.InvariantCulture) : "-";

    static LineChart Curves(SavedRun[] runs)
    {
        string name = runs.Select(run => run.Best?.Name).FirstOrDefault(name => name is not null) ?? "loss";
        return new($"Runs compared by {name}", [.. runs.Select(run =>
        {
            SavedEpoch[] epochs = [.. run.Epochs.Where(epoch => epoch.Numbers.ContainsKey(name))];
            return new Series(run.Name, [.. epochs.Select(epoch => (double)epoch.Epoch)],
                [.. epochs.Select(epoch => epoch.Numbers[name])]);
        })])
        { Up = name };
    }
}
