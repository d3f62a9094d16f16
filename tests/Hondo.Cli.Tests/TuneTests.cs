using System.Diagnostics;
using System.Text.Json;

namespace Hondo.Cli.Tests;

public sealed class TuneTests : IDisposable
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
    public void A_search_finds_a_model_confirms_it_and_looks_at_the_test_part_once()
    {
        Answer answer = _shell.Run(Line("a"));
        Assert.Equal((0, ""), (answer.Code, answer.Error));
        JsonElement result = JsonDocument.Parse(answer.Lines[^1]).RootElement;
        Assert.Equal("result", result.GetProperty("event").GetString());
        Assert.Equal(8 + 2 * 3, result.GetProperty("trials").GetInt32());
        Assert.True(File.Exists(Path.Combine(result.GetProperty("run").GetString()!, "checkpoints",
            "best.safetensors")));
        Assert.True(result.GetProperty("test").TryGetProperty("accuracy", out _));
        Assert.Contains(result.GetProperty("advice").EnumerateArray(), one =>
            one.GetString()!.Contains("usual settings", StringComparison.Ordinal));
        Assert.StartsWith("hondo train iris --model \"mlp(hidden: [", result.GetProperty("command").GetString()!,
            StringComparison.Ordinal);
        // The same again changes nothing.
        JsonElement again = JsonDocument.Parse(_shell.Run(Line("a")).Lines[^1]).RootElement;
        Assert.Equal($"{result}", $"{again}");
        Assert.Contains("14/8", _shell.Run("studies", "list", _shell.Path("a.db")).Out, StringComparison.Ordinal);
        foreach (string kind in (string[])["csv", "json", "html"])
            Assert.Equal(0, _shell.Run("studies", "export", _shell.Path("a.db"), "--to",
                _shell.Path($"a.{kind}")).Code);
        Assert.Equal(15, File.ReadAllLines(_shell.Path("a.csv")).Length);
        Assert.Contains("best: trial", _shell.Run("studies", "show", _shell.Path("a.db")).Out,
            StringComparison.Ordinal);
        Assert.Equal(0, _shell.Run("studies", "delete", _shell.Path("a.db")).Code);
    }

    [Fact]
    public void Workers_in_processes_that_are_killed_find_the_same_to_the_bit()
    {
        JsonElement expected = Best(_shell.Run(Line("one")).Lines[^1]);
        using Process search = Process.Start(new ProcessStartInfo("dotnet",
            [typeof(CommandLine).Assembly.Location, .. LineOf("two", 2)])
        {
            RedirectStandardOutput = true,
        })!;
        // The process that started them is killed too: the same command goes on.
        Thread.Sleep(2500);
        search.Kill();
        search.WaitForExit();
        Thread.Sleep(1000);
        Answer answer = _shell.Run(LineOf("two", 2));
        Assert.True(answer.Code == 0, answer.Error);
        Assert.Equal($"{expected}", $"{Best(answer.Lines[^1])}");
    }

    [Fact]
    public void Pictures_that_training_leaves_as_they_are_are_tried_with_changes_too()
    {
        string[] line = ["tune", "digits", "--model", "mlp(hidden: [{int 4..8}])", "--epochs", "1", "--trials", "4",
            "--sampler", "grid", "--pruner", "none", "--confirm", "0", "--workers", "1", "--study"];
        Answer answer = _shell.Run([.. line, _shell.Path("open.db"), "--runs", _shell.Path("open.runs")]);
        Assert.True(answer.Code == 0, answer.Error);
        Assert.Contains("--augment was left out and is searched too: {|Shift(1), Rotate(5), Scale(0.05), Shear(4)|"
            + "Shift(2), Rotate(10)", answer.Error + answer.Out, StringComparison.Ordinal);
        Assert.Contains("Shift(1)", File.ReadAllText(_shell.Path("open.runs/trial-0001/config.json")),
            StringComparison.Ordinal);
        answer = _shell.Run([.. line, _shell.Path("shut.db"), "--augment", "", "--runs", _shell.Path("shut.runs")]);
        Assert.DoesNotContain("searched too", answer.Error + answer.Out, StringComparison.Ordinal);
    }

    static JsonElement Best(string line)
    {
        JsonElement result = JsonDocument.Parse(line).RootElement;
        return JsonDocument.Parse($"[{result.GetProperty("trial")}, {result.GetProperty("values")}, "
            + $"{result.GetProperty("loss")}, {result.GetProperty("test")}]").RootElement;
    }

    [Fact]
    public void Folds_and_two_objectives_can_be_searched()
    {
        Answer folds = _shell.Run("tune", "iris", "--folds", "3", "--epochs", "3", "--optimizer",
            "Adam(learningRate: {0.01|0.1})", "--sampler", "grid", "--trials", "2", "--confirm", "0", "--workers", "1",
                "--json",
            "--quiet", "--study", _shell.Path("f.db"), "--runs", _shell.Path("f.runs"));
        Assert.Equal((0, ""), (folds.Code, folds.Error));
        Assert.True(Directory.Exists(_shell.Path("f.runs/trial-0001/fold-3")));
        Answer two = _shell.Run(Line("t", "--objective", "accuracy,parameters"));
        Assert.Equal((0, ""), (two.Code, two.Error));
        Assert.NotEqual(0, JsonDocument.Parse(two.Lines[^1]).RootElement.GetProperty("front").GetArrayLength());
    }

    [Theory]
    [InlineData("nothing to search", "tune", "iris", "--split", "60/20/20")]
    [InlineData("has none", "tune", "iris", "--optimizer", "Adam({0.1|0.2})")]
    [InlineData("is none of", "tune", "digits", "--optimizer", "Adam({0.1})")]
    [InlineData("no sampler 'guess'", "tune", "digits", "--optimizer", "Adam({0.1|0.2})", "--sampler", "guess")]
    [InlineData("no 'beauty' to look for", "tune", "digits", "--optimizer", "Adam({0.1|0.2})", "--objective", "beauty")]
    [InlineData("needs DATA", "tune")]
    [InlineData("no study file", "studies", "show", "nowhere.db")]
    public void What_cannot_be_searched_says_why(string problem, params string[] line)
    {
        Answer answer = _shell.Run(line[0] == "tune" && line.Length > 1 ? [.. line, "--study", _shell.Path("x.db")]
            : line);
        Assert.NotEqual(0, answer.Code);
        Assert.Contains(problem, answer.Error, StringComparison.Ordinal);
    }
}
