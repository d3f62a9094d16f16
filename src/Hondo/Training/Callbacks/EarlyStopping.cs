namespace Hondo.Training;

/// <summary>
/// Ends training when a number has not got better for some epochs (Prechelt 1998, "Early stopping — but when?"), and
/// always gives back the weights of the best epoch, also when training ended for another reason.
/// </summary>
/// <param name="monitor">
/// The number to go by, e.g. <c>dev accuracy</c>; when left out the dev loss, or without a dev part the training loss.
/// </param>
/// <param name="patience">How many epochs in a row may be no better than the best, 1 or more.</param>
public sealed class EarlyStopping(string? monitor = null, int patience = 5) : Callback, IKeepsBest, IResumable
{
    readonly KeepBest _keep = new(monitor);
    readonly Patience _patience = new(monitor, patience);

    /// <summary>The best epoch so far, counted from 1; 0 before the first.</summary>
    public int BestEpoch => _keep.BestEpoch;

    /// <inheritdoc/>
    protected internal override void OnTrainBegin(TrainingRun run)
    {
        _keep.OnTrainBegin(run);
        _patience.OnTrainBegin(run);
    }

    /// <inheritdoc/>
    protected internal override void OnEpochEnd(TrainingRun run)
    {
        _keep.OnEpochEnd(run);
        _patience.OnEpochEnd(run);
    }

    /// <inheritdoc/>
    protected internal override void OnTrainEnd(TrainingRun run) => _keep.OnTrainEnd(run);

    /// <inheritdoc/>
    public void Save(RunState state) => _keep.Save(state);

    /// <inheritdoc/>
    public void Load(TrainingRun run, RunState state) => _keep.Load(run, state);
}

/// <summary>Gives the model back as it was after its best epoch, whatever came later.</summary>
/// <param name="monitor">
/// The number to go by, e.g. <c>dev accuracy</c>; when left out the dev loss, or without a dev part the training loss.
/// </param>
public sealed class KeepBest(string? monitor = null) : Callback, IKeepsBest, IResumable
{
    readonly Monitor _monitor = new(monitor);
    Snapshot? _best;

    /// <summary>The best epoch so far, counted from 1; 0 before the first.</summary>
    public int BestEpoch { get; private set; }

    /// <inheritdoc/>
    protected internal override void OnTrainBegin(TrainingRun run) => (_best, BestEpoch) = (null, 0);

    /// <inheritdoc/>
    protected internal override void OnEpochEnd(TrainingRun run)
    {
        if (!_monitor.IsBest(run))
            return;
        // New memory for each would be cleared first: it takes longer than the copy.
        if (_best is null)
            _best = new(run.Model);
        else
            _best.Take();
        BestEpoch = run.Epoch;
    }

    /// <inheritdoc/>
    protected internal override void OnTrainEnd(TrainingRun run) => _best?.Restore();

    /// <inheritdoc/>
    public void Save(RunState state)
    {
        state.Set("bestEpoch", BestEpoch);
        _best?.Save(state.Of("best"));
    }

    /// <inheritdoc/>
    public void Load(TrainingRun run, RunState state)
    {
        BestEpoch = state.Count("bestEpoch");
        _best = BestEpoch > 0 ? new(run.Model, state.Of("best")) : null;
    }
}

/// <summary>The number by which epochs are compared.</summary>
sealed class Monitor(string? name)
{
    /// <summary>The name asked for, else the dev loss, or without a dev part the training loss.</summary>
    public string Name(TrainingRun run) => name ?? (run.Data.Dev is null ? "loss" : "dev loss");

    /// <summary>True when the last epoch is better than every one before it.</summary>
    /// <exception cref="ArgumentException">There is no number of this name.</exception>
    public bool IsBest(TrainingRun run) => BestEpoch(run) == run.History.Count;

    /// <summary>The epoch, counted from 1, that is better than every one before it and no worse than any after it.
    /// </summary>
    /// <exception cref="ArgumentException">There is no number of this name.</exception>
    public int BestEpoch(TrainingRun run)
    {
        string monitored = Name(run);
        if (!run.History.Names.Contains(monitored))
            throw new ArgumentException($"There is no '{monitored}' to compare epochs by: there are "
                + $"{string.Join(", ", run.History.Names)}.");
        double[] values = run.History[monitored];
        bool isHigherBetter = IsHigherBetter(run, monitored);
        int best = 0;
        for (int i = 1; i < values.Length; i++)
            if (isHigherBetter ? values[i] > values[best] : values[i] < values[best])
                best = i;
        return best + 1;
    }

    static bool IsHigherBetter(TrainingRun run, string monitored)
    {
        string metric = monitored.StartsWith("dev ", StringComparison.Ordinal) ? monitored[4..] : monitored;
        return run.Trainer.Metrics.FirstOrDefault(m => m.Name == metric)?.IsHigherBetter ?? false;
    }
}

/// <summary>
/// Ends training when a number has not got better for some epochs (Prechelt 1998, "Early stopping — but when?"). It
/// keeps no weights: a run folder or <see cref="KeepBest"/> beside it, with the same number to go by, give
/// back those of the best epoch; <see cref="EarlyStopping"/> is both in one.
/// </summary>
/// <param name="monitor">
/// The number to go by, e.g. <c>dev accuracy</c>; when left out the dev loss, or without a dev part the training loss.
/// </param>
/// <param name="epochs">How many epochs in a row may be no better than the best, 1 or more.</param>
public sealed class Patience(string? monitor = null, int epochs = 5) : Callback
{
    readonly Monitor _monitor = new(monitor);
    readonly int _epochs = epochs >= 1 ? epochs
        : throw new ArgumentOutOfRangeException(nameof(epochs), epochs,
            "Patience is a number of epochs, 1 or more.");

    /// <summary>True when it was this that ended the training.</summary>
    public bool HasEnded { get; private set; }

    // A resumed run knows its epochs by now; the process may have been killed between the last one and the end.
    /// <inheritdoc/>
    protected internal override void OnTrainBegin(TrainingRun run)
    {
        HasEnded = false;
        if (run.History.Count > 0)
            EndWhenDue(run);
    }

    /// <inheritdoc/>
    protected internal override void OnEpochEnd(TrainingRun run) => EndWhenDue(run);

    void EndWhenDue(TrainingRun run)
    {
        if (run.History.Count - _monitor.BestEpoch(run) < _epochs || run.StopReason is not null)
            return;
        run.Stop($"{_monitor.Name(run)} has not got better for {_epochs} {(_epochs == 1 ? "epoch" : "epochs")}");
        HasEnded = true;
    }
}
