using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Hondo.Data;
using Hondo.Models;
using Hondo.Training;
using Hondo.Tuning;

namespace Hondo.Cli.Tune;

/// <summary>
/// Trains the trials of a study, each in a run folder of its own, and goes on with those it finds there.
/// </summary>
sealed partial class TrialRunner(Study study, Terminal terminal)
{
    const ulong FreshSeeds = 1000;

    readonly TrainOptions _options = new();
    readonly Command _command = new("train");
    readonly TuneNotes _notes = TuneNotes.Of(study.Settings);

    /// <summary>Where a trial's run folder is.</summary>
    public string PathOf(int number) =>
        Path.Combine(_notes.Runs, string.Create(CultureInfo.InvariantCulture, $"trial-{number:0000}"));

    /// <summary>The command that trains a trial's settings again.</summary>
    public string CommandOf(TrialRecord trial) => "hondo train " + string.Join(' ', Words(Filled(trial))
        .Select(Quoted));

    /// <summary>The texts of a trial.</summary>
    public IReadOnlyDictionary<string, string> Filled(TrialRecord trial) =>
        study.Space!.Fill((name, range) => trial[name] ?? range.FromUnit(0.5));

    /// <summary>Makes sure that the texts can be trained: an error in them is found before the first trial.</summary>
    /// <returns>The job with every place at its middle.</returns>
    public TrainJob Check(CancellationToken cancellation)
    {
        TrainJob job = JobOf(study.Space!.Fill((_, range) => range.FromUnit(0.5)), "", cancellation);
        job.Recipe.Trainer(PartsOf(job)[0]);
        return job;
    }

    /// <summary>Trains a trial, or goes on with it.</summary>
    public Task<IReadOnlyList<double>> RunAsync(Trial trial, CancellationToken cancellation)
    {
        IReadOnlyDictionary<string, string> texts = trial.IsBaseline ? Usual() : study.Space!.Fill(trial.Suggest);
        string path = PathOf(trial.Number);
        TrainJob job = JobOf(texts, path, cancellation);
        // The split stays as it is: only the training differs.
        if (trial.HasFreshSeed)
            job = job with { Recipe = job.Recipe with { Seed = FreshSeeds + (ulong)trial.Number } };
        trial.Note("run", path);
        DataSplits[] parts = PartsOf(job);
        List<double[]> values = [];
        for (int i = 0; i < parts.Length; i++)
        {
            string folder = parts.Length == 1 ? path : Path.Combine(path, $"fold-{i + 1}");
            values.Add(Train(trial, job with { RunPath = folder }, parts[i], parts.Length > 1, texts, cancellation));
            if (parts.Length > 1 && !trial.Report(i + 1, values.Average(one => one[0])) && i + 1 < parts.Length)
                trial.ThrowIfPruned();
        }
        return Task.FromResult<IReadOnlyList<double>>([.. Enumerable.Range(0, values[0].Length)
            .Select(objective => values.Average(one => one[objective]))]);
    }

    // What a training without a search would be: the texts without open places, the named model as it is by itself, and
    // for the rest what fits.
    Dictionary<string, string> Usual() => study.Settings.Texts
        .Select(text => (text.Name, Text: !SearchText.Parse("", text.Text).HasPlaces ? text.Text
            : text.Name == "model" ? NamedModel().Match(text.Text).Value : ""))
        .Where(text => text.Text.Length > 0).ToDictionary(text => text.Name, text => text.Text);

    /// <summary>The usual settings as a point of the space, as far as they lie in it.</summary>
    public IReadOnlyDictionary<string, double> UsualValues(CancellationToken cancellation)
    {
        Recipe usual = JobOf(Usual(), "", cancellation).Recipe;
        return study.Space!.ValuesIn(new Dictionary<string, string>
        {
            ["model"] = ModelCatalog.All.Signatures.FirstOrDefault(one => one.Name == usual.Model)?.Text ?? usual.Model,
            ["optimizer"] = usual.Optimizer,
            ["schedule"] = usual.Schedule,
            ["batch"] = usual.Batch.ToString(CultureInfo.InvariantCulture),
            ["augment"] = usual.Augment,
        });
    }

    [GeneratedRegex(@"^[a-z][a-z0-9-]*(?=\()")]
    private static partial Regex NamedModel();

    double[] Train(Trial trial, TrainJob job, DataSplits parts, bool isFold, IReadOnlyDictionary<string, string> texts,
        CancellationToken cancellation)
    {
        var watch = new TrialWatch(trial, _notes.Objectives[0], _notes.GivesUp);
        RunCheckpoint? resume = Resume(job.RunPath);
        using RunFolder folder = FolderOf(job, "hondo train " + string.Join(' ', Words(texts).Select(Quoted)), resume);
        Trainer trainer = job.Recipe.Trainer(parts,
            [.. isFold ? [] : (Callback[])[watch], .. CallbacksOf(job, folder)]);
        try
        {
            History history = trainer.Fit(parts, resume, cancellation);
            if (watch.Reason is { } reason)
                throw new TrialPrunedException(reason);
            EpochRecord best = history[folder.BestEpoch - 1];
            return [.. _notes.Objectives.Select(objective => objective == TuneNotes.Parameters
                ? trainer.Model.Parameters.Sum(parameter => (double)parameter.Shape.Size)
                : (best.Dev ?? best.Train)[objective])];
        }
        catch (NonFiniteException error)
        {
            folder.Fail(error.Message);
            trial.Note("finding", "not-finite");
            if (!_notes.GivesUp)
                throw;
            throw new TrialPrunedException(error.Message, error);
        }
    }

    // The folder comes last: it closes its files at the end. In the same order for whoever goes on.
    Callback[] CallbacksOf(TrainJob job, RunFolder folder) =>
        [.. job.Acting.Select(given => given.Make(Monitor)).OfType<Callback>(), new Diagnosis(), folder];

    string Monitor => $"dev {_notes.Objectives[0]}";

    RunFolder FolderOf(TrainJob job, string command, RunCheckpoint? resume) => new(job.RunPath,
        new(Path.GetFileName(job.RunPath), command), TrainConfig.Write(job), TrainResult.Card(job), Monitor, resume);

    // Killed before its first checkpoint it has nothing worth keeping.
    static RunCheckpoint? Resume(string path)
    {
        if (!Directory.Exists(path))
            return null;
        RunPlace.CheckFree(path);
        try
        {
            return RunCheckpoint.Newest(RunFolder.CheckpointsOf(path));
        }
        catch (DataFormatException)
        {
            Directory.Delete(path, recursive: true);
            return null;
        }
    }

    /// <summary>The one look at the test part, by the model of a trial; null when there is none to look at.</summary>
    public Scores? Test(TrialRecord trial, CancellationToken cancellation)
    {
        TrainJob job = JobOf(Filled(trial), PathOf(trial.Number), cancellation);
        if (job.Source.Parts.Test is not { } test || _notes.Folds is not null || Resume(job.RunPath) is not { } resume)
            return null;
        using RunFolder folder = FolderOf(job, CommandOf(trial), resume);
        Trainer trainer = job.Recipe.Trainer(job.Source.Parts, CallbacksOf(job, folder));
        trainer.Fit(job.Source.Parts, resume, cancellation);
        Scores scores = trainer.Evaluate(test, cancellation);
        folder.Finish(scores.ToDictionary(score => $"test {score.Name}", score => score.Value));
        return scores;
    }

    DataSplits[] PartsOf(TrainJob job) => _notes.Folds is { } folds
        ? [.. Split.Folds(job.Source.Parts.Train, folds, study.Settings.Seed)]
        : job.Source.Parts.Dev is not null ? [job.Source.Parts]
        : throw new UsageException($"hondo tune chooses by a dev part, and {_notes.Data} has none: give "
            + "--split 60/20/20, or --folds 5.");

    TrainJob JobOf(IReadOnlyDictionary<string, string> texts, string path, CancellationToken cancellation)
    {
        if (_command.Options.Count == 0)
            _options.AddTo(_command);
        ParseResult parsed = _command.Parse([.. Words(texts), "--run", path.Length > 0 ? path : "none", "--quiet"]);
        if (parsed.Errors.Count > 0)
            throw new UsageException($"hondo tune: {parsed.Errors[0].Message}");
        return TrainJob.Of(parsed, _options, terminal, cancellation);
    }

    IEnumerable<string> Words(IReadOnlyDictionary<string, string> texts) => [_notes.Data,
        .. texts.SelectMany(text => (string[])[$"--{text.Key}", text.Value]), .. _notes.Arguments,
        "--seed", study.Settings.Seed.ToString(CultureInfo.InvariantCulture)];

    static string Quoted(string word) => word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c)
        || "-_./,:@+".Contains(c, StringComparison.Ordinal)) ? word : $"\"{word}\"";
}
