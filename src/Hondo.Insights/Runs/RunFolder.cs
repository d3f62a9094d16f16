using System.Text.Json;

namespace Hondo.Insights;

/// <summary>
/// Writes a training into a folder while it runs: run.json, config.json, model.txt, metrics.csv, metrics.jsonl,
/// events.jsonl and checkpoints/. The model is given back, and saved, as after its best epoch. When the disk is full
/// training goes on, with a warning, and the best model is the first thing that is saved in the end.
/// </summary>
public sealed class RunFolder : Callback, IKeepsBest, IResumable, IDisposable
{
    readonly KeepBest _keep;
    RunRecord _record;
    readonly ModelCard _card;
    readonly string _config;
    readonly CheckpointWriter _writer;
    readonly RunCheckpoint? _resume;
    RunPlace? _place;
    RunLogs? _logs;
    TrainingRun? _run;
    IOException? _problem;

    /// <summary>A folder for a run.</summary>
    /// <param name="path">Where; it may not exist yet, or be empty.</param>
    /// <param name="record">Who, when and with what.</param>
    /// <param name="config">Every option, as JSON.</param>
    /// <param name="card">What the saved model says about itself.</param>
    /// <param name="monitor">The number by which epochs are compared, as <see cref="KeepBest"/> takes it.</param>
    /// <param name="resume">The checkpoint of this folder from which the run goes on; null for a new run.</param>
    /// <exception cref="IOException">A new run's folder holds something, or another process trains in it.</exception>
    public RunFolder(string path, RunRecord record, string config, ModelCard card, string? monitor = null,
        RunCheckpoint? resume = null)
    {
        RunPlace.CheckFree(path);
        if (resume is null)
            RunPlace.CheckNew(path);
        (Path, _record, _config, _card, _keep, _resume) = (path, record, config, card, new(monitor), resume);
        _writer = new(new(CheckpointsOf(path)), card);
    }

    /// <summary>Where the run is.</summary>
    public string Path { get; }

    /// <summary>When checkpoints are written, besides at ends of epochs and of the run.</summary>
    public Every Checkpoints { get; init; } = Every.Time(TimeSpan.FromMinutes(5));

    /// <summary>The best epoch so far, counted from 1; 0 before the first.</summary>
    public int BestEpoch => _keep.BestEpoch;

    /// <summary>The best model.</summary>
    public string BestModel => At("checkpoints", "best.safetensors");

    /// <summary>Where the checkpoints of a run folder are.</summary>
    public static string CheckpointsOf(string path) => System.IO.Path.Combine(path, "checkpoints", "last");

    string At(params ReadOnlySpan<string> names) => System.IO.Path.Combine([Path, .. names]);

    /// <inheritdoc/>
    protected internal override void OnTrainBegin(TrainingRun run)
    {
        _run = run;
        _place = _resume is null ? RunPlace.TakeNew(Path) : RunPlace.TakeAgain(Path, _resume);
        _writer.Prepare(isProven: _resume is not null);
        Array.ForEach([Path, At("checkpoints")], folder => DurableFile.RemoveLeftovers(folder));
        Dataset train = run.Data.Train;
        string summary = $"{ModelSummary.Of(run.Model, train.Sample, train.Features.Type)}";
        WriteRecord(RunStatus.Running);
        _logs = new(Path, _resume?.StateOf(this, run));
        _keep.OnTrainBegin(run);
        Action describe = () => Array.ForEach([("config.json", _config), ("model.txt", summary)],
            file => DurableFile.WriteText(At(file.Item1), file.Item2));
        if (_resume is null)
            run.Afterwards(run => _writer.Begin(run, Attempt, describe));
        else
            describe();
    }

    /// <inheritdoc/>
    protected internal override void OnGradients(TrainingRun run) => _logs!.Look(run);

    /// <inheritdoc/>
    protected internal override void OnStepEnd(TrainingRun run)
    {
        if (_logs!.AddPoint(run))
            Attempt(_logs.Flush);
        Settle(waits: false);
        if (Checkpoints.IsDueAfterStep(run))
            AttemptCheckpoint(run);
    }

    /// <inheritdoc/>
    protected internal override void OnEpochEnd(TrainingRun run)
    {
        _logs!.AddEpoch(run);
        _keep.OnEpochEnd(run);
        Attempt(_logs.Flush);
        if (_writer.IsRecent && !Checkpoints.IsDueAfterEpoch(run))
            return;
        Safetensors? best = _keep.BestEpoch != run.Epoch ? null
            : ModelFile.Of([], run.Model, _card, isCopied: true).File;
        AttemptCheckpoint(run, best);
    }

    /// <inheritdoc/>
    protected internal override void OnFinding(TrainingRun run, Finding finding) =>
        Note(run, "warning", finding.WriteInAllLanguages);

    /// <summary>Notes in events.jsonl what was noticed, or done by hand, and at which step.</summary>
    internal void Note(TrainingRun run, string name, Action<Utf8JsonWriter> properties) =>
        Attempt(() => _logs!.AddEvent(run, name, properties));

    // What fails is tried again later; the run and the best model in memory are worth more than a row or a checkpoint.
    void Attempt(Action write)
    {
        try
        {
            write();
        }
        catch (IOException error)
        {
            (bool isFirst, _problem) = (_problem is null, error);
            if (isFirst)
                _run!.Warn($"After step {_run.Step}: {error.Message} Training goes on with the best model in memory.");
        }
    }

    /// <summary>Tells what became of the checkpoint that another thread writes, or wrote.</summary>
    internal void Settle(bool waits) => _writer.Settle(waits, Attempt);

    /// <inheritdoc/>
    protected internal override void OnLastStep(TrainingRun run) => AttemptCheckpoint(run);

    void AttemptCheckpoint(TrainingRun run, Safetensors? best = null) => run.Afterwards(run =>
        _writer.Begin(run, Attempt, () => best?.Write(BestModel), _logs!.Sync));

    /// <inheritdoc/>
    protected internal override void OnTrainEnd(TrainingRun run)
    {
        _keep.OnTrainEnd(run);
        BestModelFile.Save(BestModel, run.Model, _card, () => _writer.MakeRoom(Attempt));
        // A report that is made meanwhile waits for no disk.
        run.Afterwards(Close);
    }

    void Close(TrainingRun run)
    {
        Settle(waits: true);
        _problem = null;
        Attempt(_logs!.Flush);
        SetStatus(RunStatus.Of(run));
        Dispose();
        if (_problem is { } problem)
            throw new IOException($"{problem.Message} The best model (epoch {BestEpoch}) is in {BestModel}.", problem);
    }

    /// <inheritdoc/>
    public void Save(RunState state)
    {
        _logs!.Save(state);
        _keep.Save(state.Of("best"));
    }

    /// <inheritdoc/>
    public void Load(TrainingRun run, RunState state) => _keep.Load(run, state.Of("best"));

    /// <summary>Adds to the saved model how good it is, measured after training.</summary>
    public void Finish(IReadOnlyDictionary<string, double> metrics)
    {
        _record = _record with { Metrics = metrics };
        Task.WhenAll(Task.Run(() => ModelFile.Save(_run!.Model, BestModel, _card with { Metrics = metrics })),
            Task.Run(() => WriteRecord(RunStatus.Of(_run!)))).GetAwaiter().GetResult();
    }

    /// <summary>Notes that an error ended the training; what was saved before stays.</summary>
    public void Fail(string reason)
    {
        if (_logs is null)
            return;
        _run!.Stop(reason);
        _record = _record with { Error = reason };
        SetStatus(RunStatus.Failed);
        Dispose();
    }

    internal void SetStatus(string status) => Attempt(() => WriteRecord(status));

    void WriteRecord(string status) => DurableFile.WriteText(At("run.json"),
        (_record with { BestEpoch = _keep.BestEpoch }).ToJson(status, _run!));

    /// <summary>Writes a checkpoint of the training as it is now.</summary>
    public void Checkpoint(TrainingRun run) => _writer.Write(run, Attempt, _logs!.Sync);

    /// <summary>Closes the files, and lets others train in the folder.</summary>
    public void Dispose()
    {
        _writer.Abandon();
        _logs?.Dispose();
        _place?.Dispose();
    }
}
