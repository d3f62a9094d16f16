using System.Text.Json;

namespace Hondo.Cli.Tests;

public sealed class TrainTryTests : IDisposable
{
    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void A_learning_rate_is_found_with_its_curve()
    {
        string run = _shell.Path("rate");
        Answer answer = _shell.Run("train", "digits", "--model", "mlp", "--find-rate", "--run", run);
        Assert.Equal((0, ""), (answer.Code, answer.Error));
        Assert.Contains("falls steepest at", answer.Out, StringComparison.Ordinal);
        Assert.Matches("--optimizer \"Adam\\(learningRate: 0[.]0\\d+\\)\"", answer.Out);
        Assert.StartsWith("<svg", File.ReadAllText(Path.Combine(run, "learning-rate.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public void One_batch_of_digits_is_learnt_by_heart()
    {
        Answer answer = _shell.Run("train", "digits", "--model", "mlp", "--overfit-batch", "--json");
        Assert.Equal((0, ""), (answer.Code, answer.Error));
        Assert.StartsWith("This model can learn.",
            JsonDocument.Parse(answer.Lines[^1]).RootElement.GetProperty("message").GetString(),
            StringComparison.Ordinal);
    }

    // What tries a table, or searches over it, has guessed as much.
    [Theory]
    [InlineData("train", "--dry-run")]
    [InlineData("train", "--find-rate")]
    [InlineData("train", "--overfit-batch")]
    [InlineData("compare", "--models", "knn", "--folds", "2")]
    [InlineData("tune", "--folds", "2", "--trials", "1", "--epochs", "1", "--optimizer", "Adam({0.01|0.1})")]
    public void Whoever_reads_a_table_says_what_was_guessed(string verb, params string[] options)
    {
        string table = _shell.Path("x.csv");
        File.WriteAllText(table, "id,a,label\n" + string.Concat(Enumerable.Range(0, 480).Select(i =>
            $"{i * 7 + 1000},{i % 5}.5,c{i % 4}\n")));
        string[] place = verb switch
        {
            "train" => ["--run", _shell.Path("run")],
            "tune" => ["--study", _shell.Path("s.db"), "--runs", _shell.Path("runs")],
            _ => [],
        };
        Answer answer = _shell.Run([verb, table, .. options, .. place]);
        Assert.StartsWith("x.csv: 480 rows, comma, header; target label: 4 classes", answer.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_dry_run_tells_the_plan_and_leaves_nothing()
    {
        string run = _shell.Path("run");
        Answer answer = _shell.Run("train", "iris", "--epochs", "7", "--dry-run", "--run", run);
        Assert.Equal((0, ""), (answer.Code, answer.Error));
        Assert.Contains("7 epochs of", answer.Out, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Path.GetDirectoryName(run)!));
    }

    [Fact]
    public void A_dry_run_finds_a_place_that_cannot_be_written()
    {
        string file = _shell.Path("file");
        File.WriteAllText(file, "");
        Answer answer = _shell.Run("train", "iris", "--dry-run", "--run", Path.Combine(file, "run"));
        Assert.Equal(1, answer.Code);
        Assert.Contains(file, answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_tries_at_once_are_refused()
    {
        Answer answer = _shell.Run("train", "iris", "--dry-run", "--find-rate");
        Assert.Equal(2, answer.Code);
        Assert.Contains("--find-rate and --dry-run", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_limit_ends_with_a_model_and_the_way_to_go_on()
    {
        string run = _shell.Path("run");
        Answer answer = _shell.Run("train", "digits", "--model", "mlp", "--epochs", "100000", "--time-limit", "0.3s",
            "--quiet", "--run", run);
        Assert.Equal(0, answer.Code);
        Assert.Contains("the time limit of 0.3s is over. Go on with: hondo train --resume", answer.Out,
            StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(run, "checkpoints", "best.safetensors")));
        Assert.Contains("time limit", _shell.Run("train", "--resume", run, "--time-limit", "0.1s", "--quiet").Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_average_is_part_of_the_run_and_of_its_resume()
    {
        string run = _shell.Path("run");
        string[] line = ["train", "iris", "--epochs", "4", "--average", "ema(0.9)", "--quiet", "--json", "--run"];
        JsonElement whole = JsonDocument.Parse(_shell.Run([.. line, run]).Lines[^1]).RootElement;
        string[] plain = [.. line.Where(word => word is not "--average" and not "ema(0.9)")];
        JsonElement other = JsonDocument.Parse(_shell.Run([.. plain, _shell.Path("other")]).Lines[^1]).RootElement;
        Assert.NotEqual(other.GetProperty("modelHash").GetString(), whole.GetProperty("modelHash").GetString());
        Assert.Contains("\"average\": \"Ema(decay: 0.9)\"", File.ReadAllText(Path.Combine(run, "config.json")),
            StringComparison.Ordinal);
        Assert.Equal(2, _shell.Run("train", "--resume", run, "--average", "off").Code);
    }
}
