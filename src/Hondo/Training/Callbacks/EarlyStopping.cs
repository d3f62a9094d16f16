namespace Hondo.Training;

/// <summary>
/// Ends training when a number has not got better for some epochs (Prechelt 1998, "Early stopping — but when?"), and
/// always gives back the weights of the best epoch, also when training ended for another reason.
/// </summary>
/// <param name="monitor">
/// The number to go by, e.g. <c>dev accuracy</c>; when left out the dev loss, or without a dev part the training loss.
/// </param>
/// <param name="patience">How many epochs in a row may be no better than the best, 1 or more.</param>
public sealed class EarlyStopping(string? monitor = null, int patience = 5) : Callback, IResumable
{
    readonly Monitor _monitor = new(monitor);
    readonly KeepBest _keep = new(monitor);
    readonly int _patience = patience >= 1 ? patience
        : throw new ArgumentOutOfRangeException(nameof(patience), patience,
            "Patience is a number of epochs, 1 or more.");

    /// <summary>The best epoch so far, counted from 1; 0 before the first.</summary>
    public int BestEpoch => _keep.BestEpoch;

    /// <inheritdoc/>
    protected internal override void OnTrainBegin(TrainingRun run) => _keep.OnTrainBegin(run);

    /// <inheritdoc/>
    protected internal override void OnEpochEnd(TrainingRun run)
    {
        _keep.OnEpochEnd(run);
        StopWhenDue(run);
    }

    void StopWhenDue(TrainingRun run)
    {
        if (run.History.Count - BestEpoch >= _patience)
            run.Stop($"{_monitor.Name(run)} has not got better for {_patience} epochs");
    }

    /// <inheritdoc/>
    protected internal override void OnTrainEnd(TrainingRun run) => _keep.OnTrainEnd(run);

    /// <inheritdoc/>
    public void Save(RunState state) => _keep.Save(state);

    /// <inheritdoc/>
    public void Load(TrainingRun run, RunState state)
    {
        _keep.Load(run, state);
        // It may have been due when the checkpoint was made, and the process killed before the training ended.
        StopWhenDue(run);
    }
}
