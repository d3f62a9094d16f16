namespace Hondo.Training;

/// <summary>A training was cancelled after a whole step: the course so far is not lost.</summary>
public sealed class TrainingCanceledException : OperationCanceledException
{
    /// <summary>An error that carries the course so far.</summary>
    public TrainingCanceledException(History history, Exception inner, CancellationToken cancellation)
        : base($"The training was cancelled after {history.Count} whole epochs; History holds their course.", inner,
            cancellation) => History = history;

    /// <summary>No history: prefer the other.</summary>
    public TrainingCanceledException() { }

    /// <summary>No history: prefer the other.</summary>
    public TrainingCanceledException(string message) : base(message) { }

    /// <summary>No history: prefer the other.</summary>
    public TrainingCanceledException(string message, Exception inner) : base(message, inner) { }

    /// <summary>The epochs that were done; the weights are those of the last step.</summary>
    public History History { get; } = new();

    /// <summary>Ends a run that was cancelled.</summary>
    /// <param name="run">The run.</param>
    /// <param name="end">Tells the callbacks that it has ended, or null when they know.</param>
    /// <param name="error">What cancelled it.</param>
    /// <param name="cancellation">What was asked to cancel.</param>
    internal static TrainingCanceledException After(TrainingRun run, Action<TrainingRun>? end,
        OperationCanceledException error, CancellationToken cancellation)
    {
        run.Stop("cancelled");
        run.History.StopReason = run.StopReason;
        try
        {
            end?.Invoke(run);
        }
        catch (OperationCanceledException)
        {
            // A callback that measures at the end, such as one of averaged weights, was cancelled as well.
        }
        return new(run.History, error, cancellation);
    }
}
