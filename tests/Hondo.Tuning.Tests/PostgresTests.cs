using Hondo.Torture;

namespace Hondo.Tuning.Tests;

public sealed class PostgresTests
{
    [PostgresFact]
    public async Task PostgreSQL_gives_the_same_bits_as_a_file_and_survives_restarts()
    {
        using var server = new TemporaryPostgres();
        string folder = Directory.CreateTempSubdirectory("hondo-tuning-").FullName;
        StudySettings settings = new() { Trials = 40, Lag = 4, Pruner = "median" };
        using (var file = new SqliteStorage(Path.Combine(folder, "s.db")))
        using (var database = new PostgresStorage(server.Address))
        using (var other = new PostgresStorage(server.Address))
        {
            Study expected = Study.OpenOrCreate(file, "s", settings);
            await expected.RunAsync(CourseAsync, 2);
            Study study = Study.OpenOrCreate(database, "s", settings);
            Task one = study.RunAsync(CourseAsync, 2), two = Study.Open(other, "s").RunAsync(CourseAsync, 2);
            server.Restart();
            server.Restart();
            await Task.WhenAll(one, two);
            Assert.Equal(TestStudies.Fingerprint(expected), TestStudies.Fingerprint(study));
            Assert.Equal(["s"], database.List().Select(summary => summary.Name));
        }
        Directory.Delete(folder, recursive: true);
    }

    static async Task<double> CourseAsync(Trial trial, CancellationToken cancellation)
    {
        double loss = TestStudies.Bowl(trial);
        for (int step = 1; step <= 5; step++)
        {
            await Task.Delay(2, cancellation);
            trial.Report(step, loss / step);
            trial.ThrowIfPruned();
        }
        return loss;
    }

    [PostgresFact]
    public void A_late_write_is_refused_and_hostile_names_come_back()
    {
        using var server = new TemporaryPostgres();
        using var storage = new PostgresStorage(server.Address);
        const string Name = "'; DROP TABLE trial; -- \" é";
        Assert.True(storage.Create(Name, new() { Trials = 1 }));
        TrialRecord first = storage.Claim(Name, "a").Trial!;
        Assert.Equal(ClaimKind.Wait, storage.Claim(Name, "b").Kind);
        storage.Release(Name, "a");
        TrialRecord again = storage.Claim(Name, "b").Trial!;
        Assert.False(storage.Finish(Name, first, new(TrialState.Complete, [], [9], 0)));
        Assert.True(storage.Finish(Name, again, new(TrialState.Complete, [], [1], 0)));
        Assert.Equal(1.0, Assert.Single(storage.Trials(Name)).Values[0]);
        Assert.Equal(ClaimKind.Done, storage.Claim(Name, "b").Kind);
    }

    [Theory]
    [InlineData("postgres://")]
    [InlineData("postgres://host")]
    public void An_address_without_a_database_is_refused(string address) =>
        Assert.Throws<FormatException>(() => new PostgresStorage(address));
}

/// <summary>A test that needs PostgreSQL; elsewhere it is skipped.</summary>
sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute()
    {
        if (!TemporaryPostgres.IsInstalled)
            Skip = "PostgreSQL is not installed";
    }
}
