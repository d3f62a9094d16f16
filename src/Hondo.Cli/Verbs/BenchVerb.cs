using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Hondo.Cli.Bench;
using Hondo.Kernels;

namespace Hondo.Cli.Verbs;

/// <summary><c>hondo bench [WORKLOAD…]</c>: what this machine does, or the speed of named trainings.</summary>
static class BenchVerb
{
    public static Command Command(Terminal terminal)
    {
        var names = new Argument<string[]>("WORKLOAD")
        {
            Description = "trainings to time: " + string.Join(", ", Workloads.All.Select(w => w.Name))
                + $", {InferenceTiming.Names}; none: a self-check",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<int> threads = NumberOption.From(1, "--threads", null, "threads to compute with", Workers.Count,
            NumberOption.MostThreads);
        Option<int> windows = NumberOption.From(1, "--windows", null,
            "timed windows of a workload, after one to warm up", 5);
        var json = new Option<bool>("--json") { Description = "one line of JSON for each workload or kernel" };
        var profile = new Option<bool>("--profile")
        {
            Description = "say where the time of a training's steps goes, by layer and op",
        };
        var command = new Command("bench", "Measure speed: kernels beside the machine's peak, or named trainings.")
        {
            names, threads, windows, json, profile,
        };
        command.SetAction(parsed =>
        {
            Workers.Count = parsed.GetValue(threads);
            int count = parsed.GetValue(windows);
            string[] chosen = parsed.GetValue(names) ?? [];
            if (chosen.Length == 0)
                Applicability.Refuse(parsed, "is for named trainings, but the self-check has none", windows, profile);
            if (parsed.GetValue(profile))
                Applicability.Refuse(parsed, "is for timed windows, but --profile takes one look", windows, json);
            if (Array.Find(chosen, InferenceTiming.IsNamed) is { } name)
                Applicability.Refuse(parsed, $"is for the steps of a training, but {name} does not train", profile);
            if (chosen.Length == 0)
                ShowSelfCheck(terminal, parsed.GetValue(json));
            foreach (string one in chosen)
                Time(terminal, one, count, parsed.GetValue(json), parsed.GetValue(profile));
            return 0;
        });
        return command;
    }

    static void Time(Terminal terminal, string name, int count, bool json, bool profile)
    {
        if (InferenceTiming.IsNamed(name))
            Show(terminal, InferenceTiming.Measure(name, count), json);
        else if (profile)
            terminal.Out.WriteLine(WorkloadTiming.Profile(Workloads.Find(name)));
        else
            Show(terminal, WorkloadTiming.Measure(Workloads.Find(name), count), json);
    }

    static void ShowSelfCheck(Terminal terminal, bool json)
    {
        if (!json)
            terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{Environment.ProcessorCount} processors, {Workers.Count} threads\n"
                + $"{"",-46}{"rate",14}{"of peak",18}"));
        foreach (SelfCheckRow row in SelfCheck.Measure())
            terminal.Out.WriteLine(json
                ? JsonSerializer.Serialize(row, BenchJson.Default.SelfCheckRow)
                : string.Create(CultureInfo.InvariantCulture,
                    $"{row.What,-46}{row.Rate,14:N1} {row.Unit,-10}{(row.Share is { } share ? $"{share:P0}" : ""),7}"));
    }

    static void Show(Terminal terminal, WorkloadTiming timing, bool json) => terminal.Out.WriteLine(json
        ? JsonSerializer.Serialize(timing, BenchJson.Default.WorkloadTiming)
        : Line(timing));

    static void Show(Terminal terminal, InferenceTiming timing, bool json) => terminal.Out.WriteLine(json
        ? JsonSerializer.Serialize(timing, BenchJson.Default.InferenceTiming)
        : FormattableString.Invariant($"{timing.Workload,-22}{timing.SamplesPerSecond,12:N0} samples/s  ")
            + FormattableString.Invariant($"{timing.MillisecondsPerStep,9:F4} ms a call ")
            + FormattableString.Invariant($"({timing.MinimumMilliseconds:F4}–{timing.MaximumMilliseconds:F4})"));

    static string Line(WorkloadTiming timing)
    {
        string accuracy = timing.TestAccuracy is { } share ? FormattableString.Invariant($"  accuracy {share:F4}") : "";
        string rate = timing.CharactersPerSecond is { } characters
            ? FormattableString.Invariant($"{characters,14:N0} characters/s  ")
            : FormattableString.Invariant($"{timing.SamplesPerSecond,14:N0} samples/s  ");
        return FormattableString.Invariant($"{timing.Workload,-16}{rate}")
            + FormattableString.Invariant($"{timing.MillisecondsPerStep,9:F4} ms a step ")
            + FormattableString.Invariant($"({timing.MinimumMilliseconds:F4}–{timing.MaximumMilliseconds:F4})  ")
            + FormattableString.Invariant(
                $"loss {timing.FinalLoss:F4}{accuracy}  {timing.AllocatedBytesPerStep:F0} bytes a step");
    }
}
