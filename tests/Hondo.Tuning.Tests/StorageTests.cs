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
