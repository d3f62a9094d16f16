using System.Globalization;
using Hondo.Tuning;
using Spectre.Console;

namespace Hondo.Cli.Tune;

/// <summary>
/// What there is to see of a search while it runs: a table in place on a terminal, else a line a trial.
/// </summary>
sealed class TuneProgress(Study study, Terminal terminal, TextWriter writer, Action<TrialRecord>? onFinished)
{
    const int Rows = 8;

    readonly HashSet<int> _told = [];
    readonly long _start = Environment.TickCount64;
    int _atStart = -1;

    /// <summary>Looks once: tells what is new.</summary>
    public void Look()
    {
        IReadOnlyList<TrialRecord> trials = study.Trials;
        if (_atStart < 0)
            _atStart = trials.Count(trial => trial.IsFinished);
        TrialRecord? best = study.BestOf(trials);
        foreach (TrialRecord trial in trials.Where(trial => trial.IsFinished && _told.Add(trial.Number)))
        {
            onFinished?.Invoke(trial);
            writer.WriteLine(Line(trial, best));
        }
    }

    /// <summary>Shows a table in place until all is done.</summary>
    public void ShowLive(Func<bool> isWorking) =>
        AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(terminal.Out) })
        .Live(new Table()).Start(context =>
        {
            bool goesOn;
            do
            {
                goesOn = isWorking();
                context.UpdateTarget(TableOf(study.Trials));
            }
            while (goesOn);
        });

    Table TableOf(IReadOnlyList<TrialRecord> trials)
    {
        if (_atStart < 0)
            _atStart = trials.Count(trial => trial.IsFinished);
        var table = new Table { Title = new($"{Markup.Escape(study.Name)}  {Markup.Escape(Summary(trials))}") };
        foreach (string head in (ReadOnlySpan<string>)["trial", "value", "state", "time", "values"])
            table.AddColumn(head);
        foreach (TrialRecord trial in study.Ranked(trials).Take(Rows)
            .Concat(trials.Where(trial => trial.State == TrialState.Running)))
            table.AddRow(((string[])[Text(trial.Number), Value(trial), StateOf(trial), Time(trial.Seconds),
                Values(trial)])
                .Select(cell => Markup.Escape(Output.PlainText.Of(cell))).ToArray());
        return table;
    }

    string Summary(IReadOnlyList<TrialRecord> trials)
    {
        TrialRecord[] search = [.. trials.Where(trial => trial.Purpose.Length == 0)];
        int all = Math.Max(study.Settings.Trials, search.Length), done = search.Count(trial => trial.IsFinished);
        int fresh = done - _atStart, more = trials.Count - search.Length;
        string left = fresh > 0 && done < all
            ? $", {Time((Environment.TickCount64 - _start) / 1000.0 / fresh * (all - done))} left"
            : more > 0 ? $", {trials.Count(trial => trial.IsFinished) - done}/{more} with fresh seeds" : "";
        return $"{done}/{all} done, {trials.Count(trial => trial.State == TrialState.Pruned)} pruned, "
            + $"{trials.Count(trial => trial.State == TrialState.Failed)} failed{left}";
    }

    static string Line(TrialRecord trial, TrialRecord? best) => Output.PlainText.Of(
        $"trial {trial.Number,3}  {StateOf(trial),-8}  {Value(trial),-8}  {Time(trial.Seconds),6}  {Values(trial)}"
        + (best is null ? "" : $"  best {Value(best)} (trial {best.Number})"));

    static string StateOf(TrialRecord trial) => trial.Purpose.Length > 0 ? trial.Purpose
        : trial.State.ToString().ToLowerInvariant();

    static string Value(TrialRecord trial) => trial.Values.Count > 0
        ? string.Join(" / ", trial.Values.Select(value => value.ToString("0.####", CultureInfo.InvariantCulture)))
        : trial.Points.Count > 0 ? trial.Points[^1].Value.ToString("0.####", CultureInfo.InvariantCulture) : "";

    static string Values(TrialRecord trial) => string.Join("  ", trial.Parameters.Select(one =>
        $"{one.Name} {one.Text}"));

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    static string Time(double seconds) => seconds < 120
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0} min");
}
