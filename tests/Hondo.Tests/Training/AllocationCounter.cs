using Hondo.Training;

namespace Hondo.Tests.Training;

/// <summary>Counts the bytes that the training thread allocates from its third step on.</summary>
sealed class AllocationCounter : Callback
{
    long _start;

    public long Bytes { get; private set; }

    public long Steps { get; private set; }

    protected internal override void OnStepEnd(TrainingRun run)
    {
        if (run.Step == 2)
            _start = GC.GetAllocatedBytesForCurrentThread();
        if (run.Step <= 2)
            return;
        Steps++;
        Bytes = GC.GetAllocatedBytesForCurrentThread() - _start;
    }
}
