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
        using var interruption = new Interruption(terminal.Stop);
        bool asJson = parsed.GetValue(options.Json), isQuiet = parsed.GetValue(options.Quiet);
        using LiveBar? bar = asJson || isQuiet ? null
            : LiveBar.Start(terminal, Language.Say("Reading", "Leyendo") + " "
                + (parsed.GetValue(options.Data) ?? parsed.GetValue(options.Resume)));
        try
        {
            return Train(parsed, options, terminal, interruption, bar);
        }
        catch (OperationCanceledException) when (interruption.ExitCode != 0)
        {
            bar?.Dispose();
            terminal.Error.WriteLine("Interrupted before the training began: there is nothing to go on with.");
            return interruption.ExitCode;
        }
    }

    static int Train(ParseResult parsed, TrainOptions options, Terminal terminal, Interruption interruption,
        LiveBar? bar)
    {
        Resumption? resume = parsed.GetValue(options.Resume) is null ? null : Resumption.Of(parsed, options);
        string command = resume?.Command ?? $"hondo {string.Join(' ', parsed.Tokens.Select(t => Quoted(t.Value)))}";
        parsed = resume?.Options ?? parsed;
        bool asJson = parsed.GetValue(options.Json), isQuiet = parsed.GetValue(options.Quiet);
        Terminal above = bar is null ? terminal : terminal with { Error = bar.Above, ShowsError = false };
        // Reading looks at no token: who presses Ctrl-C does not wait for its end.
        TrainJob job = interruption.Run(() =>
            TrainJob.Of(parsed, options, above, interruption.Token, resume is not null));
        if (TrainTry.Asked(parsed, options) is { } ask)
        {
            bar?.Dispose();
            if (!isQuiet)
                DataLines.Tell(job.Source, terminal.Error);
            return ask(job, asJson, terminal, interruption.Token);
        }
        string dataHash = interruption.Run(() => DataHash.Of(job.Source.Parts));
        resume?.Check(job.Data, dataHash);
        var record = new RunRecord(Path.GetFileName(job.RunPath), command)
        {
            DataPath = Path.Exists(job.Data) ? Path.GetFullPath(job.Data) : null,
            DataHash = dataHash,
        };
        using var folder = new RunFolder(job.RunPath, record, TrainConfig.Write(job), TrainResult.Card(job),
            Recipe.MonitorFor(job.Source.Parts), resume?.Checkpoint)
        {
            Checkpoints = Every.Parse(parsed.GetValue(options.CheckpointEvery) ?? "5 minutes"),
        };
        var session = new TrainSession(job, folder, terminal, interruption, bar)
        {
            AsJson = asJson,
            IsQuiet = isQuiet,
            TimeLimit = parsed.GetValue(options.TimeLimit),
            Profiler = parsed.GetValue(options.Profile) ? new() : null,
        };
        return session.Run(parsed.GetValue(options.Dashboard), resume?.Checkpoint);
    }

    internal static string Quoted(string word) => word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./,:|@+".Contains(c))
        ? word
        : $"\"{word}\"";
}
