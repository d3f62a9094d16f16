using System.Data.Common;
using Hondo.Tuning;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Hondo.Torture;

/// <summary>
/// Workers of a study are killed and stopped at random times, and its server is restarted: no trial is lost or counted
/// twice, none is taken from a worker that lives, late writes are refused, and every value is the same as of one worker
/// that nobody disturbs. Triggers of the database write down who took and who ended what.
/// </summary>
static class Studies
{
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
        StudySettings settings = new() { Trials = 40 + 10 * kills, Lag = 8, Lease = Lease, Pruner = "asha" };
        string alone = InPeace(settings, workers: 1);
        int[] others = [2, 4, 8];
        bool isSame = Array.TrueForAll(others, workers => InPeace(settings, workers) == alone);
        Console.WriteLine($"trials={settings.Trials} workers=1,{string.Join(',', others)} same-bits={isSame}");
        string place = server?.Address ?? scratch["study.db"];
        using IStudyStorage storage = StudyStorage.Open(place);
        Study study = Study.OpenOrCreate(storage, "torture", settings);
        Func<DbConnection> connect = server is null ? () => new SqliteConnection($"Data Source={place};Pooling=False")
            : () => new NpgsqlConnection($"{server.Connection};Pooling=False");
        Witness.Begin(connect, isSqlite: server is null);
        var disturbance = new Disturbance(place, server, Lease);
        disturbance.Run(kills, restarts);
        IReadOnlyList<TrialRecord> trials = study.Trials;
        int lost = settings.Trials - trials.Count(trial => trial.IsFinished);
        IReadOnlyList<(int Number, int Process, bool IsEnd)> seen = Witness.Read(connect);
        int twice = seen.Where(one => one.IsEnd).GroupBy(one => one.Number).Sum(ends => ends.Count() - 1);
        int again = seen.Count(one => !one.IsEnd) - trials.Count;
        int stolen = Stolen(seen, disturbance.Disturbed);
        bool isEqual = alone == Fingerprint(study);
        Console.WriteLine($"kills={disturbance.Kills} stops={disturbance.Stops} restarts={disturbance.Restarts} "
            + $"trials={trials.Count} taken-again={again} refused={disturbance.Refused} stolen={stolen} lost={lost} "
            + $"twice={twice} equal={isEqual}");
        return disturbance.Kills == kills && lost == 0 && twice == 0 && stolen == 0 && isEqual && isSame ? 0 : 1;
    }

    static string InPeace(StudySettings settings, int workers)
    {
        using var quiet = new SqliteStorage(":memory:");
        Study study = Study.OpenOrCreate(quiet, "torture", settings);
        study.RunAsync((trial, token) => ObjectiveAsync(trial, slow: 0, token), workers).GetAwaiter().GetResult();
        return Fingerprint(study);
    }

    // A trial that somebody took again though its last holder was neither killed nor stopped.
    static int Stolen(IReadOnlyList<(int Number, int Process, bool IsEnd)> seen, IReadOnlySet<int> disturbed) =>
        seen.Where(one => !one.IsEnd).GroupBy(one => one.Number)
            .Sum(takers => takers.SkipLast(1).Count(taker => !disturbed.Contains(taker.Process)));

    public static int Work(string place)
    {
        using IStudyStorage storage = StudyStorage.Open(place);
        Study.Open(storage, "torture").RunAsync(async (trial, token) =>
        {
            Console.WriteLine("began");
            try
            {
                return await ObjectiveAsync(trial, slow: 60, token);
            }
            catch (OperationCanceledException)
            {
                // Nobody asks a worker here to end: it was told that the trial is not its any more.
                Console.WriteLine("refused");
                throw;
            }
        }).GetAwaiter().GetResult();
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
