using Hondo.Training;

namespace Hondo.Tests.Training;

/// <summary>Counts the bytes that the training thread allocates after a step, from its third on.</summary>
/// <param name="from">After which step.</param>
sealed class AllocationCounter(int from = 2) : Callback
{
    long _start;

    public long Bytes { get; private set; }

    public long Steps { get; private set; }

    protected internal override void OnStepEnd(TrainingRun run)
    {
        if (run.Step == from)
            _start = GC.GetAllocatedBytesForCurrentThread();
        if (run.Step <= from)
            return;
        Steps++;
        Bytes = GC.GetAllocatedBytesForCurrentThread() - _start;
    }
}
