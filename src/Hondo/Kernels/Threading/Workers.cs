using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Hondo.Kernels;

/// <summary>
/// Runs the parts of a job on all cores. A fork and join costs about 0.2 µs and no memory (Parallel.For: 1.5 µs and
/// 1.6 KB), so that work of a few microseconds is worth sharing.
/// </summary>
/// <remarks>
/// Parts are claimed one by one from a 64-bit ticket (generation, groups, next) by compare-and-swap; the caller works
/// too. Idle threads watch the ticket for a moment, then sleep. A job started inside a job, or while another thread's
/// job runs, is done by its caller alone: never a deadlock, always the same result.
/// </remarks>
public static class Workers
{
    const int MostGroups = 0xFFFF;
    const int MostThreads = 1024;

    // Longer than the pause between two kernels of a training step, shorter than anyone's patience for a busy core.
    static readonly long SpinTicks = Stopwatch.Frequency / 5000;
    static readonly Worker[] Pool = new Worker[MostThreads];
    static readonly SemaphoreSlim CallerWakes = new(0);
    static readonly Lock FailureLock = new();

    static Shared _shared;
    static Job? _job;
    static int _groupSize = 1;
    static int _parts;
    static int _started;
    static int _count = Environment.ProcessorCount;
    static int _failedPart = int.MaxValue;
    static ExceptionDispatchInfo? _failure;

    [ThreadStatic]
    static bool _inside;

    /// <summary>
    /// How many threads share a job, the caller among them: at first the number of processors. It may be more than
    /// that (for tests); results never depend on it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1 or above 1024.</exception>
    public static int Count
    {
        get => Volatile.Read(ref _count);
        set
        {
            if (value is < 1 or > MostThreads)
                throw new ArgumentOutOfRangeException(nameof(value),
                    $"Workers.Count was set to {value}, but it is a number of threads between 1 and {MostThreads}.");
            Volatile.Write(ref _count, value);
        }
    }

    /// <summary>True when this thread does by itself alone what it begins.</summary>
    internal static bool IsAlone { get => _inside; set => _inside = value; }

    /// <summary>
    /// Runs <paramref name="job"/>'s parts 0 … <paramref name="parts"/> − 1 and returns when all have ended. When
    /// parts throw, later parts are left out and the exception of the lowest one is thrown here.
    /// </summary>
    public static void Run<TJob>(int parts, in TJob job) where TJob : struct, IJob
    {
        if (parts <= 1 || Count == 1 || _inside || Interlocked.CompareExchange(ref _shared.Busy, 1, 0) != 0)
        {
            RunAlone(parts, job);
            return;
        }
        var holder = Job<TJob>.Only;
        holder.Work = job;
        _inside = true;
        try
        {
            Share(holder, parts);
        }
        finally
        {
            holder.Work = default;
            _inside = false;
            Volatile.Write(ref _shared.Busy, 0);
        }
    }

    static void RunAlone<TJob>(int parts, TJob job) where TJob : struct, IJob
    {
        for (int part = 0; part < parts; part++)
            job.Run(part);
    }

    static void Share(Job job, int parts)
    {
        int groupSize = (parts - 1) / MostGroups + 1;
        int groups = (parts - 1) / groupSize + 1;
        int helpers = Count - 1;
        Start(helpers);
        Volatile.Write(ref _shared.Done, 0);
        _groupSize = groupSize;
        _parts = parts;
        Volatile.Write(ref _job, job);
        long generation = (Volatile.Read(ref _shared.Ticket) >>> 32) + 1;
        Interlocked.Exchange(ref _shared.Ticket, generation << 32 | (long)groups << 16);
        Wake(Math.Min(helpers, groups - 1));
        ClaimParts();
        WaitUntilDone(groups);
        if (_failure is not null)
            ThrowFailure();
    }

    static void Start(int helpers)
    {
        for (; _started < helpers; _started++)
        {
            var worker = Pool[_started] = new Worker(_started, new SemaphoreSlim(0));
            new Thread(worker.Loop) { IsBackground = true, Name = $"Hondo worker {_started + 1}" }.Start();
        }
    }

    static void Wake(int helpers)
    {
        for (int i = 0; i < helpers; i++)
            Pool[i].Wake();
    }

    static void ClaimParts()
    {
        while (true)
        {
            long ticket = Volatile.Read(ref _shared.Ticket);
            // Read after the ticket: should they belong to different jobs, then all groups of the ticket's job are
            // claimed and the compare-and-swap below fails.
            var job = Volatile.Read(ref _job);
            int groups = (int)(ticket >> 16) & 0xFFFF, group = (int)ticket & 0xFFFF;
            if (group >= groups)
                return;
            if (Interlocked.CompareExchange(ref _shared.Ticket, ticket + 1, ticket) != ticket)
                continue;
            RunGroup(job!, group);
            if (Interlocked.Increment(ref _shared.Done) == groups && Volatile.Read(ref _shared.CallerSleeps) == 1
                && Interlocked.Exchange(ref _shared.CallerSleeps, 0) == 1)
                CallerWakes.Release();
        }
    }

    static void RunGroup(Job job, int group)
    {
        int first = group * _groupSize, end = Math.Min(_parts, first + _groupSize);
        for (int part = first; part < end; part++)
        {
            if (part > Volatile.Read(ref _failedPart))
                return;
            try
            {
                job.Run(part);
            }
            catch (Exception exception)
            {
                Fail(part, exception);
            }
        }
    }

    static void Fail(int part, Exception exception)
    {
        lock (FailureLock)
        {
            if (part >= _failedPart)
                return;
            _failure = ExceptionDispatchInfo.Capture(exception);
            Volatile.Write(ref _failedPart, part);
        }
    }

    static void ThrowFailure()
    {
        var failure = _failure!;
        _failure = null;
        _failedPart = int.MaxValue;
        failure.Throw();
    }

    static void WaitUntilDone(int groups)
    {
        long start = Stopwatch.GetTimestamp(), limit = SpinLimit;
        for (int spins = 1; Volatile.Read(ref _shared.Done) != groups; spins++)
        {
            Pause();
            if ((spins & 31) != 0 || Stopwatch.GetTimestamp() - start < limit)
                continue;
            // A late release from the job before may wake this too early: the loop looks again.
            Interlocked.Exchange(ref _shared.CallerSleeps, 1);
            if (Volatile.Read(ref _shared.Done) != groups)
                CallerWakes.Wait();
            Volatile.Write(ref _shared.CallerSleeps, 0);
        }
    }

    // With more threads than processors a spinning thread keeps the one it waits for from running.
    static long SpinLimit => Count > Environment.ProcessorCount ? 0 : SpinTicks;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Pause()
    {
        if (X86Base.IsSupported)
            X86Base.Pause();
        else if (ArmBase.IsSupported)
            ArmBase.Yield();
        else
            Thread.SpinWait(1);
    }

    // Every counter on lines of its own: 128 bytes, because processors fetch lines in pairs.
    [StructLayout(LayoutKind.Explicit, Size = 640)]
    struct Shared
    {
        [FieldOffset(128)]
        public long Ticket;

        [FieldOffset(256)]
        public int Done;

        [FieldOffset(384)]
        public int CallerSleeps;

        [FieldOffset(512)]
        public int Busy;
    }

    abstract class Job
    {
        public abstract void Run(int part);
    }

    sealed class Job<TJob> : Job where TJob : struct, IJob
    {
        public static readonly Job<TJob> Only = new();

        public TJob Work;

        public override void Run(int part) => Work.Run(part);
    }

    sealed class Worker(int index, SemaphoreSlim wakes)
    {
        int _sleeps;

        public void Loop()
        {
            _inside = true;
            for (long seen = 0; ; seen = WaitForOther(seen))
            {
                if (index < Count - 1)
                    ClaimParts();
            }
        }

        public void Wake()
        {
            if (Volatile.Read(ref _sleeps) == 1 && Interlocked.Exchange(ref _sleeps, 0) == 1)
                wakes.Release();
        }

        long WaitForOther(long seen)
        {
            long start = Stopwatch.GetTimestamp();
            for (int spins = 1; ; spins++)
            {
                long generation = Generation;
                if (generation != seen)
                    return generation;
                Pause();
                if ((spins & 31) != 0)
                    continue;
                if (Stopwatch.GetTimestamp() - start < SpinLimit && index < Count - 1)
                    continue;
                Sleep(seen);
                start = Stopwatch.GetTimestamp();
            }
        }

        // The flag goes up before the last look at the ticket, and the caller looks at the flag after it wrote the
        // ticket: one of the two sees the other.
        void Sleep(long seen)
        {
            Interlocked.Exchange(ref _sleeps, 1);
            if (Generation == seen || Interlocked.Exchange(ref _sleeps, 0) == 0)
                wakes.Wait();
        }

        static long Generation => Volatile.Read(ref _shared.Ticket) >>> 32;
    }
}

/// <summary>
/// Work that falls into independent parts. Implement it as a struct; the parts run in any order and on any thread, so
/// a part may write only what no other part reads or writes.
/// </summary>
public interface IJob
{
    /// <summary>Does part number <paramref name="part"/> of the work.</summary>
    void Run(int part);
}
