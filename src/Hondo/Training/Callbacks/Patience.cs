namespace Hondo.Training;

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
        run.Stop($"{_monitor.Name(run)} has not got better for {_epochs} epochs");
        HasEnded = true;
    }
}
