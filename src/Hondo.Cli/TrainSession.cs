using Hondo.Cli.Output;
using Hondo.Cli.Verbs;
using Hondo.Data;
using Hondo.Serialization;
using Hondo.Training;

namespace Hondo.Cli;

/// <summary>A training as the command line does it, with bar, folder, report and dashboard, to its last word.</summary>
sealed class TrainSession(TrainJob job, RunFolder folder, Terminal terminal, Interruption interruption, LiveBar? bar)
{
    readonly RunReport _report = new(job.RunPath, new PngPictures(), (bar?.Above ?? terminal.Error).WriteLine)
    {
        Origin = job.From is null ? "" : $"Transferred from {job.From}.",
        Language = Language.IsSpanish(null) ? FigureLanguage.Spanish : FigureLanguage.English,
    };

    /// <summary>True when standard output is JSON lines only.</summary>
    public bool AsJson { get; init; }

    /// <summary>True for no progress.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>How long it may take; null for as long as it likes.</summary>
    public string? TimeLimit { get; init; }

    /// <summary>Takes the times of the steps, or null.</summary>
    public Profiler? Profiler { get; init; }

    /// <summary>Trains, and tells how it went; the exit code.</summary>
    /// <param name="hasDashboard">True to show it in the browser, until Ctrl-C.</param>
    /// <param name="resume">Where it goes on, or null.</param>
    public int Run(bool hasDashboard, RunCheckpoint? resume)
    {
        var steering = new Steering(folder);
        using LiveView? view = hasDashboard
            ? LiveView.Of(folder, steering, bar?.Above ?? terminal.Error) : null;
        Trainer trainer = job.Trainer(job.Source.Parts, [.. Limits(), .. Reports(),
            new Diagnosis(job.HumanError), folder, steering, _report,
            new TensorBoardLog(job.RunPath, new PngPictures())]);
        TellNotes(bar?.Above ?? terminal.Error);
        try
        {
            History history = trainer.Fit(job.Source.Parts, resume, interruption.Token);
            Tell(TrainResult.Of(trainer, history, folder, job), view);
            return 0;
        }
        catch (OperationCanceledException) when (interruption.ExitCode != 0)
        {
            bar?.Dispose();
            terminal.Error.WriteLine($"Interrupted. What was learned so far is in {job.RunPath}. "
                + $"Go on with: hondo train --resume {TrainVerb.Quoted(job.RunPath)}");
            return interruption.ExitCode;
        }
        catch (Exception error)
        {
            bar?.Dispose();
            Fail(error);
            throw;
        }
    }

    void TellNotes(TextWriter above)
    {
        if (IsQuiet)
            return;
        if (job.From is not null)
            above.WriteLine($"transferred from {job.From}");
        DataLines.Tell(job.Source, above);
    }

    // What changes weights comes before those that keep them.
    IEnumerable<Callback> Limits()
    {
        if (job.Average.Length > 0)
            yield return new WeightAverage(AverageCatalog.All.Parse(job.Average));
        foreach (GivenOption given in job.Acting)
            if (given.Make(Recipe.MonitorFor(job.Source.Parts)) is { } acting)
                yield return acting;
        if (TimeLimit is not null)
            yield return Training.TimeLimit.Parse(TimeLimit);
        if (Profiler is not null)
            yield return Profiler;
    }

    IEnumerable<Callback> Reports()
    {
        if (AsJson)
            yield return new JsonEvents(terminal.Out, job);
        TextWriter progress = bar?.Above ?? (AsJson || !terminal.ShowsOutput ? terminal.Error : terminal.Out);
        if (bar is not null)
            yield return bar;
        if (!IsQuiet)
            yield return bar is null ? new ProgressLines(progress)
                : new ProgressLines(progress, terminal.Width, terminal.HasColour, folder);
        if (SampleLines.For(job, AsJson, IsQuiet ? null : progress, terminal) is { } samples)
            yield return samples;
    }

    void TellProfile()
    {
        if (Profiler is null)
            return;
        string artifacts = Path.Combine(job.RunPath, "artifacts"), trace = Path.Combine(artifacts, "trace.json");
        Directory.CreateDirectory(artifacts);
        DurableFile.Write(trace, Profiler.WriteTrace);
        DurableFile.WriteText(Path.Combine(artifacts, "profile.csv"), ProfileText.Csv(Profiler));
        TextWriter writer = AsJson ? terminal.Error : terminal.Out;
        writer.WriteLine($"\n{Profiler}");
        writer.WriteLine($"The last steps as a trace, for ui.perfetto.dev: {trace}");
    }

    void Fail(Exception error)
    {
        folder.Fail(error.Message);
        // A disk that refused the run would refuse its report too: one error is enough.
        if (error is not IOException)
            _report.Write(error.Message);
    }

    void Tell(TrainResult result, LiveView? view)
    {
        bar?.Dispose();
        if (AsJson)
            JsonLine.Write(terminal.Out, result.WriteTo);
        else
            result.WriteTo(terminal.Out, terminal.Width());
        TellProfile();
        view?.ServeOn(result.Headline, terminal.Error, interruption.Token);
    }
}
