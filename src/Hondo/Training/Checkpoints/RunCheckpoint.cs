using System.Diagnostics;
using System.Globalization;
using Hondo.Data;
using Hondo.Kernels;
using Hondo.Metrics;
using Hondo.Serialization;

namespace Hondo.Training;

/// <summary>
/// A training between two steps, read from a folder of checkpoints: <see cref="Trainer.Fit(DataSplits, RunCheckpoint,
/// CancellationToken)"/> goes on from it, in the middle of an epoch too, to the same bits as a run that never stopped.
/// </summary>
public sealed class RunCheckpoint
{
    const string ModelName = "checkpoint.safetensors", StateName = "state.safetensors";

    RunCheckpoint(string path, RunState state, IReadOnlyList<string> skipped) =>
        (Path, State, Skipped) = (path, state, skipped);

    /// <summary>The folder of the checkpoint.</summary>
    public string Path { get; }

    /// <summary>The newer checkpoints that are damaged, a sentence for each.</summary>
    public IReadOnlyList<string> Skipped { get; }

    /// <summary>The step after which it was made.</summary>
    public long Step => State.Of("run").Whole("step");

    /// <summary>How many epochs were done.</summary>
    public int Epochs => State.Of("history").Count("count");

    internal RunState State { get; }

    /// <summary>The newest checkpoint that was there, damaged or not.</summary>
    internal string? Latest { get; private init; }

    /// <summary>What a callback of the run wrote down.</summary>
    internal RunState StateOf(IResumable callback, TrainingRun run) =>
        State.Of(Resumables(run).First(pair => pair.Callback == callback).Name);

    /// <summary>Writes where a training stands.</summary>
    /// <param name="folder">The folder of checkpoints.</param>
    /// <param name="run">The training, between two steps.</param>
    /// <param name="card">What to say about the model.</param>
    /// <exception cref="IOException">It cannot be written; older checkpoints are as they were.</exception>
    public static void Write(CheckpointFolder folder, TrainingRun run, ModelCard? card = null)
    {
        using Activity? span = Telemetry.Span("checkpoint");
        Copy(run, card)(folder);
    }

    /// <summary>
    /// Copies where a training stands, between two steps. What is returned writes it, and looks at the training no
    /// more: another thread may do so while the training goes on.
    /// </summary>
    internal static Action<CheckpointFolder> Copy(TrainingRun run, ModelCard? card = null)
    {
        Dictionary<string, string> progress = new()
        {
            ["epoch"] = run.Epoch.ToString(CultureInfo.InvariantCulture),
            ["stepInEpoch"] = run.StepInEpoch.ToString(CultureInfo.InvariantCulture),
            ["step"] = run.Step.ToString(CultureInfo.InvariantCulture),
            ["seed"] = run.Trainer.Seed.ToString(CultureInfo.InvariantCulture),
        };
        var state = new RunState();
        Save(run, state);
        long step = run.Step;
        Dictionary<string, Action<Stream>> files = new()
        {
            [ModelName] = Checkpoint.Of(run.Model, run.Optimizer, progress, card).Write,
            [StateName] = state.Write,
        };
        return folder => folder.Save(step, files);
    }

    /// <summary>Reads the newest checkpoint that is whole.</summary>
    /// <param name="path">The folder of checkpoints.</param>
    /// <exception cref="DataFormatException">There is none.</exception>
    public static RunCheckpoint Newest(string path)
    {
        List<string> skipped = [];
        var folder = new CheckpointFolder(path);
        string? newest = folder.Newest();
        string found = folder.FindNewest(skipped.Add)
            ?? throw new DataFormatException(path, "", string.Join(' ', ["there is no whole checkpoint", .. skipped]),
                "Check the path, or start a new run.");
        return new(found, RunState.Read(System.IO.Path.Combine(found, StateName)), skipped) { Latest = newest };
    }

    static void Save(TrainingRun run, RunState state)
    {
        run.Save(state.Of("run"));
        state.Of("numerics").Set("exact", Exactness);
        run.History.Save(state.Of("history"));
        for (int i = 0; i < run.Trainer.Metrics.Count; i++)
            state.Of("metrics").Set(run.Trainer.Metrics[i].Name, run.Trainer.Metrics[i].Sums);
        run.Trainer.Step?.Save(state.Of("step"));
        run.SaveOptimizers(state);
        if (run.Memory is { } memory)
            for (int i = 0; i < memory.Values.Count; i++)
                state.Of("memory").Set(i.ToString(CultureInfo.InvariantCulture), memory.Values[i]);
        foreach ((IResumable callback, string name) in Resumables(run))
            callback.Save(state.Of(name));
    }

    // Either way gives the same bits on every machine, but not those of the other.
    static string Exactness => $"Numerics.Exact = {(Numerics.Exact ? "true" : "false")}";

    /// <summary>Brings a run that has not begun to where this one was; its callbacks follow later.</summary>
    /// <exception cref="DataFormatException">It is of another run, or something in it makes no sense.</exception>
    internal void Restore(TrainingRun run) => Read(run, RestoreRun);

    internal void RestoreCallbacks(TrainingRun run) => Read(run, RestoreEach);

    // What the parts refuse that are given a number of the file.
    void Read(TrainingRun run, Action<TrainingRun> restore)
    {
        try
        {
            restore(run);
        }
        catch (ArgumentException error)
        {
            throw new DataFormatException(Path, "", $"a number in it makes no sense: {error.Message}",
                "Remove this checkpoint: the one before it is taken then. Or start a new run.");
        }
    }

    void RestoreRun(TrainingRun run)
    {
        run.Load(State.Of("run"));
        if (State.Of("numerics").IsPresent)
            State.Of("numerics").Expect("exact", Exactness);
        run.RestoreFrozen(State.Of("frozen"));
        Checkpoint.Load(System.IO.Path.Combine(Path, ModelName), run.Model, run.Optimizer);
        run.History.Load(State.Of("history"));
        int done = run.History.Count;
        if (run.Epoch != done && run.Epoch != done + 1)
            throw new DataFormatException(Path, "run.epoch", $"the run is in epoch {run.Epoch}, but {done} are done",
                "Does this checkpoint belong to this run?");
        if (run.History.Any(epoch => epoch.Dev is null != run.Data.Dev is null
            || !epoch.Numbers.Select(one => one.Name).SequenceEqual(run.History.Names)))
            throw new DataFormatException(Path, "history", "its epochs have different numbers",
                "Does this checkpoint belong to this run?");
        foreach (IMetric metric in run.Trainer.Metrics)
            metric.Sums = metric.Sums.Count is var count and > 0
                ? State.Of("metrics").Numbers(metric.Name, count) : State.Of("metrics").Numbers(metric.Name);
        run.Trainer.Step?.Load(State.Of("step"));
        run.RestoreOptimizers(State);
        if (run.Memory is { } memory)
            for (int i = 0; i < memory.Values.Count; i++)
                memory.Set(i, State.Of("memory").Tensor(i.ToString(CultureInfo.InvariantCulture),
                    memory.Values[i].Shape));
    }

    void RestoreEach(TrainingRun run)
    {
        foreach ((IResumable callback, string name) in Resumables(run))
            if (State.Of(name).IsPresent)
                callback.Load(run, State.Of(name));
        foreach (string message in Skipped)
            run.Warn($"{message} The run goes on from {Path}.");
    }

    static IEnumerable<(IResumable Callback, string Name)> Resumables(TrainingRun run) =>
        run.Trainer.Callbacks.OfType<IResumable>().Select((callback, i) => (callback, $"{callback.GetType().Name}{i}"));
}
