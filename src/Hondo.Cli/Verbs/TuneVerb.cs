using System.CommandLine;
using Hondo.Cli.Output;
using Hondo.Cli.Tune;
using Hondo.Kernels;
using Hondo.Training;
using Hondo.Tuning;

namespace Hondo.Cli.Verbs;

/// <summary>
/// <c>hondo tune DATA</c>: many trainings, the best kept; repeats to the bit for any number of workers.
/// </summary>
static class TuneVerb
{
    static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(0.3);

    public static Command Command(Terminal terminal)
    {
        var options = new TuneOptions();
        Command command = options.AddTo(new("tune", "Search for good settings: many trainings, the best kept. Write "
            + "{a|b}, {0.1..0.5}, {log 1e-4..1e-1}, {int 16..256} where a text is open."));
        command.SetAction(parsed => Run(parsed, options, terminal));
        return command;
    }

    static int Run(ParseResult parsed, TuneOptions options, Terminal terminal)
    {
        using var interruption = new Interruption();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(interruption.Token);
        if (parsed.GetValue(options.TimeLimit) is { } time)
            limit.CancelAfter(TimeLimit.Parse(time).Limit);
        if (parsed.GetValue(options.Train.Threads) is { } threads)
            Workers.Count = threads;
        bool isWorker = parsed.GetValue(options.Worker), asJson = parsed.GetValue(options.Train.Json);
        if (isWorker)
            EndWithInput(terminal.In, limit);
        using TunePlan plan = TunePlan.Of(parsed, options, terminal, interruption.Token);
        if (isWorker)
            Work(plan.Study, terminal, limit.Token).GetAwaiter().GetResult();
        else
            Search(plan, parsed, options, terminal, limit.Token);
        if (limit.IsCancellationRequested && !isWorker)
            terminal.Error.WriteLine("The search ended early. Go on with: hondo tune --study "
                + $"{TunePlan.Shown(plan.Place)} --name {plan.Study.Name}");
        if (isWorker || interruption.ExitCode != 0)
            return interruption.ExitCode;
        TuneResult result = TuneResult.Finish(plan.Study, terminal, interruption.Token);
        if (asJson)
            JsonLine.Write(terminal.Out, result.WriteTo);
        else
            result.WriteTo(terminal.Out);
        return result.HasFailed ? 1 : 0;
    }

    static Task Work(Study study, Terminal terminal, CancellationToken cancellation) =>
        study.RunAsync(new TrialRunner(study, terminal).RunAsync, 1, cancellation);

    static void Search(TunePlan plan, ParseResult parsed, TuneOptions options, Terminal terminal,
        CancellationToken cancellation)
    {
        bool asJson = parsed.GetValue(options.Train.Json), isQuiet = parsed.GetValue(options.Train.Quiet);
        TextWriter writer = isQuiet ? TextWriter.Null : asJson || !terminal.ShowsOutput ? terminal.Error : terminal.Out;
        TuneNotes notes = TuneNotes.Of(plan.Study.Settings);
        IReadOnlyList<string> objectives = notes.Objectives;
        if (notes.Also is { } also)
            writer.WriteLine($"--{also} was left out and is searched too: "
                + plan.Study.Settings.Texts.First(text => text.Name == also).Text);
        var progress = new TuneProgress(plan.Study, terminal, writer, asJson ? trial => JsonLine.Write(terminal.Out,
            json =>
        {
            json.WriteString("event", "trial");
            TuneResult.Write(json, trial, objectives);
        }) : null);
        int workers = plan.WorkersOf(parsed.GetValue(options.Workers));
        bool isLive = !isQuiet && !asJson && terminal.ShowsOutput;
        if (workers == 1)
        {
            Task work = Work(plan.Study, terminal, cancellation);
            Watch(() => Task.WaitAny([work], BetweenLooks) < 0, progress, isLive);
            work.GetAwaiter().GetResult();
            return;
        }
        int threads = parsed.GetValue(options.Train.Threads) ?? Math.Max(1, Environment.ProcessorCount / workers);
        using var processes = new TuneWorkers(plan, workers, plan.Words(threads));
        Watch(() => !cancellation.WaitHandle.WaitOne(BetweenLooks) && processes.Watch(), progress, isLive);
    }

    static void Watch(Func<bool> isWorking, TuneProgress progress, bool isLive)
    {
        if (isLive)
        {
            progress.ShowLive(isWorking);
            return;
        }
        while (isWorking())
            progress.Look();
        progress.Look();
    }

    // A worker whose starter is gone, killed perhaps, ends as after Ctrl-C.
    static void EndWithInput(TextReader input, CancellationTokenSource source) => new Thread(() =>
    {
        while (input.Read() >= 0)
            continue;
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended already.
        }
    })
    { IsBackground = true }.Start();
}
