using System.Text.Json;

namespace Hondo.Cli.Tests;

public sealed class PatienceTests : IDisposable
{
    static readonly string[] Line = ["train", "digits", "--model", "mlp", "--optimizer", "Adam(learningRate: 0.003)",
        "--schedule", "ConstantRate", "--epochs", "40", "--patience", "2", "--quiet", "--json"];

    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Training_ends_when_dev_has_not_got_better_and_gives_the_best_model_back()
    {
        JsonElement result = Last(_shell.Run([.. Line, "--run", _shell.Path("run")]));
        int epochs = result.GetProperty("epochs").GetInt32();
        Assert.Equal(epochs - 2, result.GetProperty("bestEpoch").GetInt32());
        Assert.Equal("dev accuracy has not got better for 2 epochs", result.GetProperty("stopReason").GetString());
        string[] fewer = [.. Line.Select(word => word == "40" ? $"{epochs - 2}" : word)];
        JsonElement shorter = Last(_shell.Run([.. fewer, "--run", _shell.Path("short")]));
        Assert.Equal(shorter.GetProperty("modelHash").GetString(), result.GetProperty("modelHash").GetString());
    }

    [Fact]
    public void It_is_remembered_by_a_run_that_goes_on_which_ends_at_the_same_epoch_with_the_same_bits()
    {
        string run = _shell.Path("run");
        string expected = Words(Last(_shell.Run([.. Line, "--checkpoint-every", "40 steps", "--run", run])));
        // Once more from the end, and from the middle of an epoch.
        Assert.Equal(expected, Words(Last(_shell.Run("train", "--resume", run, "--quiet", "--json"))));
        string[] checkpoints = [.. Directory.GetDirectories(RunFolder.CheckpointsOf(run)).Order()];
        Directory.Delete(checkpoints[^1], recursive: true);
        Assert.Equal(expected, Words(Last(_shell.Run("train", "--resume", run, "--quiet", "--json"))));
        Answer changed = _shell.Run("train", "--resume", run, "--patience", "5");
        Assert.Equal(2, changed.Code);
        Assert.Contains("leave out --patience", changed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_a_whole_number_from_1()
    {
        Answer answer = _shell.Run("train", "digits", "--patience", "0");
        Assert.Equal(2, answer.Code);
        Assert.Contains("--patience is a whole number from 1", answer.Error, StringComparison.Ordinal);
    }

    static string Words(JsonElement result) => string.Join(' ', ((string[])["modelHash", "epochs", "bestEpoch",
        "stopReason", "test", "findings"]).Select(name => $"{result.GetProperty(name)}"));

    static JsonElement Last(Answer answer)
    {
        Assert.Equal((0, ""), (answer.Code, answer.Error));
        return JsonDocument.Parse(answer.Lines[^1]).RootElement;
    }
}
