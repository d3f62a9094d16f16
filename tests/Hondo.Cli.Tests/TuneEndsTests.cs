using System.Diagnostics;
using System.Text.Json;
using Hondo.Tuning;

namespace Hondo.Cli.Tests;

/// <summary>How searches end that do not come to their end, and studies that cannot go on.</summary>
public sealed class TuneEndsTests : IDisposable
{
    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    string[] Line(string name, params string[] more) => LineOf(name, 1, more);

    string[] LineOf(string name, int workers, params string[] more) => ["tune", "iris", "--split", "60/20/20",
        "--epochs", "5",
        "--model", "mlp(hidden: [{int log 4..32}], dropout: 0)", "--optimizer", "Adam(learningRate: {log 1e-3..1e-1})",
        "--trials", "8", "--confirm", "2", "--workers", $"{workers}", "--json", "--quiet", "--study",
            _shell.Path($"{name}.db"),
        "--runs", _shell.Path($"{name}.runs"), .. more];

    [Fact]
    public async Task A_search_that_is_asked_to_end_says_how_to_go_on()
    {
        using Process search = Process.Start(new ProcessStartInfo("dotnet",
            [typeof(CommandLine).Assembly.Location, .. LineOf("asked", 2)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        // A trial is finished, and others are under way.
        await search.StandardOutput.ReadLineAsync();
        using Process kill = Process.Start("kill", ["-TERM", $"{search.Id}"]);
        string said = await search.StandardError.ReadToEndAsync();
        await search.WaitForExitAsync();
        Assert.Equal(143, search.ExitCode);
        Assert.Contains("Go on with: hondo tune --study", said, StringComparison.Ordinal);
        Answer answer = _shell.Run("tune", "--study", _shell.Path("asked.db"), "--workers", "1", "--json", "--quiet");
        Assert.Equal((0, ""), (answer.Code, answer.Error));
        JsonElement result = JsonDocument.Parse(answer.Lines[^1]).RootElement;
        Assert.Equal((14, 0), (result.GetProperty("trials").GetInt32(), result.GetProperty("failed").GetInt32()));
    }

    [MountFact]
    public void A_full_disk_ends_a_search_with_one_line()
    {
        string[] line = [.. Line("full").TakeWhile(word => word != "--study"), "--study"];
        using SmallDisk disk = SmallDisk.Mount(_shell.Path("disk"), kilobytes: 160);
        string study = Path.Combine(disk.Folder, "full.db");
        Answer answer = _shell.Run([.. line, study, "--runs", _shell.Path("full.runs")]);
        Assert.Equal(1, answer.Code);
        Assert.Contains("full.db cannot be read or written", answer.Error, StringComparison.Ordinal);
        Assert.Single(answer.Error.Trim().Split('\n'));
    }

    [Fact]
    public void A_study_of_another_version_is_refused_and_hides_no_other()
    {
        Assert.Equal(0, _shell.Run(Line("folder/good", "--pruner", "none")).Code);
        using (var storage = new SqliteStorage(_shell.Path("folder/old.db")))
            storage.Create("old", new());
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection(
            $"Data Source={_shell.Path("folder/old.db")};Pooling=False"))
        {
            connection.Open();
            using Microsoft.Data.Sqlite.SqliteCommand command = connection.CreateCommand();
            command.CommandText = "UPDATE study SET settings = '{\"format\": 1}'";
            Assert.Equal(1, command.ExecuteNonQuery());
        }
        foreach (string[] line in (string[][])[["studies", "show"], ["tune", "--study"]])
        {
            Answer answer = _shell.Run([.. line, _shell.Path("folder/old.db")]);
            Assert.NotEqual(0, answer.Code);
            Assert.Contains("begun by another version of Hondo", answer.Error, StringComparison.Ordinal);
        }
        Answer list = _shell.Run("studies", "list", _shell.Path("folder"));
        Assert.Contains("good.db", list.Out, StringComparison.Ordinal);
        Assert.Contains("old.db: The study was begun by another version", list.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_diagnosis_gives_up_ends_early_and_says_why()
    {
        string[] line = ["tune", "digits", "--model", "softmax", "--epochs", "8", "--trials", "3", "--sampler", "grid",
            "--pruner", "none", "--confirm", "0", "--workers", "1", "--augment", "", "--quiet", "--optimizer",
            "Sgd(learningRate: {0.1|1e-9|1e30})", "--runs"];
        string[] Findings(string name, params string[] more)
        {
            Answer answer = _shell.Run([.. line, _shell.Path($"{name}.runs"), "--study", _shell.Path($"{name}.db"),
                .. more]);
            Assert.True(answer.Code == 0, answer.Error);
            using var storage = new SqliteStorage(_shell.Path($"{name}.db"));
            return [.. storage.Trials("digits").Select(trial => $"{trial.State} {trial.Points.Count} "
                + trial.Notes.GetValueOrDefault("finding"))];
        }
        string[] found = Findings("on");
        Assert.Equal("Complete 8 ", found[0]);
        Assert.Matches("^Pruned [1-7] learning-rate-too-low$", found[1]);
        Assert.Matches("^Pruned [01] (not-finite|divergence)$", found[2]);
        Assert.Equal("Complete 8 ", Findings("off", "--diagnosis", "off")[1]);
    }
}
