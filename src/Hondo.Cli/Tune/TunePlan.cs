using System.CommandLine;
using System.Globalization;
using Hondo.Cli.Output;
using Hondo.Data;
using Hondo.Training;
using Hondo.Tuning;

namespace Hondo.Cli.Tune;

/// <summary>The study that a command line means: a new one, the same again, or one to join.</summary>
sealed record TunePlan(IStudyStorage Storage, Study Study, string Place) : IDisposable
{
    const int UsualTrials = 40, UsualLag = 4, UsualConfirmations = 5;

    public static TunePlan Of(ParseResult parsed, TuneOptions options, Terminal terminal,
        CancellationToken cancellation)
    {
        string? data = parsed.GetValue(options.Train.Data);
        if (data is null)
            Applicability.Refuse(parsed, "is for a study that begins with DATA; one that goes on has its settings",
                options.OfNewStudies);
        string place = parsed.GetValue(options.Study) ?? (data is not null
            ? Path.Combine("studies", $"{NameOf(data)}.db")
            : throw new UsageException("hondo tune needs DATA, or --study to work at a study that there is."));
        if (data is null && !PostgresStorage.IsAddress(place) && !File.Exists(place))
            throw new UsageException($"hondo tune: there is no study file {place}. Give DATA to begin one.");
        IStudyStorage storage = StudyStorage.Open(place);
        try
        {
            // Before anything is made: a wrong name leaves nothing behind.
            if (parsed.GetValue(options.After) is { } earlier && storage.Find(earlier) is null)
                throw new UsageException($"hondo tune: there is no study {earlier} in {Shown(place)} to begin after.");
            Study study = data is null ? Join(storage, parsed.GetValue(options.Name), place)
                : Begin(storage, parsed, options, data, terminal, cancellation);
            return new(storage, Continued(storage, study, parsed.GetValue(options.After)), place);
        }
        catch
        {
            storage.Dispose();
            throw;
        }
    }

    // What a search begins with is kept with it: whoever goes on begins with the same.
    static Study Continued(IStudyStorage storage, Study study, string? after)
    {
        const string Note = "after";
        string? kept = storage.Notes(study.Name).GetValueOrDefault(Note);
        if (after is not null && kept is null)
        {
            Study earlier = Study.Open(storage, after);
            if (study.Trials.Count > 0)
                throw new UsageException($"hondo tune: the study {study.Name} has begun without --after {after}.");
            study.After(earlier);
            storage.NoteOnce(study.Name, Note, string.Create(CultureInfo.InvariantCulture,
                $"{earlier.Trials.Count} {after}"));
            kept = storage.Notes(study.Name)[Note];
        }
        if (kept?.Split(' ', 2) is not [var count, var name])
            return study;
        return after is null || after == name
            ? study.After(Study.Open(storage, name), int.Parse(count, CultureInfo.InvariantCulture))
            : throw new UsageException($"hondo tune: the study {study.Name} began after {name}, not after {after}.");
    }

    static string NameOf(string data) => Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(data));

    static Study Join(IStudyStorage storage, string? name, string place)
    {
        IReadOnlyList<StudySummary> all = storage.List();
        return name is not null ? Study.Open(storage, name) : all.Count switch
        {
            0 => throw new UsageException($"There is no study in {Shown(place)} yet. Give DATA to begin one."),
            1 => Study.Open(storage, all[0].Name),
            _ => throw new UsageException($"There are {all.Count} studies in {Shown(place)}: choose one with --name: "
                + string.Join(", ", all.Select(one => one.Name))),
        };
    }

    /// <summary>A place without its password.</summary>
    public static string Shown(string place) => PostgresStorage.IsAddress(place)
        && Uri.TryCreate(place, UriKind.Absolute, out Uri? uri) ? $"{uri.Scheme}://{uri.Host}{uri.AbsolutePath}"
            : place;

    static Study Begin(IStudyStorage storage, ParseResult parsed, TuneOptions options, string data, Terminal terminal,
        CancellationToken cancellation)
    {
        string name = parsed.GetValue(options.Name) ?? NameOf(data);
        string runs = Path.GetFullPath(parsed.GetValue(options.Runs) ?? (storage.Find(name) is { } found
            ? found.Notes.GetValueOrDefault("runs") ?? "" : FreeFolder(Path.Combine("runs", name))));
        StudySettings settings = SettingsOf(parsed, options, data, runs);
        if (!new SearchSpace(settings.Texts).HasPlaces)
            throw new UsageException("hondo tune has nothing to search: write {a|b}, {0.1..0.5}, {log 1e-4..1e-1}, "
                + "{int 16..256} or {int log 16..1024} into --model, --optimizer, --schedule, --batch or --augment.");
        // Read before anything is kept: what cannot be trained makes no study. The metrics follow from the data.
        using var trying = new SqliteStorage(":memory:");
        TrainJob job = new TrialRunner(Study.OpenOrCreate(trying, name, settings), terminal).Check(cancellation);
        if (!parsed.GetValue(options.Train.Quiet))
            DataLines.Tell(job.Source, terminal.Error);
        if (parsed.GetValue(options.Objective) is null)
            settings = With(settings, [Usual(job)]);
        CheckObjectives(job, settings);
        if (parsed.GetValue(options.Pruner) is null && settings.Pruner == "asha")
            settings = TuneDefaults.WithHalving(settings, job);
        if (TextOf(parsed, options.Train.Augment) is null)
            settings = TuneDefaults.WithAugmentation(settings, job);
        try
        {
            Study study = Study.OpenOrCreate(storage, name, settings);
            TuneDefaults.BeginWithUsual(study, terminal, cancellation);
            return study;
        }
        catch (InvalidOperationException error)
        {
            throw new UsageException($"{error.Message} To go on with it leave out DATA and the options, "
                + "and give --study.",
                error);
        }
    }

    // The trials of another study of this name, in another place, are not gone on with.
    static string FreeFolder(string path)
    {
        string free = path;
        for (int i = 2; Directory.Exists(free) && Directory.EnumerateDirectories(free, "trial-*").Any(); i++)
            free = string.Create(CultureInfo.InvariantCulture, $"{path}-{i}");
        return free;
    }

    // A metric that there is not is told before the first trial.
    static void CheckObjectives(TrainJob job, StudySettings settings)
    {
        string[] known = ["loss", TuneNotes.Parameters, .. job.Recipe.Trainer(job.Source.Parts).Metrics.Select(m =>
            m.Name)];
        foreach (string objective in TuneNotes.Of(settings).Objectives)
            if (!known.Contains(objective))
                throw new UsageException($"hondo tune: there is no '{objective}' to look for: there are "
                    + $"{string.Join(", ", known)}.");
    }

    static string Usual(TrainJob job) => Recipe.MonitorFor(job.Source.Parts) is { } monitor ? monitor["dev ".Length..]
        : job.Source.Parts.Train.Classes.Count > 0 ? "loss"
        : job.Recipe.Trainer(job.Source.Parts).Metrics is [var metric, ..] ? metric.Name : "loss";

    static StudySettings With(StudySettings settings, IReadOnlyList<string> objectives) => settings with
    {
        Notes = (TuneNotes.Of(settings) with { Objectives = objectives }).ToDictionary(),
        Directions = [.. objectives.Select(DirectionOf)],
    };

    static Direction DirectionOf(string objective) => objective.Contains("accuracy", StringComparison.Ordinal)
        || objective is "precision" or "recall" or "F1" or "AUC" or "R²" ? Direction.Maximize : Direction.Minimize;

    static StudySettings SettingsOf(ParseResult parsed, TuneOptions options, string data, string runs)
    {
        int lag = parsed.GetValue(options.Lag) ?? UsualLag;
        string[] objectives = parsed.GetValue(options.Objective)?.Split(',', StringSplitOptions.TrimEntries)
            ?? ["loss"];
        int? folds = parsed.GetValue(options.Folds);
        var notes = new TuneNotes(data, [.. Given(parsed, options.Given)], runs, objectives,
            parsed.GetValue(options.Diagnosis) != "off", folds);
        return With(new StudySettings
        {
            Seed = parsed.GetValue(options.Train.Seed) ?? 1,
            Trials = parsed.GetValue(options.Trials) ?? UsualTrials,
            Lag = lag == 0 ? null : lag,
            Sampler = parsed.GetValue(options.Sampler) ?? (objectives.Length > 1 ? "nsga2" : "tpe"),
            Pruner = parsed.GetValue(options.Pruner) ?? (objectives.Length > 1 || folds is not null ? "none" : "asha"),
            Confirmations = parsed.GetValue(options.Confirm) ?? UsualConfirmations,
            HasBaseline = true,
            Texts = [.. options.Texts.SelectMany(text => TextOf(parsed, text.Option) is { } value
                ? ((string, string)[])[(text.Name, value)] : [])],
            Notes = notes.ToDictionary(),
        }, objectives).Check();
    }

    static string? TextOf(ParseResult parsed, Option option) =>
        parsed.GetResult(option) is { Implicit: false, Tokens: [var token] } ? token.Value : null;

    static IEnumerable<string> Given(ParseResult parsed, IReadOnlyList<Option> options) => options
        .Where(option => parsed.GetResult(option) is { Implicit: false })
        .SelectMany(option => (string[])[option.Name, .. parsed.GetResult(option)!.Tokens.Select(token =>
            token.Value)]);

    public void Dispose() => Storage.Dispose();

    /// <summary>How many trainings run at a time.</summary>
    public int WorkersOf(int? asked) => asked ?? Math.Min(Environment.ProcessorCount, Study.Settings.Lag
        ?? int.MaxValue);

    /// <summary>The words of the study for a worker.</summary>
    public IReadOnlyList<string> Words(int threads) => ["tune", "--study", Place, "--name", Study.Name,
        "--workers", "1", "--worker", "--quiet", "--threads", threads.ToString(CultureInfo.InvariantCulture)];
}
