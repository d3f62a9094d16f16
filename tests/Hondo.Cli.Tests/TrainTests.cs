using System.Globalization;
using System.Text.Json;
using Hondo.Training;

namespace Hondo.Cli.Tests;

public sealed class TrainTests : IDisposable
{
    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    JsonElement Train(params string[] options)
    {
        Answer answer = _shell.Run(["train", "iris", "--json", "--quiet", .. options]);
        Assert.Equal((0, ""), (answer.Code, answer.Error));
        return JsonDocument.Parse(answer.Lines[^1]).RootElement;
    }

    [Fact]
    public void The_last_json_line_is_the_result()
    {
        JsonElement result = Train("--run", _shell.Path("run"), "--epochs", "5");
        Assert.Equal("result", result.GetProperty("event").GetString());
        Assert.Equal(5, result.GetProperty("epochs").GetInt32());
        Assert.InRange(result.GetProperty("test").GetProperty("accuracy").GetDouble(), 0.3, 1);
        foreach (string name in (string[])["train", "seconds", "samplesPerSecond", "parameters", "run", "modelHash"])
            Assert.True(result.TryGetProperty(name, out _), name);
    }

    [Fact]
    public void Every_json_line_is_an_object_with_an_event()
    {
        Answer answer = _shell.Run("train", "iris", "--json", "--epochs", "3", "--run", _shell.Path("run"));
        Assert.Equal(["start", "epoch", "epoch", "epoch", "result"],
            answer.Lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("event").GetString()));
        Assert.StartsWith("Epoch 1/3  ", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_gives_the_same_model_and_another_seed_another()
    {
        string[] hashes = [.. new[] { "1", "1", "2" }.Select((seed, i) => Train("--seed", seed, "--epochs", "3",
            "--threads", $"{i + 1}", "--run", _shell.Path($"run{i}")).GetProperty("modelHash").GetString()!)];
        Assert.Equal(hashes[0], hashes[1]);
        Assert.NotEqual(hashes[0], hashes[2]);
    }

    [Fact]
    public void The_run_folder_holds_what_the_contract_says()
    {
        string run = _shell.Path("run");
        Train("--run", run, "--epochs", "3");
        foreach (string file in (string[])["run.json", "config.json", "model.txt", "metrics.csv", "metrics.jsonl",
            "events.jsonl", "checkpoints/best.safetensors"])
            Assert.True(File.Exists(Path.Combine(run, file)), file);
        foreach (string part in (string[])["", "train"])
            Assert.NotEmpty(Directory.GetFiles(Path.Combine(run, part), "events.out.tfevents.*"));
        Assert.Equal(4, RunCheckpoint.Newest(RunFolder.CheckpointsOf(run)).Epochs + 1);
        Assert.Equal(4, File.ReadAllLines(Path.Combine(run, "metrics.csv")).Length);
        JsonElement record = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "run.json"))).RootElement;
        Assert.Equal("done", record.GetProperty("status").GetString());
    }

    [Fact]
    public void A_run_overwrites_no_other()
    {
        string run = _shell.Path("run");
        Directory.CreateDirectory(run);
        File.WriteAllText(Path.Combine(run, "mine.txt"), "mine");
        Answer answer = _shell.Run("train", "iris", "--run", run);
        Assert.Equal(1, answer.Code);
        Assert.Contains("exists already", answer.Error, StringComparison.Ordinal);
        Assert.Equal([Path.Combine(run, "mine.txt")], Directory.GetFileSystemEntries(run));
    }

    [Fact]
    public void A_trained_model_evaluates_and_predicts_as_in_training()
    {
        string run = _shell.Path("run");
        Train("--run", run);
        Assert.Contains("accuracy 0.9", _shell.Run("eval", run, "iris").Out, StringComparison.Ordinal);
        Assert.StartsWith("setosa ", _shell.Run("predict", run, "5.1,3.5,1.4,0.2").Out, StringComparison.Ordinal);
        Answer read = _shell.RunWith("6.3,3.3,6.0,2.5\n5.1,3.5,1.4,0.2\n", "predict", run, "-", "--json");
        Assert.Equal(["virginica", "setosa"],
            read.Lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("class").GetString()));
        string about = _shell.Run("info", run).Out;
        Assert.Contains("Classes: setosa, versicolor, virginica", about, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_of_a_table_are_predicted_in_their_own_unit()
    {
        string table = _shell.Path("house.csv"), run = _shell.Path("run");
        IEnumerable<string> rows = Enumerable.Range(0, 100).Select(i => $"{i},{1000 * i + 20000}");
        File.WriteAllLines(table, ["size,price", .. rows]);
        Assert.Equal(0, _shell.Run("train", table, "--model", "linear", "--quiet", "--run", run).Code);
        double price = double.Parse(_shell.Run("predict", run, table).Lines[50], CultureInfo.InvariantCulture);
        Assert.InRange(price, 65000, 75000);
    }
}
