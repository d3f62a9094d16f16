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
