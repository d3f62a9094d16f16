using System.CommandLine;
using Hondo.Cli.Output;
using Hondo.Data;
using Hondo.Training;

namespace Hondo.Cli.Verbs;

/// <summary><c>hondo train DATA</c>: trains, shows progress, writes a run folder, says where the model is.</summary>
static class TrainVerb
{
    public static Command Command(Terminal terminal)
    {
        var options = new TrainOptions();
        Command command = options.AddTo(new("train",
            "Train a network: show progress, write a run folder, print where the model is."));
        command.SetAction(parsed => Run(parsed, options, terminal));
        return command;
    }

    static int Run(ParseResult parsed, TrainOptions options, Terminal terminal)
    {
        using var interruption = new Interruption();
        try
        {
            return Train(parsed, options, terminal, interruption);
        }
        catch (OperationCanceledException) when (interruption.ExitCode != 0)
        {
            terminal.Error.WriteLine("Interrupted before the training began: there is nothing to go on with.");
            return interruption.ExitCode;
        }
    }

    static int Train(ParseResult parsed, TrainOptions options, Terminal terminal, Interruption interruption)
    {
        Resumption? resume = parsed.GetValue(options.Resume) is null ? null : Resumption.Of(parsed, options);
        string command = resume?.Command ?? $"hondo {string.Join(' ', parsed.Tokens.Select(t => Quoted(t.Value)))}";
        parsed = resume?.Options ?? parsed;
        TrainJob job = TrainJob.Of(parsed, options, terminal, interruption.Token);
        bool asJson = parsed.GetValue(options.Json), isQuiet = parsed.GetValue(options.Quiet);
        if (TrainTry.Asked(parsed, options) is { } ask)
            return ask(job, asJson, terminal, interruption.Token);
        using var folder = new RunFolder(job.RunPath, new(Path.GetFileName(job.RunPath), command),
            TrainConfig.Write(job), TrainResult.Card(job), Recipe.MonitorFor(job.Source.Parts), resume?.Checkpoint)
        {
            Checkpoints = Every.Parse(parsed.GetValue(options.CheckpointEvery) ?? "5 minutes"),
        };
        var steering = new Steering(folder);
        using LiveView? view = parsed.GetValue(options.Dashboard) ? LiveView.Of(folder, steering, terminal) : null;
        var report = new RunReport(job.RunPath, new PngPictures(), terminal.Error.WriteLine);
        Trainer trainer = job.Recipe.Trainer(job.Source.Parts, [.. Limits(job, parsed.GetValue(options.TimeLimit)),
            .. Reports(job, asJson, isQuiet, terminal), new Diagnosis(job.HumanError), folder, steering, report,
            new TensorBoardLog(job.RunPath, new PngPictures())]);
        TellNotes(isQuiet ? [] : job.Source.Notes, terminal);
        try
        {
            History history = trainer.Fit(job.Source.Parts, resume?.Checkpoint, interruption.Token);
            Tell(TrainResult.Of(trainer, history, folder, job), asJson, terminal);
            return 0;
        }
        catch (OperationCanceledException) when (interruption.ExitCode != 0)
        {
            terminal.Error.WriteLine($"Interrupted. What was learned so far is in {job.RunPath}. "
                + $"Go on with: hondo train --resume {Quoted(job.RunPath)}");
            return interruption.ExitCode;
        }
        catch (Exception error)
        {
            Fail(error, folder, report);
            throw;
        }
    }

    static void TellNotes(IEnumerable<string> notes, Terminal terminal)
    {
        foreach (string note in notes)
            terminal.Error.WriteLine($"note: {note}");
    }

    // What changes weights comes before those that keep them.
    static IEnumerable<Callback> Limits(TrainJob job, string? time)
    {
        if (job.Average.Length > 0)
            yield return new WeightAverage(AverageCatalog.All.Parse(job.Average));
        if (job.Patience is { } epochs)
            yield return new Patience(Recipe.MonitorFor(job.Source.Parts), epochs);
        if (time is not null)
            yield return TimeLimit.Parse(time);
    }

    static void Fail(Exception error, RunFolder folder, RunReport report)
    {
        folder.Fail(error.Message);
        // A disk that refused the run would refuse its report too: one error is enough.
        if (error is not IOException)
            report.Write();
    }

    static void Tell(TrainResult result, bool asJson, Terminal terminal)
    {
        if (asJson)
            JsonLine.Write(terminal.Out, result.WriteTo);
        else
            result.WriteTo(terminal.Out);
    }

    static IEnumerable<Callback> Reports(TrainJob job, bool asJson, bool isQuiet, Terminal terminal)
    {
        if (asJson)
            yield return new JsonEvents(terminal.Out, job);
        TextWriter progress = asJson || !terminal.ShowsOutput ? terminal.Error : terminal.Out;
        if (!isQuiet)
            yield return new ProgressLines(progress);
        if (SampleLines.For(job, asJson, isQuiet ? null : progress, terminal) is { } samples)
            yield return samples;
    }

    static string Quoted(string word) => word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./,:|@+".Contains(c))
        ? word
        : $"\"{word}\"";
}
