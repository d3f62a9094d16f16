namespace Hondo.Tuning;

/// <summary>A search: settings, trials, and workers that go through them.</summary>
/// <example><code>
/// using var storage = new SqliteStorage("study.db");
/// var study = Study.OpenOrCreate(storage, "rate", new() { Trials = 40 });
/// await study.RunAsync((trial, cancellation) => Task.FromResult(Loss(trial.LogFloat("rate", 1e-4, 1e-1))));
/// Console.WriteLine(study.Best);
/// </code></example>
public sealed class Study
{
    Study(IStudyStorage storage, string name, StudySettings settings) =>
        (Storage, Name, Settings, Space) = (storage, name, settings, settings.Texts.Count > 0 ? new(settings.Texts)
            : null);

    /// <summary>Where it is kept.</summary>
    public IStudyStorage Storage { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What it is.</summary>
    public StudySettings Settings { get; }

    /// <summary>The texts that are searched; null when a program asks for values.</summary>
    public SearchSpace? Space { get; }

    /// <summary>Trials of other studies to begin with: they are known from the first proposal on.</summary>
    public IReadOnlyList<TrialRecord> Earlier { get; private init; } = [];

    /// <summary>The same study, that begins with what the trials of another one showed.</summary>
    /// <param name="earlier">The other one.</param>
    /// <param name="count">Of its trials the first so many; null for those that there are.</param>
    /// <exception cref="InvalidOperationException">Somebody works at these trials: what this one begins with would
    /// depend on when it is asked.</exception>
    public Study After(Study earlier, int? count = null)
    {
        TrialRecord[] known = [.. earlier.Trials.Take(count ?? int.MaxValue)];
        return Array.TrueForAll(known, trial => trial.IsFinished)
            ? new(Storage, Name, Settings)
            {
                Earlier = [.. Earlier, .. known.Where(trial => trial.Purpose.Length == 0)],
            }
            : throw new InvalidOperationException($"The study '{earlier.Name}' has trials that are not finished: what "
                + $"'{Name}' begins with would depend on when it is asked. Let it end first.");
    }

    /// <summary>All trials, in the order of their numbers.</summary>
    public IReadOnlyList<TrialRecord> Trials => Storage.Trials(Name);

    /// <summary>The best complete trial of the search; null when there is none.</summary>
    public TrialRecord? Best => BestOf(Trials);

    /// <summary>Of these trials the best complete one of the search; null when there is none.</summary>
    public TrialRecord? BestOf(IReadOnlyList<TrialRecord> trials) => Ranked(trials) is [var best, ..] ? best : null;

    /// <summary>The complete trials of the search, the best first.</summary>
    public IReadOnlyList<TrialRecord> Ranked() => Ranked(Trials);

    /// <summary>
    /// Of these trials the complete ones of the search, the best first. Those that were trained again come before the
    /// others, by what they gave with fresh seeds: the best value of many is flattered by its own.
    /// </summary>
    public IReadOnlyList<TrialRecord> Ranked(IReadOnlyList<TrialRecord> trials)
    {
        SamplerView view = ViewOf(Whole, trials);
        TrialRecord[] ranked = [.. view.Ranked().Where(trial => trial.State == TrialState.Complete)];
        return Settings.Directions.Count > 1 ? ranked : [.. ranked.OrderBy(trial =>
            StudyAdvice.Confirmed(trials, trial.Number) is { Length: > 0 } fresh ? view.Loss(fresh.Average())
                : double.PositiveInfinity)];
    }

    /// <summary>The complete trials that no other one beats in every objective.</summary>
    public IReadOnlyList<TrialRecord> Front(IReadOnlyList<TrialRecord> trials) =>
        ParetoFront.Of(ViewOf(Whole, trials).Seen, ViewOf(Whole, trials));

    // Who looks from here sees every trial.
    const int Whole = int.MaxValue;

    /// <summary>Opens a study, or makes it when there is none of this name.</summary>
    /// <exception cref="InvalidOperationException">There is one with other settings.</exception>
    public static Study OpenOrCreate(IStudyStorage storage, string name, StudySettings settings)
    {
        if (storage.Create(name, settings))
            return new(storage, name, settings);
        StudySettings found = storage.Find(name)!;
        return found.ToJson() == settings.ToJson() ? new(storage, name, found)
            : throw new InvalidOperationException($"There is a study '{name}' already, with other settings: "
                + "what a trial is to be would not be the same. Choose another name, or open it as it is.");
    }

    /// <summary>Opens a study.</summary>
    /// <exception cref="InvalidOperationException">There is none of this name.</exception>
    public static Study Open(IStudyStorage storage, string name) => storage.Find(name) is { } settings
        ? new(storage, name, settings)
        : throw new InvalidOperationException($"There is no study '{name}' here.");

    /// <summary>Works until every trial is finished, or until it is cancelled.</summary>
    /// <param name="objective">What is tried: gives the value of a trial.</param>
    /// <param name="workers">How many trials run at a time in this process.</param>
    /// <param name="cancellation">Ends the workers; their trials go on when somebody works at the study again.</param>
    public Task RunAsync(Func<Trial, CancellationToken, Task<double>> objective, int workers = 1,
        CancellationToken cancellation = default) => RunAsync(async (trial, token) =>
            (IReadOnlyList<double>)[await objective(trial, token).ConfigureAwait(false)], workers, cancellation);

    /// <summary>The same for several objectives.</summary>
    /// <inheritdoc cref="RunAsync(Func{Trial, CancellationToken, Task{double}}, int, CancellationToken)"/>
    public Task RunAsync(Func<Trial, CancellationToken, Task<IReadOnlyList<double>>> objective, int workers = 1,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        return !StudyWorker.IsInTrial
            ? Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(() =>
                new StudyWorker(this, StudyWorkers.NameOf(Environment.ProcessId, worker))
                    .RunAsync(objective, cancellation), CancellationToken.None)))
            : throw new InvalidOperationException($"The search '{Name}' is begun within a trial of a search: the outer "
                + "one would wait for trials that it does not count. Ask the trial for the inner values too.");
    }

    /// <summary>
    /// Adds a trial with some values set by hand. In a search that repeats it comes before the first trial, or after
    /// the last: then it is none of the search's, and nothing that follows from the seed sees it.
    /// </summary>
    /// <exception cref="InvalidOperationException">The search is in the middle: its result would not follow from its
    /// seed any more.</exception>
    public void Enqueue(IReadOnlyDictionary<string, double> values)
    {
        IReadOnlyList<TrialRecord> trials = Trials;
        bool isOver = trials.Count >= Settings.Trials && trials.All(trial => trial.IsFinished);
        if (Settings.Lag is not null && trials.Count > 0 && !isOver)
            throw new InvalidOperationException($"The study '{Name}' has begun and repeats to the bit: trials by hand "
                + "come before its first one or after its last, or in the free mode (lag 0).");
        Storage.Enqueue(Name, null, [(isOver ? ByHand : "", values)]);
    }

    /// <summary>What a trial is for that was asked for after the search.</summary>
    public const string ByHand = "by hand";

    internal const string PausedNote = "paused", StoppedByHand = "stopped by hand";

    /// <summary>True when nobody begins another trial: <see cref="Pause"/>.</summary>
    public bool IsPaused => Storage.Notes(Name).ContainsKey(PausedNote);

    /// <summary>
    /// Lets the workers end after the trials that they have: until <see cref="Resume"/> nobody begins another one.
    /// </summary>
    public void Pause() => Storage.NoteOnce(Name, PausedNote, "");

    /// <summary>Lets workers begin trials again.</summary>
    public void Resume() => Storage.Forget(Name, PausedNote);

    /// <summary>Gives a running trial up at its next report, as a pruner would.</summary>
    /// <exception cref="InvalidOperationException">It does not run, or the search's result would not follow from its
    /// seed any more.</exception>
    public void Stop(int trial)
    {
        if (Settings.Lag is not null)
            throw new InvalidOperationException($"The study '{Name}' repeats to the bit: what is given up follows from "
                + "its seed. In the free mode (lag 0) trials can be stopped by hand; the whole search can be stopped "
                + "and started in any.");
        if (!Storage.AskToStop(Name, trial))
            throw new InvalidOperationException($"Trial {trial} of the study '{Name}' does not run.");
    }

    /// <summary>What a trial sees of the others.</summary>
    internal SamplerView ViewOf(int number, IReadOnlyList<TrialRecord> trials, IReadOnlyList<int>? seen = null)
    {
        int last = number - (Settings.Lag ?? 0);
        HashSet<int>? only = seen is null ? null : [.. seen];
        return new(Settings.Seed, number, [.. trials.Where(trial => trial.Purpose.Length == 0 && trial.IsFinished
            && (only?.Contains(trial.Number) ?? trial.Number <= last))], Settings.Directions)
        {
            Space = Space,
            Trials = Settings.Trials,
            Earlier = Earlier,
        };
    }
}
