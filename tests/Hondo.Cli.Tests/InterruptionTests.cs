using System.Diagnostics;

namespace Hondo.Cli.Tests;

public sealed class InterruptionTests
{
    // Reading a large table looks at no token: it is left behind.
    [Fact]
    public void What_looks_at_no_token_is_left_behind()
    {
        using var stop = new CancellationTokenSource(50);
        using var interruption = new Interruption(stop.Token);
        using var never = new ManualResetEventSlim();
        long start = Stopwatch.GetTimestamp();
        Assert.ThrowsAny<OperationCanceledException>(() => interruption.Run(() =>
        {
            never.Wait();
            return 0;
        }));
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 20);
        never.Set();
    }

    [Fact]
    public void An_error_comes_out_as_it_is()
    {
        using var interruption = new Interruption();
        Assert.Throws<FormatException>(() => interruption.Run<int>(() => throw new FormatException("as it is")));
        Assert.Equal(3, interruption.Run(() => 3));
    }
}
