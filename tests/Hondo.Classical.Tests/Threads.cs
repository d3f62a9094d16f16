using Hondo.Kernels;

namespace Hondo.Classical.Tests;

static class Threads
{
    /// <summary>The results of some work on one thread and on four.</summary>
    public static (T One, T Four) Both<T>(Func<T> work)
    {
        int before = Workers.Count;
        try
        {
            Workers.Count = 1;
            T one = work();
            Workers.Count = 4;
            return (one, work());
        }
        finally
        {
            Workers.Count = before;
        }
    }
}
