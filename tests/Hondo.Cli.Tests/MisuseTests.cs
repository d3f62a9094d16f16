namespace Hondo.Cli.Tests;

public sealed class MisuseTests : IDisposable
{
    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("trai digits", "Did you mean 'train'?")]
    [InlineData("train iris --modle mlp", "Did you mean '--model'?")]
    [InlineData("train iris --epochs 0", "--epochs is a whole number from 1, but got '0'")]
    [InlineData("train iris --epochs many", "'many'")]
    [InlineData("train iris --epochs 99999999999", "--epochs is a whole number from 1 to 2147483647")]
    [InlineData("train iris --seed -1", "--seed is a whole number from 0, but got '-1'")]
    [InlineData("compare iris --seed 1.5", "--seed is a whole number from 0, but got '1.5'")]
    [InlineData("train iris --threads 5000", "--threads is a whole number from 1 to 1024, but got '5000'")]
    [InlineData("bench xor_tiny --threads 5000", "--threads is a whole number from 1 to 1024, but got '5000'")]
    [InlineData("train iris --lang fr", "--lang is es or en, but got 'fr'")]
    [InlineData("train iris --run ", "--run is empty: it names a file or folder")]
    [InlineData("train ", "DATA is empty: it names a file or folder")]
    [InlineData("train iris --model char-lstm", "reads texts, but iris")]
    [InlineData("train iris --model Sequential(Linear(4,5))", "gives 5 scores for each sample, but CrossEntropy")]
    [InlineData("train iris --model Sequential(Linear(4,1))", "(setosa, versicolor, virginica) needs 3")]
    [InlineData("train", "DATA")]
    [InlineData("data pth", "Did you mean 'path'?")]
    [InlineData("plot roc --thema dark", "there is no option '--thema'. Did you mean '--theme'?")]
    [InlineData("course run 1 --quick", "there is no option '--quick'")]
    [InlineData("notebook check a.ipynb --memory 5", "there is no option '--memory'")]
    public void Wrong_usage_is_one_message_and_exit_code_2(string line, string expected)
    {
        Answer answer = _shell.Run(line.Split(' '));
        Assert.Equal((2, ""), (answer.Code, answer.Out));
        Assert.Single(answer.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(expected, answer.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train digts", "digits")]
    [InlineData("train iris --model mlpp", "Did you mean mlp?")]
    [InlineData("train iris --optimizer Adan", "Did you mean Adam?")]
    [InlineData("train nothere.csv", "there is no such file")]
    [InlineData("eval nothere iris", "there is no such run folder")]
    [InlineData("info \"Sequential(Liner(3, 4))\"", "Did you mean Linear?")]
    public void What_is_not_there_is_a_clear_error_and_exit_code_1(string line, string expected)
    {
        string[] words = line.Contains('"', StringComparison.Ordinal)
            ? [line.Split(' ')[0], line[(line.IndexOf('"') + 1)..^1]]
            : [.. line.Split(' '), .. line.StartsWith("train", StringComparison.Ordinal)
                ? ["--run", _shell.Path("run")] : Array.Empty<string>()];
        Answer answer = _shell.Run(words);
        Assert.Equal((1, ""), (answer.Code, answer.Out));
        Assert.Contains(expected, answer.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", answer.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_shell.Path("run")));
    }

    [Fact]
    public void Debug_shows_where_an_error_came_from() =>
        Assert.Contains("   at ", _shell.Run("train", "nothere.csv", "--debug").Error, StringComparison.Ordinal);

    [Fact]
    public void Info_counts_the_parameters_of_a_named_model()
    {
        Answer answer = _shell.Run("info", "mlp");
        Assert.Equal(0, answer.Code);
        Assert.Contains("669,706 parameters", answer.Out, StringComparison.Ordinal);
    }
}
