namespace Hondo.Tuning.Tests;

public sealed class StorageTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("hondo-tuning-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Settings_come_back_as_they_were()
    {
        var settings = new StudySettings
        {
            Seed = ulong.MaxValue,
            Lag = null,
            Directions = [Direction.Maximize, Direction.Minimize],
            Texts = [("model", "{a|\"b\"}")],
            Notes = new Dictionary<string, string> { ["data"] = "é" },
        };
        Assert.Equal(settings.ToJson(), StudySettings.Parse(settings.ToJson()).ToJson());
        Assert.Throws<FormatException>(() => (settings with { Sampler = "guess" }).Check());
        Assert.Throws<FormatException>(() => (settings with { Pruner = "asha(1, 1)" }).Check());
        Assert.Throws<FormatException>(() => (settings with { Trials = 0 }).Check());
    }

    [Fact]
    public void A_file_that_is_no_study_says_so()
    {
        File.WriteAllText(Path.Combine(_folder, "text.db"), new string('x', 5000));
        using var storage = new SqliteStorage(Path.Combine(_folder, "text.db"));
        Assert.Contains("text.db", Assert.Throws<IOException>(() => storage.List()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_could_not_renew_for_a_while_keeps_its_trial_and_who_is_gone_loses_it()
    {
        using SqliteStorage mine = new(Path.Combine(_folder, "s.db")), other = new(Path.Combine(_folder, "s.db"));
        mine.Create("s", new() { Trials = 1, Lease = 0.5 });
        TrialRecord trial = mine.Claim("s", "a").Trial!;
        // All sleep for longer than the lease, and the other one wakes first.
        Thread.Sleep(600);
        Assert.Equal(ClaimKind.Wait, other.Claim("s", "b").Kind);
        Assert.True(mine.Renew("s", trial));
        Thread.Sleep(600);
        Claim claim = other.Claim("s", "b");
        Assert.Equal(ClaimKind.Wait, claim.Kind);
        for (; claim.Kind == ClaimKind.Wait; claim = other.Claim("s", "b"))
            Thread.Sleep(10);
        Assert.Equal((ClaimKind.Again, 0), (claim.Kind, claim.Trial!.Number));
        Assert.False(mine.Renew("s", trial));
    }

    [Theory]
    [InlineData("\"format\":2,", "", "format 1, here 2")]
    [InlineData("\"format\":2,", "\"format\":99,", "format 99, here 2")]
    public void A_study_of_another_version_says_so(string written, string instead, string said)
    {
        string text = new StudySettings().ToJson().Replace(written, instead, StringComparison.Ordinal);
        Assert.Contains(said, Assert.Throws<FormatException>(() => StudySettings.Parse(text)).Message,
            StringComparison.Ordinal);
    }
}
