using System.Collections.Concurrent;
using System.Diagnostics;

namespace Hondo.Torture;

/// <summary>Kills and stops workers, and restarts their server.</summary>
sealed class Disturbance(string place, TemporaryPostgres? server, double lease)
{
    const int Lanes = 3;

    readonly HashSet<int> _disturbed = [];
    readonly ConcurrentDictionary<int, bool> _begun = [];
    int _refused;

    public int Kills { get; private set; }

    public int Stops { get; private set; }

    public int Restarts { get; private set; }

    public int Refused => _refused;

    /// <summary>The processes that were killed or stopped.</summary>
    public IReadOnlySet<int> Disturbed => _disturbed;

    public void Run(int kills, int restarts)
    {
        var random = new Random(1);
        Process[] workers = [.. Enumerable.Range(0, Lanes).Select(_ => Start())];
        while (Kills < kills && Next(workers, random) is { } lane)
        {
            if (Restarts < restarts && random.Next(5) == 0)
                Restart();
            _disturbed.Add(workers[lane].Id);
            if (random.Next(20) == 0)
                Stop(workers[lane]);
            else
                workers[lane] = Kill(workers[lane]);
        }
        while (Restarts < restarts)
            Restart();
        foreach (Process worker in workers)
            using (worker)
                worker.WaitForExit();
    }

    // One that is at work, somewhere in a trial; null when all have ended.
    int? Next(Process[] workers, Random random)
    {
        while (true)
        {
            Thread.Sleep(random.Next(5, 100));
            int lane = random.Next(Lanes);
            if (Array.TrueForAll(workers, worker => worker.HasExited))
                return null;
            if (!workers[lane].HasExited && _begun.ContainsKey(workers[lane].Id))
                return lane;
        }
    }

    void Restart()
    {
        server!.Restart();
        Restarts++;
    }

    // Longer than its lease: another one takes its trial, and its late writes are refused.
    void Stop(Process worker)
    {
        Signal(worker, "STOP");
        Thread.Sleep((int)(3000 * lease));
        Signal(worker, "CONT");
        Stops++;
    }

    Process Kill(Process worker)
    {
        using (worker)
        {
            worker.Kill();
            worker.WaitForExit();
        }
        Kills++;
        return Start();
    }

    Process Start()
    {
        string[] words = [typeof(Studies).Assembly.Location, "study-worker", place];
        Process worker = Process.Start(new ProcessStartInfo("dotnet", words) { RedirectStandardOutput = true })!;
        int id = worker.Id;
        worker.OutputDataReceived += (_, said) =>
        {
            if (said.Data == "refused")
                Interlocked.Increment(ref _refused);
            else if (said.Data == "began")
                _begun[id] = true;
        };
        worker.BeginOutputReadLine();
        return worker;
    }

    static void Signal(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        kill.WaitForExit();
    }
}
