namespace Hondo.Tuning;

/// <summary>What a worker gets when it asks for a trial.</summary>
public enum ClaimKind
{
    /// <summary>A trial that nobody has begun.</summary>
    New,

    /// <summary>A trial whose worker has not been heard of: go on with it.</summary>
    Again,

    /// <summary>None yet: others have to finish first.</summary>
    Wait,

    /// <summary>None: all are finished.</summary>
    Done,

    /// <summary>None: somebody has stopped the search for now.</summary>
    Paused,
}

/// <summary>A trial that a worker has, until another one gets it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Trial">The trial; null when there is none.</param>
public sealed record Claim(ClaimKind Kind, TrialRecord? Trial = null);

/// <summary>What is written at the end of a trial.</summary>
/// <param name="State">How it ended.</param>
/// <param name="Parameters">What it got.</param>
/// <param name="Values">The values of the objectives, when it is complete.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record TrialEnd(TrialState State, IReadOnlyList<SuggestedValue> Parameters,
    IReadOnlyList<double> Values, double Seconds);

/// <summary>A study in a list.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Created">When it was made, seconds since 1970.</param>
/// <param name="Settings">What it is.</param>
/// <param name="Finished">How many trials are finished.</param>
public sealed record StudySummary(string Name, double Created, StudySettings Settings, int Finished);

/// <summary>
/// Where studies are kept. Every write of a trial names the fence that its worker got with it: once the trial was given
/// to another worker, the late write of the first changes nothing and says so with false.
/// </summary>
public interface IStudyStorage : IDisposable
{
    /// <summary>The studies, the oldest first.</summary>
    IReadOnlyList<StudySummary> List();

    /// <summary>The settings of a study; null when there is none.</summary>
    StudySettings? Find(string study);

    /// <summary>Makes a study; false when there is one of this name.</summary>
    bool Create(string study, StudySettings settings);

    /// <summary>Deletes a study and its trials; false when there is none.</summary>
    bool Delete(string study);

    /// <summary>Gives a worker a trial, in one step that no other worker can come between.</summary>
    Claim Claim(string study, string worker);

    /// <summary>The worker is alive: another lease; false when it has lost the trial.</summary>
    bool Renew(string study, TrialRecord trial);

    /// <summary>Nobody works for this worker any more: its trials are free at once.</summary>
    void Release(string study, string worker);

    /// <summary>Keeps what a trial got, as soon as it is known: it is shown while it runs.</summary>
    bool Begin(string study, TrialRecord trial, IReadOnlyList<SuggestedValue> parameters);

    /// <summary>Keeps how a trial goes; again for the same step it is written over.</summary>
    bool Report(string study, TrialRecord trial, TrialPoint point);

    /// <summary>Keeps a text with a trial.</summary>
    bool Note(string study, TrialRecord trial, string name, string text);

    /// <summary>Ends a trial.</summary>
    bool Finish(string study, TrialRecord trial, TrialEnd end);

    /// <summary>
    /// Adds trials with values set beforehand; nothing when <paramref name="first"/> is not the next number.
    /// </summary>
    bool Enqueue(string study, int? first, IReadOnlyList<(string Purpose, IReadOnlyDictionary<string,
        double> Fixed)> trials);

    /// <summary>Trials from a number on, with their points and notes.</summary>
    IReadOnlyList<TrialRecord> Trials(string study, int first = 0, int? last = null);

    /// <summary>Keeps a text with the study, once: false when there is one of this name.</summary>
    bool NoteOnce(string study, string name, string text);

    /// <summary>Takes a text away that was kept with the study.</summary>
    void Forget(string study, string name);

    /// <summary>Asks the worker of a trial to give it up; false when nobody works at it.</summary>
    bool AskToStop(string study, int number);

    /// <summary>True when somebody asks to give a trial up.</summary>
    bool IsAskedToStop(string study, int number);

    /// <summary>The texts kept with the study.</summary>
    IReadOnlyDictionary<string, string> Notes(string study);
}

/// <summary>Where a study is, as a command line says it.</summary>
public static class StudyStorage
{
    /// <summary>Opens <c>FILE.db</c> or <c>postgres://user:password@host/database</c>.</summary>
    /// <exception cref="FormatException">The address cannot be read.</exception>
    public static IStudyStorage Open(string place) => PostgresStorage.IsAddress(place)
        ? new PostgresStorage(place)
        : new SqliteStorage(place);
}
