using System.Text.Json;

namespace Hondo.Cli.Tests;

public sealed class TransferTests : IDisposable
{
    const string Network = "Sequential(Conv2d(1, 8, kernel: 3, stride: 2), BatchNorm(8), Relu(), Flatten(), "
        + "Linear(1352, 10))";

    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void The_body_of_a_run_is_taken_over_and_fine_tuned_and_goes_on_to_the_same_bits()
    {
        string body = _shell.Path("body"), whole = _shell.Path("whole"), broken = _shell.Path("broken");
        Assert.Equal(0, _shell.Run("train", "digits", "--epochs", "1", "--model", Network, "--augment", "off",
            "--quiet", "--run", body).Code);
        string[] line = ["train", "digits", "--from", body, "--unfreeze-after", "1", "--epochs", "3", "--batch", "128"];
        Answer told = _shell.Run([.. line, "--run", whole]);
        Assert.Equal(0, told.Code);
        Assert.Contains("96 parameters of 2 layers with weights; new: Linear(1352, 10), 13,530 parameters; the body is "
            + "frozen for 1 epoch, then trained too", told.Error, StringComparison.Ordinal);
        Assert.Equal(0, _shell.Run([.. line, "--quiet", "--run", broken, "--checkpoint-every", "17 steps"]).Code);
        // As a crash leaves it: the newest checkpoint is one in the middle of an epoch.
        Directory.Delete(Directory.GetDirectories(RunFolder.CheckpointsOf(broken)).Order().Last(), recursive: true);
        Answer resumed = _shell.Run("train", "--resume", broken, "--quiet", "--json");
        Assert.Equal((0, ""), (resumed.Code, resumed.Error));
        Assert.Equal(HashOf(whole), JsonDocument.Parse(resumed.Lines[^1]).RootElement.GetProperty("modelHash")
            .GetString());
        Assert.Contains("Transferred from ", File.ReadAllText(Path.Combine(whole, "report.html")),
            StringComparison.Ordinal);
        JsonElement measured = JsonDocument.Parse(_shell.Run("eval", whole, "digits", "--json").Lines[^1]).RootElement;
        Assert.InRange(measured.GetProperty("accuracy").GetDouble(), 0.75, 1);
        Assert.NotEqual(HashOf(body), HashOf(whole));
    }

    string HashOf(string run) => _shell.Run("info", run).Lines[^1]["Hash: ".Length..];

    [Theory]
    [InlineData("--freeze is about the body that --from brings", "digits", "--freeze")]
    [InlineData("choose one", "digits", "--from", "squeezenet", "--freeze", "--unfreeze-after", "2")]
    [InlineData("--from brings the model: leave out --model", "digits", "--from", "squeezenet", "--model", "cnn")]
    [InlineData("a whole number from 0", "digits", "--from", "squeezenet", "--unfreeze-after", "-1")]
    public void Options_that_do_not_go_together_are_refused(string problem, params string[] line)
    {
        Answer answer = _shell.Run(["train", .. line]);
        Assert.Equal(2, answer.Code);
        Assert.Contains(problem, answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_knows_no_pictures_passes_nothing_on()
    {
        string run = _shell.Path("iris");
        Assert.Equal(0, _shell.Run("train", "iris", "--epochs", "1", "--quiet", "--run", run).Code);
        Answer answer = _shell.Run("train", "digits", "--from", run);
        Assert.Equal(1, answer.Code);
        Assert.Contains("not trained to tell classes of pictures apart", answer.Error, StringComparison.Ordinal);
    }
}
