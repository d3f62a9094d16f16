namespace Hondo.Training;

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
        BestEpoch = (int)state.Number("bestEpoch");
        _best = BestEpoch > 0 ? new(run.Model, state.Of("best")) : null;
    }
}
