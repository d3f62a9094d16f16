using Hondo.Serialization;
using Hondo.Training;

namespace Hondo.Tests.Training;

/// <summary>Writes a checkpoint after a step and breaks the run off there, as a crash would.</summary>
sealed class StopAt(long step, CheckpointFolder folder, CancellationTokenSource source) : Callback
{
    protected internal override void OnStepEnd(TrainingRun run)
    {
        if (run.Step != step)
            return;
        RunCheckpoint.Write(folder, run);
        source.Cancel();
    }
}
