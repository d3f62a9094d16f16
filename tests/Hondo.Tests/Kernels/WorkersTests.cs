using System.Diagnostics;
using Hondo.Kernels;
using Xunit.Abstractions;

namespace Hondo.Tests.Kernels;

/// <summary>Tests that change Workers.Count take turns.</summary>
[CollectionDefinition(nameof(WorkersTests), DisableParallelization = true)]
[Collection(nameof(WorkersTests))]
public sealed class WorkersTests(ITestOutputHelper output) : IDisposable
{
    readonly int _count = Workers.Count;

    public void Dispose() => Workers.Count = _count;

    readonly struct Count(int[] hits) : IJob
    {
        public void Run(int part) => Interlocked.Increment(ref hits[part]);
    }

    readonly struct Nest(int[] hits) : IJob
    {
        public void Run(int part) => Workers.Run(3, new Add(hits, part));
    }

    readonly struct Add(int[] hits, int slot) : IJob
    {
        public void Run(int part) => Interlocked.Add(ref hits[slot], 1 << 8 * part);
    }

    readonly struct FailFrom(int first, int[] hits) : IJob
    {
        public void Run(int part)
        {
            Interlocked.Increment(ref hits[part]);
            if (part >= first)
                throw new InvalidOperationException($"part {part}");
        }
    }

    readonly struct Spin(long[] sums) : IJob
    {
        public void Run(int part)
        {
            for (int i = 0; i < part % 7 * 20; i++)
                sums[part] += i;
            sums[part]++;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(16)]
    public void Every_part_runs_exactly_once(int threads)
    {
        Workers.Count = threads;
        foreach (int parts in (int[])[0, 1, 2, 3, 17, 1000, 65_535, 65_536, 200_001])
        {
            var hits = new int[parts];
            Workers.Run(parts, new Count(hits));
            Assert.All(hits.Distinct(), hit => Assert.Equal(1, hit));
        }
    }

    [Fact]
    public void A_job_inside_a_job_runs_in_place()
    {
        Workers.Count = 4;
        var hits = new int[500];
        Workers.Run(hits.Length, new Nest(hits));
        Assert.Equal([0x010101], hits.Distinct());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void The_exception_of_the_lowest_part_reaches_the_caller_after_all_parts_ended(int threads)
    {
        Workers.Count = threads;
        for (int round = 0; round < 200; round++)
        {
            var hits = new int[100];
            var error = Assert.Throws<InvalidOperationException>(() => Workers.Run(100, new FailFrom(30, hits)));
            Assert.Equal("part 30", error.Message);
            Assert.Contains(nameof(FailFrom), error.StackTrace, StringComparison.Ordinal);
            Assert.All(hits[..31], hit => Assert.Equal(1, hit));
            int before = hits.Sum();
            Workers.Run(100, new Count(new int[100]));
            Assert.Equal(before, hits.Sum());
        }
    }

    [Fact]
    public void Callers_on_different_threads_do_not_disturb_each_other()
    {
        Workers.Count = 3;
        var totals = new long[4];
        var callers = Enumerable.Range(0, 4).Select(i => new Thread(() => totals[i] = CountRounds(2000, 10))).ToList();
        callers.ForEach(caller => caller.Start());
        callers.ForEach(caller => caller.Join());
        Assert.Equal([20_000, 20_000, 20_000, 20_000], totals);
    }

    static long CountRounds(int rounds, int parts)
    {
        var hits = new int[parts];
        for (int round = 0; round < rounds; round++)
            Workers.Run(parts, new Count(hits));
        return hits.Sum();
    }

    [Fact]
    public void A_fork_allocates_nothing_even_when_it_wakes_a_thread()
    {
        Workers.Count = 2;
        var hits = new int[8];
        Assert.Equal(0, Allocations.Of(() => Workers.Run(8, new Count(hits))));
        Assert.Equal(0, Allocations.Of(WakeAndRun));

        void WakeAndRun()
        {
            Thread.Sleep(1);
            Workers.Run(8, new Count(hits));
        }
    }

    /// <summary>HONDO_STRESS_JOBS=1000000 for the long form.</summary>
    [Fact]
    public void Many_jobs_of_random_size_on_1_to_16_threads_lose_nothing()
    {
        int jobs = int.Parse(Environment.GetEnvironmentVariable("HONDO_STRESS_JOBS") ?? "32000", null) / 16;
        var random = new Random(1);
        var clock = Stopwatch.StartNew();
        long parts = 0, nested = 0, failed = 0, wrong = 0;
        for (int threads = 1; threads <= 16; threads++)
        {
            Workers.Count = threads;
            for (int job = 0; job < jobs; job++)
            {
                int size = random.Next(40);
                parts += size;
                switch (random.Next(16))
                {
                    case 0:
                        wrong += WrongOfNested(size);
                        nested++;
                        break;
                    case 1:
                        wrong += WrongOfFailing(size);
                        failed++;
                        break;
                    default:
                        wrong += WrongOfPlain(size);
                        break;
                }
            }
        }
        output.WriteLine($"{16 * jobs} jobs on 1 to 16 threads, {parts} parts, {nested} nested, {failed} failing: "
            + $"{wrong} wrong, {clock.Elapsed.TotalSeconds:F2} s");
        Assert.Equal(0, wrong);
    }

    static int WrongOfPlain(int size)
    {
        var sums = new long[size];
        Workers.Run(size, new Spin(sums));
        int wrong = 0;
        for (int part = 0; part < size; part++)
        {
            long n = part % 7 * 20;
            if (sums[part] != n * (n - 1) / 2 + 1)
                wrong++;
        }
        return wrong;
    }

    static int WrongOfNested(int size)
    {
        var hits = new int[size];
        Workers.Run(size, new Nest(hits));
        return hits.Count(hit => hit != 0x010101);
    }

    static int WrongOfFailing(int size)
    {
        var hits = new int[size];
        int first = size / 2;
        try
        {
            Workers.Run(size, new FailFrom(first, hits));
            return size;
        }
        catch (InvalidOperationException error)
        {
            return error.Message == $"part {first}" && hits[..first].All(hit => hit == 1) ? 0 : 1;
        }
    }

    [Fact]
    public void A_count_below_one_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Workers.Count = 0);
}
