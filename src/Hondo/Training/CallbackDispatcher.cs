namespace Hondo.Training;

/// <summary>
/// Tells callbacks the moments of a training, in their order, and does what they put off until all know.
/// </summary>
sealed class CallbackDispatcher(TrainingRun run)
{
    readonly Queue<Action<TrainingRun>> _afterwards = [];
    readonly IReadOnlyList<Callback> _callbacks = run.Trainer.Progress is { } progress
        ? [.. run.Trainer.Callbacks, new ProgressLines(progress)] : run.Trainer.Callbacks;
    bool _hasEnded;

    public void Afterwards(Action<TrainingRun> act) => _afterwards.Enqueue(act);

    public void Tell(Action<Callback, TrainingRun> moment)
    {
        foreach (Callback callback in _callbacks)
            moment(callback, run);
        Settle();
    }

    /// <summary>Like <see cref="Tell"/>, without memory for each step.</summary>
    public void TellStepEnd()
    {
        for (int i = 0; i < _callbacks.Count; i++)
            _callbacks[i].OnStepEnd(run);
        Settle();
    }

    /// <summary>Once: a run that is stopped in an epoch tells it before the epoch's numbers are taken.</summary>
    public void TellLastStep()
    {
        if (_hasEnded)
            return;
        _hasEnded = true;
        Tell(static (callback, run) => callback.OnLastStep(run));
    }

    void Settle()
    {
        while (_afterwards.TryDequeue(out Action<TrainingRun>? act))
            act(run);
    }
}
