using System.Diagnostics;

namespace Hondo.Tuning;

/// <summary>Takes one trial after the other. What it knows of finished ones it keeps: they never change.</summary>
sealed class StudyWorker(Study study, string name)
{
    static readonly TimeSpan ShortWait = TimeSpan.FromMilliseconds(5), LongWait = TimeSpan.FromMilliseconds(250);

    readonly ISampler _sampler = SamplerCatalog.Parse(study.Settings.Sampler);
    readonly IPruner? _pruner = PrunerCatalog.Parse(study.Settings.Pruner);
    readonly SortedDictionary<int, TrialRecord> _known = [];

    // All below it are known.
    int _first;

    static readonly AsyncLocal<bool> InTrial = new();

    /// <summary>True in what a trial calls.</summary>
    public static bool IsInTrial => InTrial.Value;

    IStudyStorage Storage => study.Storage;

    public async Task RunAsync(Func<Trial, CancellationToken, Task<IReadOnlyList<double>>> objective,
        CancellationToken cancellation)
    {
        TimeSpan wait = ShortWait;
        while (!cancellation.IsCancellationRequested)
        {
            Claim claim = Storage.Claim(study.Name, name);
            if (claim.Trial is { } trial)
            {
                wait = ShortWait;
                await RunAsync(trial, objective, cancellation).ConfigureAwait(false);
                continue;
            }
            if (claim.Kind == ClaimKind.Paused)
                return;
            if (claim.Kind == ClaimKind.Done && !new Confirmation(study).Plan())
                return;
            await Task.Delay(wait, cancellation).ContinueWith(_ => { }, TaskScheduler.Default).ConfigureAwait(false);
            wait = wait * 1.5 < LongWait ? wait * 1.5 : LongWait;
        }
    }

    async Task RunAsync(TrialRecord record, Func<Trial, CancellationToken, Task<IReadOnlyList<double>>> objective,
        CancellationToken cancellation)
    {
        SamplerView view = ViewOf(record);
        using var lost = new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(lost.Token, cancellation);
        using Timer renewal = Renewing(record, lost);
        long start = Stopwatch.GetTimestamp();
        List<TrialPoint> points = [];
        bool isBegun = false;
        Trial? trial = null;
        bool Report(int step, double value)
        {
            var point = new TrialPoint(step, value);
            points.Add(point);
            // The first word also says what the trial got, for whoever looks on.
            if ((!isBegun && !(isBegun = Storage.Begin(study.Name, record, trial!.Parameters)))
                | !Storage.Report(study.Name, record, point))
                lost.Cancel();
            lost.Token.ThrowIfCancellationRequested();
            // Only where a search need not repeat may somebody step in.
            if (study.Settings.Lag is null && Storage.IsAskedToStop(study.Name, record.Number))
                return false;
            return record.Purpose.Length > 0 || _pruner is null
                || !_pruner.IsHopeless(view with { Own = trial!.Parameters }, points);
        }
        trial = new(record.Number, study.Settings.Seed, _sampler.Begin(view), record.Fixed, Report,
            (name, text) => Storage.Note(study.Name, record, name, text), record.Purpose);
        if (await EndOfAsync(trial, record, objective, lost, either.Token).ConfigureAwait(false) is { } end)
            Storage.Finish(study.Name, record, end with { Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds });
    }

    // Null when the trial is to go on later, or has been given to another worker.
    async Task<TrialEnd?> EndOfAsync(Trial trial, TrialRecord record,
        Func<Trial, CancellationToken, Task<IReadOnlyList<double>>> objective, CancellationTokenSource lost,
        CancellationToken either)
    {
        InTrial.Value = true;
        try
        {
            return EndOf(trial, await objective(trial, either).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // Whoever comes next need not wait for the lease to end.
            if (!lost.IsCancellationRequested)
                Storage.Release(study.Name, name);
            return null;
        }
        catch (TrialPrunedException)
        {
            return new(TrialState.Pruned, trial.Parameters, [], 0);
        }
        catch (IOException)
        {
            // A full disk or a file that is gone says nothing about the trial's values: it goes on when that is mended.
            Free();
            throw;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            Storage.Note(study.Name, record, "error", error.Message);
            return new(TrialState.Failed, trial.Parameters, [], 0);
        }
    }

    void Free()
    {
        try
        {
            Storage.Release(study.Name, name);
        }
        catch (IOException)
        {
            // Then it is free when its lease ends.
        }
    }

    TrialEnd EndOf(Trial trial, IReadOnlyList<double> values)
    {
        if (values.Count != study.Settings.Directions.Count)
            throw new InvalidOperationException($"The study has {study.Settings.Directions.Count} objectives, but "
                + $"trial {trial.Number} gave {values.Count} values.");
        return values.All(double.IsFinite) ? new(TrialState.Complete, trial.Parameters, values, 0)
            : new(TrialState.Failed, trial.Parameters, [], 0);
    }

    SamplerView ViewOf(TrialRecord record)
    {
        while (_known.ContainsKey(_first))
            _first++;
        int last = Math.Min(record.Number - (study.Settings.Lag ?? 1), study.Settings.Trials - 1);
        foreach (TrialRecord trial in Storage.Trials(study.Name, _first, last))
            if (trial.IsFinished)
                _known[trial.Number] = trial;
        return study.ViewOf(record.Number, [.. _known.Values], record.Seen);
    }

    Timer Renewing(TrialRecord record, CancellationTokenSource lost)
    {
        TimeSpan every = TimeSpan.FromSeconds(study.Settings.Lease / 3);
        return new(_ =>
        {
            try
            {
                if (!Storage.Renew(study.Name, record))
                    lost.Cancel();
            }
            catch (Exception error) when (error is ObjectDisposedException or IOException
                or System.Data.Common.DbException)
            {
                // The trial itself will find out, or the next renewal is in time.
            }
        }, null, every, every);
    }
}

/// <summary>How workers are called.</summary>
public static class StudyWorkers
{
    /// <summary>The name of a worker of a process of this machine.</summary>
    /// <param name="process">The process.</param>
    /// <param name="place">Its place among the workers of the process, from 0.</param>
    public static string NameOf(int process, int place) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"{Environment.MachineName}:{process}:{place}");
}
