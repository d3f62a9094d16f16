namespace Hondo.Tests.Kernels;

/// <summary>Counts what an action allocates on all threads once it is warm.</summary>
static class Allocations
{
    /// <summary>Bytes per call. The least of some rounds: the test runner allocates now and then too.</summary>
    public static long Of(Action action)
    {
        const int calls = 50, rounds = 10;
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
