using System.Diagnostics;
using Hondo.Tuning;

namespace Hondo.Torture;

/// <summary>
/// Workers of a study are killed and stopped at random times, and its server is restarted: no trial is lost or counted
/// twice, none is taken from a worker that lives, and every value is the same as of one worker that nobody disturbs.
/// </summary>
static class Studies
{
    const int Lanes = 3;
    const double Lease = 2;

    public static int Run(int kills) => RunIn(null, kills, 0);

    public static int RunPostgres(int restarts)
    {
        using var server = new TemporaryPostgres();
        return RunIn(server, 5 * restarts, restarts);
    }

    static int RunIn(TemporaryPostgres? server, int kills, int restarts)
    {
        using var scratch = new Scratch();
        StudySettings settings = new() { Trials = 60 + 2 * kills, Lag = 4, Lease = Lease, Pruner = "asha" };
        using var quiet = new SqliteStorage(scratch["quiet.db"]);
        Study alone = Study.OpenOrCreate(quiet, "torture", settings);
        alone.RunAsync((trial, token) => ObjectiveAsync(trial, slow: 0, token)).GetAwaiter().GetResult();
        string place = server?.Address ?? scratch["study.db"];
        using IStudyStorage storage = StudyStorage.Open(place);
        Study study = Study.OpenOrCreate(storage, "torture", settings);
        (int killed, int stopped, int restarted) = Disturb(place, server, kills, restarts);
        IReadOnlyList<TrialRecord> trials = study.Trials;
        int lost = settings.Trials - trials.Count(trial => trial.IsFinished);
        int twice = trials.Count - trials.Select(trial => trial.Number).Distinct().Count();
        bool isEqual = Fingerprint(alone) == Fingerprint(study);
        long again = trials.Sum(trial => trial.Fence - 1);
        Console.WriteLine($"kills={killed} stops={stopped} restarts={restarted} trials={trials.Count} "
            + $"taken-again={again} lost={lost} twice={twice} equal={isEqual}");
        return lost == 0 && twice == 0 && isEqual ? 0 : 1;
    }

    static (int Killed, int Stopped, int Restarted) Disturb(string place, TemporaryPostgres? server, int kills,
        int restarts)
    {
        var random = new Random(1);
        (int killed, int stopped, int restarted) = (0, 0, 0);
        Process[] workers = [.. Enumerable.Range(0, Lanes).Select(_ => Start(place))];
        for (int victim; killed < kills && !workers[victim = random.Next(Lanes)].HasExited;)
        {
            Thread.Sleep(random.Next(50, 400));
            if (random.Next(20) == 0)
            {
                // Longer than its lease: another one takes its trial, and its late writes are refused.
                Signal(workers[victim], "STOP");
                Thread.Sleep((int)(3000 * Lease));
                Signal(workers[victim], "CONT");
                stopped++;
                continue;
            }
            if (restarted < restarts && random.Next(5) == 0)
            {
                server!.Restart();
                restarted++;
            }
            workers[victim].Kill();
            workers[victim].WaitForExit();
            killed++;
            workers[victim] = Start(place);
        }
        for (; restarted < restarts; restarted++)
        {
            server!.Restart();
            Thread.Sleep(200);
        }
        foreach (Process worker in workers)
            using (worker)
                worker.WaitForExit();
        return (killed, stopped, restarted);
    }

    static Process Start(string place) => Process.Start(new ProcessStartInfo("dotnet",
        [typeof(Studies).Assembly.Location, "study-worker", place]))!;

    static void Signal(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        kill.WaitForExit();
    }

    public static int Work(string place)
    {
        using IStudyStorage storage = StudyStorage.Open(place);
        Study.Open(storage, "torture").RunAsync((trial, token) => ObjectiveAsync(trial, slow: 3, token)).GetAwaiter()
            .GetResult();
        return 0;
    }

    static async Task<double> ObjectiveAsync(Trial trial, int slow, CancellationToken cancellation)
    {
        double x = trial.Float("x", -5, 5), y = trial.LogFloat("y", 1e-3, 1);
        double loss = x * x + Math.Abs(Math.Log10(y) + 1) + (trial.Choice("kind", "a", "b") == "a" ? 0 : 1);
        for (int step = 1; step <= 9; step++)
        {
            if (slow > 0)
                await Task.Delay(Random.Shared.Next(slow), cancellation);
            trial.Report(step, loss + trial.Random.Uniform(step) / step);
            trial.ThrowIfPruned();
        }
        return loss;
    }

    static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);

    static string Fingerprint(Study study) => string.Join('\n', study.Trials.Select(trial =>
        $"{trial.Number} {trial.State} {string.Join(' ', trial.Parameters.Select(one => Bits(one.Value)))} "
        + $"{string.Join(' ', trial.Values.Select(Bits))} "
        + string.Join(' ', trial.Points.Select(point => $"{point.Step}:{Bits(point.Value)}"))));
}
