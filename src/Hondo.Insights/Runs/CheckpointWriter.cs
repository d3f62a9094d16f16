using System.Diagnostics;

namespace Hondo.Insights;

/// <summary>
/// Writes the checkpoints of a training beside it, one at a time: the training copies its numbers between two steps,
/// and another thread waits for the disk.
/// </summary>
sealed class CheckpointWriter(CheckpointFolder folder, ModelCard card)
{
    // What a checkpoint takes of the machine is a hundredth of the time at most.
    const int LeastTimes = 100;

    static readonly TimeSpan BetweenSaves = TimeSpan.FromSeconds(5);

    Task? _writing;
    long _began = Stopwatch.GetTimestamp();
    TimeSpan _took;
    bool _isProven;

    /// <summary>True when the last one is so recent that the end of an epoch needs none.</summary>
    public bool IsRecent => Stopwatch.GetElapsedTime(_began) is var since
        && (since < BetweenSaves || since < LeastTimes * _took);

    /// <summary>Makes the folder, and removes what was interrupted.</summary>
    /// <param name="isProven">False when a place that cannot hold the first checkpoint ends the training.</param>
    public void Prepare(bool isProven)
    {
        _isProven = isProven;
        DurableFolder.Create(folder.Path);
        folder.RemoveUnfinished();
    }

    /// <summary>Begins a checkpoint of the training as it is now.</summary>
    /// <param name="run">The training, between two steps.</param>
    /// <param name="attempt">Bears what the disk says.</param>
    /// <param name="before">What the other thread does first.</param>
    public void Begin(TrainingRun run, Action<Action> attempt, params Action[] before)
    {
        Settle(waits: true, attempt);
        _began = Stopwatch.GetTimestamp();
        attempt(() =>
        {
            Action<CheckpointFolder> write = RunCheckpoint.Copy(run, card);
            _writing = Task.Run(() =>
            {
                Array.ForEach(before, act => act());
                write(folder);
                _took = Stopwatch.GetElapsedTime(_began);
            });
        });
    }

    /// <summary>Writes one now, and waits for it.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(TrainingRun run, Action<Action> attempt, Action before)
    {
        Settle(waits: true, attempt);
        before();
        RunCheckpoint.Write(folder, run, card);
    }

    /// <summary>Removes older checkpoints; says how many.</summary>
    public int MakeRoom(Action<Action> attempt)
    {
        Settle(waits: true, attempt);
        return folder.RemoveAllButNewest();
    }

    /// <summary>Tells what became of the checkpoint that is written, or was.</summary>
    /// <param name="waits">True to wait for it.</param>
    /// <param name="attempt">Bears what the disk says.</param>
    /// <exception cref="IOException">It is the first of a new run, and cannot be written.</exception>
    public void Settle(bool waits, Action<Action> attempt)
    {
        if (_writing is not { } writing || !(waits || writing.IsCompleted))
            return;
        _writing = null;
        if (_isProven)
            attempt(writing.GetAwaiter().GetResult);
        else
            writing.GetAwaiter().GetResult();
        _isProven = true;
    }

    /// <summary>Waits for a training that failed: it tells why by its own error.</summary>
    public void Abandon() => _writing?.ContinueWith(static _ => { }, TaskScheduler.Default).Wait();
}
