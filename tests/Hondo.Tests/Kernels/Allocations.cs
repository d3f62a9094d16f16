namespace Hondo.Tests.Kernels;

/// <summary>Counts what an action allocates on all threads once it is warm.</summary>
static class Allocations
{
    /// <summary>Bytes per call. The least of many short rounds: the test runner allocates now and then too.</summary>
    public static long Of(Action action)
    {
        const int calls = 5, rounds = 100;
        long least = long.MaxValue;
        for (int round = 0; round < rounds; round++)
        {
            long before = GC.GetTotalAllocatedBytes(true);
            for (int i = 0; i < calls; i++)
                action();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(true) - before);
        }
        return least / calls;
    }
}
