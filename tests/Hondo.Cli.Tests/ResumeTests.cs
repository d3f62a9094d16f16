using System.Text.Json;

namespace Hondo.Cli.Tests;

public sealed class ResumeTests : IDisposable
{
    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void A_run_goes_on_from_a_checkpoint_to_the_same_bits_and_rows()
    {
        string whole = _shell.Path("whole"), broken = _shell.Path("broken");
        string[] line = ["train", "digits", "--split", "10/5/85", "--epochs", "3", "--model", "cnn", "--augment",
            "shift(1)", "--quiet", "--json"];
        JsonElement expected = Last(_shell.Run([.. line, "--run", whole]));
        Assert.Equal(0, _shell.Run([.. line, "--run", broken, "--checkpoint-every", "5 steps"]).Code);
        // As a crash leaves it: the newest checkpoint is one in the middle of an epoch.
        string[] checkpoints = [.. Directory.GetDirectories(RunFolder.CheckpointsOf(broken)).Order()];
        Directory.Delete(checkpoints[^1], recursive: true);
        File.AppendAllText(Path.Combine(broken, "metrics.jsonl"), "{\"step\":");
        JsonElement resumed = Last(_shell.Run("train", "--resume", broken, "--quiet", "--json", "--threads", "1"));
        Assert.Equal(expected.GetProperty("modelHash").GetString(), resumed.GetProperty("modelHash").GetString());
        Assert.Equal($"{expected.GetProperty("test")}", $"{resumed.GetProperty("test")}");
        foreach (string name in (string[])["metrics.jsonl", "metrics.csv"])
            Assert.Equal(Rows(whole, name), Rows(broken, name));
    }

    [Fact]
    public void A_run_that_was_killed_after_its_last_epoch_is_finished_and_may_be_watched()
    {
        string run = _shell.Path("run"), best = Path.Combine(run, "checkpoints", "best.safetensors");
        JsonElement expected = Last(_shell.Run("train", "iris", "--epochs", "3", "--quiet", "--json", "--run", run));
        string record = Path.Combine(run, "run.json");
        string done = File.ReadAllText(record);
        File.WriteAllText(record, done.Replace("\"done\"", "\"running\"", StringComparison.Ordinal));
        File.Delete(best);
        Answer answer = _shell.Run("train", "--resume", run, "--dashboard", "--quiet", "--json");
        Assert.Contains("Watch and steer it at http", answer.Error, StringComparison.Ordinal);
        Assert.Equal(0, answer.Code);
        JsonElement finished = JsonDocument.Parse(answer.Lines[^1]).RootElement;
        Assert.Equal($"{expected.GetProperty("modelHash")} {expected.GetProperty("test")}",
            $"{finished.GetProperty("modelHash")} {finished.GetProperty("test")}");
        Assert.True(File.Exists(best));
    }

    [Fact]
    public void Data_are_found_from_any_folder_and_refused_when_they_changed()
    {
        string data = _shell.Path("d.csv"), run = _shell.Path("run"), moved = _shell.Path("other.csv");
        string[] rows = ["a,b,class",
            .. Enumerable.Range(0, 90).Select(i => $"{i % 7},{i % 11}.{i},{(i % 3 == 0 ? "x" : "y")}")];
        File.WriteAllLines(data, rows);
        // The path as it is typed in the folder of the tests; the run notes where that is.
        string typed = Path.GetRelativePath(Environment.CurrentDirectory, data);
        Assert.Equal(0,
            _shell.Run("train", typed, "--epochs", "50000", "--time-limit", "1s", "--quiet", "--run", run).Code);
        using (JsonDocument record = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(run, "run.json"))))
            Assert.Equal(data, record.RootElement.GetProperty("dataPath").GetString());
        Assert.Equal(0, _shell.Run("train", "--resume", run, "--time-limit", "1s", "--quiet").Code);
        File.WriteAllLines(data, rows.Select((row, i) => i == 5 ? row.Replace("4,4.4", "4,4.5") : row));
        RefusedData("train", "--resume", run);
        File.WriteAllLines(data, rows.Select(row => row.EndsWith(",x", StringComparison.Ordinal) ? row[..^1] + "y"
            : row.EndsWith(",y", StringComparison.Ordinal) ? row[..^1] + "x" : row));
        RefusedData("train", "--resume", run);
        File.WriteAllLines(data, rows[..^20]);
        RefusedData("train", "--resume", run);
        File.WriteAllLines(moved, rows);
        File.Delete(data);
        Assert.Equal(0, _shell.Run("train", moved, "--resume", run, "--time-limit", "1s", "--quiet").Code);
    }

    void RefusedData(params string[] args)
    {
        Answer answer = _shell.Run(args);
        Assert.Equal(1, answer.Code);
        Assert.Contains("not those that the run began with", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_go_on_says_why()
    {
        string run = _shell.Path("run");
        Assert.Equal(0, _shell.Run("train", "iris", "--epochs", "2", "--quiet", "--run", run).Code);
        Refused("trained all its 2 epochs", "train", "--resume", run);
        Refused("leave out --seed", "train", "--resume", run, "--seed", "2");
        Refused("needs DATA", "train", "--quiet");
        Answer nowhere = _shell.Run("train", "--resume", _shell.Path("nowhere"));
        Assert.Equal(1, nowhere.Code);
        Assert.Contains("nowhere", nowhere.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "this is no JSON object")]
    [InlineData("{}", "data is no text")]
    [InlineData("""{"data":"iris","epochs":"x"}""", "epochs is no whole number")]
    [InlineData("""{"data":"iris","epochs":3,"batch":-1}""", "--batch is a whole number from 1")]
    public void Options_of_a_run_that_were_changed_by_hand_are_named(string config, string problem)
    {
        string run = _shell.Path("run");
        Assert.Equal(0, _shell.Run("train", "iris", "--epochs", "2", "--quiet", "--run", run).Code);
        File.WriteAllText(Path.Combine(run, "config.json"), config);
        string record = File.ReadAllText(Path.Combine(run, "run.json"));
        File.WriteAllText(Path.Combine(run, "run.json"), record.Replace("dataPath", "noPath"));
        Answer answer = _shell.Run("train", "--resume", run);
        Assert.NotEqual(0, answer.Code);
        Assert.Contains(problem, answer.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", answer.Error, StringComparison.Ordinal);
    }

    void Refused(string problem, params string[] line)
    {
        Answer answer = _shell.Run(line);
        Assert.Equal(2, answer.Code);
        Assert.Contains(problem, answer.Error, StringComparison.Ordinal);
    }

    static JsonElement Last(Answer answer)
    {
        Assert.Equal((0, ""), (answer.Code, answer.Error));
        return JsonDocument.Parse(answer.Lines[^1]).RootElement;
    }

    // Rows without the times, which no two runs share.
    static string[] Rows(string run, string name) => [.. File.ReadAllLines(Path.Combine(run, name)).Select(row =>
        name == "metrics.csv" ? string.Join(',', row.Split(',').Where((_, i) => i != 1))
            : string.Join(',', row.Split(',').Where(cell => !cell.Contains("elapsed", StringComparison.Ordinal)
                && !cell.Contains("seconds", StringComparison.Ordinal))))];
}
