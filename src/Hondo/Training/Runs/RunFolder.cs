using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Hondo.Data;
using Hondo.Models;
using Hondo.Storage;

namespace Hondo.Training;

/// <summary>
/// Writes a training into a folder while it runs: run.json, config.json, model.txt, metrics.csv, metrics.jsonl,
/// events.jsonl and checkpoints/. The model is given back, and saved, as it was after its best epoch.
/// </summary>
public sealed class RunFolder : Callback, IDisposable
{
    // Points of a curve: enough to see it, few enough to cost nothing.
    const int PointsPerEpoch = 50;

    // A checkpoint waits for the disk; small models would wait longer than they train.
    static readonly TimeSpan BetweenSaves = TimeSpan.FromSeconds(5);

    // Who watches sees each point soon; a write for each would cost the small models something.
    static readonly TimeSpan BetweenFlushes = TimeSpan.FromSeconds(0.5);

    readonly KeepBest _keep;
    readonly RunRecord _record;
    readonly ModelCard _card;
    readonly string _config;
    readonly Func<double> _seconds;
    FileStream? _points, _table, _events;
    TrainingRun? _run;
    long _saved = Stopwatch.GetTimestamp(), _flushed = Stopwatch.GetTimestamp();

    /// <summary>A folder for a run.</summary>
    /// <param name="path">Where; it may not exist yet, or be empty.</param>
    /// <param name="record">Who, when and with what.</param>
    /// <param name="config">Every option, as JSON.</param>
    /// <param name="card">What the saved model says about itself.</param>
    /// <param name="monitor">The number by which epochs are compared, as <see cref="KeepBest"/> takes it.</param>
    /// <exception cref="IOException">The folder holds something.</exception>
    public RunFolder(string path, RunRecord record, string config, ModelCard card, string? monitor = null)
    {
        if (File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any()))
            throw new IOException($"The run folder {path} exists already and holds something: a run never overwrites "
                + "another. Choose another folder, or delete this one.");
        (Path, _record, _config, _card, _keep) = (path, record, config, card, new(monitor));
        var clock = Stopwatch.StartNew();
        _seconds = () => clock.Elapsed.TotalSeconds;
    }

    /// <summary>Where the run is.</summary>
    public string Path { get; }

    /// <summary>The best epoch so far, counted from 1; 0 before the first.</summary>
    public int BestEpoch => _keep.BestEpoch;

    /// <summary>The best model.</summary>
    public string BestModel => System.IO.Path.Combine(Path, "checkpoints", "best.safetensors");

    string At(params ReadOnlySpan<string> names) => System.IO.Path.Combine([Path, .. names]);

    /// <inheritdoc/>
    protected internal override void OnTrainBegin(TrainingRun run)
    {
        _run = run;
        Directory.CreateDirectory(At("checkpoints", "last"));
        DurableFile.WriteText(At("config.json"), _config);
        Dataset train = run.Data.Train;
        DurableFile.WriteText(At("model.txt"), $"{ModelSummary.Of(run.Model, train.Sample, train.Features.Type)}");
        DurableFile.WriteText(At("run.json"), _record.ToJson("running", run));
        (_points, _table, _events) = (Append("metrics.jsonl"), Append("metrics.csv"), Append("events.jsonl"));
        _keep.OnTrainBegin(run);
    }

    FileStream Append(string name) => new(At(name), FileMode.Append, FileAccess.Write, FileShare.ReadWrite);

    /// <inheritdoc/>
    protected internal override void OnStepEnd(TrainingRun run)
    {
        if (run.StepInEpoch % Math.Max(1, run.StepsPerEpoch / PointsPerEpoch) != 0)
            return;
        Write(_points!, json =>
        {
            json.WriteNumber("step", run.Step);
            json.WriteNumber("epoch", run.Epoch);
            json.WriteFinite("loss", run.StepLoss);
            json.WriteNumber("learningRate", run.Optimizer.LearningRate);
        });
        if (Stopwatch.GetElapsedTime(_flushed) < BetweenFlushes)
            return;
        _points!.Flush();
        _flushed = Stopwatch.GetTimestamp();
    }

    /// <inheritdoc/>
    protected internal override void OnEpochEnd(TrainingRun run)
    {
        Write(_points!, run.History[^1].WriteTo);
        _points!.Flush();
        string[] lines = run.History.ToCsv().Split('\n');
        _table!.Write(Encoding.UTF8.GetBytes((run.Epoch == 1 ? lines[0] + "\n" : "") + lines[run.Epoch] + "\n"));
        _table.Flush();
        _keep.OnEpochEnd(run);
        if (Stopwatch.GetElapsedTime(_saved) < BetweenSaves)
            return;
        if (_keep.BestEpoch == run.Epoch)
            ModelFile.Save(run.Model, BestModel, _card);
        Checkpoint(run);
    }

    /// <inheritdoc/>
    protected internal override void OnFinding(TrainingRun run, Finding finding)
    {
        Write(_events!, json =>
        {
            json.WriteString("event", "warning");
            json.WriteNumber("step", run.Step);
            json.WriteNumber("epoch", run.Epoch);
            finding.WriteTo(json);
        });
        _events!.Flush();
    }

    /// <summary>Notes in events.jsonl what was done by hand, and at which step.</summary>
    internal void Note(TrainingRun run, SteeringCommand command)
    {
        Write(_events!, json =>
        {
            json.WriteString("event", "steering");
            json.WriteNumber("step", run.Step);
            json.WriteNumber("epoch", run.Epoch);
            json.WriteString("action", command.Name);
            if (command.LearningRate is { } rate)
                json.WriteNumber("learningRate", rate);
        });
        _events!.Flush();
        _points!.Flush();
    }

    /// <inheritdoc/>
    protected internal override void OnTrainEnd(TrainingRun run)
    {
        if (run.Step > 0)
            Checkpoint(run);
        _keep.OnTrainEnd(run);
        ModelFile.Save(run.Model, BestModel, _card);
        string status = run.StopReason == "cancelled" ? "interrupted" : "done";
        DurableFile.WriteText(At("run.json"), _record.ToJson(status, run));
        Dispose();
    }

    /// <summary>Adds to the saved model how good it is, measured after training.</summary>
    public void Finish(IReadOnlyDictionary<string, double> metrics) =>
        ModelFile.Save(_run!.Model, BestModel, _card with { Metrics = metrics });

    /// <summary>Notes that an error ended the training; what was saved before stays.</summary>
    public void Fail(string reason)
    {
        if (_run is null)
            return;
        _run.Stop(reason);
        DurableFile.WriteText(At("run.json"), _record.ToJson("failed", _run));
        Dispose();
    }

    /// <summary>Writes a checkpoint of the model as it is now.</summary>
    public void Checkpoint(TrainingRun run)
    {
        Storage.Checkpoint.Save(At("checkpoints", "last", "checkpoint.safetensors"), run.Model, run.Optimizer,
            new Dictionary<string, string>
            {
                ["epoch"] = $"{run.Epoch}",
                ["stepInEpoch"] = $"{run.StepInEpoch}",
                ["step"] = $"{run.Step}",
                ["seed"] = $"{run.Trainer.Seed}",
            }, _card);
        _saved = Stopwatch.GetTimestamp();
    }

    void Write(FileStream file, Action<Utf8JsonWriter> properties)
    {
        using (var json = new Utf8JsonWriter(file))
        {
            json.WriteStartObject();
            properties(json);
            json.WriteNumber("elapsed", Math.Round(_seconds(), 3));
            json.WriteEndObject();
        }
        file.WriteByte((byte)'\n');
    }

    /// <summary>Closes the files: all of them, even when a full disk refuses the last lines of one.</summary>
    public void Dispose()
    {
        using (_events)
        using (_table)
            _points?.Dispose();
    }
}
