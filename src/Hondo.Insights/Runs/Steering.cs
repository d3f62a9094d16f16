using System.Collections.Concurrent;
using System.Diagnostics;

namespace Hondo.Insights;

/// <summary>
/// Lets a person steer a training that runs: pause, resume, write a checkpoint, stop, change the learning rate.
/// Commands come from this process (<see cref="Send"/>) or, through the run folder, from another
/// (<see cref="SteeringQueue"/>); each is noted in events.jsonl with its step, for a run steered by hand is repeated
/// only by the same commands at the same steps.
/// </summary>
/// <remarks>Costs a look at the clock each step, and one at the folder four times a second.</remarks>
/// <param name="folder">The run's folder; give it to the trainer's callbacks too, before this one.</param>
public sealed class Steering(RunFolder folder) : Callback
{
    /// <summary>Why a training that was stopped so has ended.</summary>
    internal const string ByHand = "stopped by hand";

    static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250), WhilePaused = TimeSpan.FromMilliseconds(50);

    readonly SteeringQueue _queue = new(folder.Path);
    readonly ConcurrentQueue<SteeringCommand> _sent = new();
    long _looked;
    bool _isPaused;

    /// <summary>Asks something of the training, from any thread; it is done after a step.</summary>
    public void Send(SteeringCommand command) => _sent.Enqueue(command);

    /// <inheritdoc/>
    protected internal override void OnTrainBegin(TrainingRun run) => _queue.Clear();

    /// <inheritdoc/>
    protected internal override void OnStepEnd(TrainingRun run)
    {
        if (_sent.IsEmpty && Stopwatch.GetElapsedTime(_looked) < BetweenLooks)
            return;
        run.Afterwards(Obey);
    }

    void Obey(TrainingRun run)
    {
        Look(run);
        while (_isPaused && run.StopReason is null && !run.Cancellation.WaitHandle.WaitOne(WhilePaused))
            Look(run);
    }

    void Look(TrainingRun run)
    {
        while (_sent.TryDequeue(out SteeringCommand? command))
            Obey(command, run);
        if (Stopwatch.GetElapsedTime(_looked) < BetweenLooks)
            return;
        foreach (SteeringCommand command in _queue.Take(problem => run.Warn($"A command was refused. {problem}")))
            Obey(command, run);
        _looked = Stopwatch.GetTimestamp();
    }

    void Obey(SteeringCommand command, TrainingRun run)
    {
        switch (command.Action)
        {
            case SteeringAction.Pause:
                _isPaused = true;
                folder.SetStatus(RunStatus.Paused);
                break;
            case SteeringAction.Resume:
                _isPaused = false;
                folder.SetStatus(RunStatus.Running);
                break;
            case SteeringAction.Checkpoint:
                folder.Checkpoint(run);
                break;
            case SteeringAction.Stop:
                run.Stop(ByHand);
                break;
            default:
                run.RateByHand = command.LearningRate;
                break;
        }
        folder.Note(run, "steering", command.WriteTo);
    }
}
