namespace Hondo.Cli.Tests;

/// <summary>Options of every verb: what belongs to other data, another model or option is wrong usage.</summary>
public sealed class OptionsTests : IDisposable
{
    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("--cache", "train", "iris", "--cache", "8")]
    [InlineData("--human-error", "train", "copy", "--human-error", "0.1")]
    [InlineData("--window", "train", "digits", "--window", "8")]
    [InlineData("--time-limit", "train", "iris", "--find-rate", "--time-limit", "1m")]
    [InlineData("--dashboard", "train", "iris", "--overfit-batch", "--dashboard")]
    [InlineData("--time-limit", "train", "iris", "--time-limit", "0")]
    [InlineData("--checkpoint-every", "train", "iris", "--checkpoint-every", "3 bananas")]
    [InlineData("--split", "train", "iris", "--split", "60/20/30")]
    [InlineData("--average", "train", "iris", "--epochs", "3", "--average", "Swa(9)")]
    [InlineData("--freeze", "train", "digits", "--freeze")]
    [InlineData("--target", "tune", "digits", "--target", "x", "--optimizer", "Adam({0.1|0.2})")]
    [InlineData("--tokens", "tune", "digits", "--tokens", "words", "--optimizer", "Adam({0.1|0.2})")]
    [InlineData("--seed", "data", "show", "digits", "--seed", "3")]
    [InlineData("--outputs", "info", "Sequential(Linear(3, 4))", "--outputs", "3")]
    [InlineData("--outputs", "info", "mlp", "--outputs", "0")]
    [InlineData("--windows", "bench", "--windows", "3")]
    [InlineData("--json", "bench", "xor_tiny", "--profile", "--json")]
    [InlineData("--profile", "bench", "infer_mlp_b1", "--profile")]
    [InlineData("--theme", "plot", "--theme", "dark")]
    [InlineData("--epochs", "compare", "iris", "--models", "knn; svm", "--epochs", "3")]
    [InlineData("--models", "compare", "iris", "--models", " ; ")]
    [InlineData("--exercises", "notebook", "new", "empty", "--solved", "--exercises")]
    [InlineData("--exercises", "course", "new", "1", "--solved", "--exercises")]
    [InlineData("--prefix", "notebook", "kernel", "--prefix", "x")]
    [InlineData("--install", "notebook", "kernel", "connection.json", "--install")]
    [InlineData("--time-limit", "notebook", "check", "x.ipynb", "--time-limit", "-5")]
    [InlineData("--rate", "neuron", "adaline", "--rate", "NaN")]
    [InlineData("--epochs", "neuron", "perceptron", "and", "--epochs", "1000000000")]
    [InlineData("--port", "dashboard", "--port", "70000")]
    public void What_has_no_effect_is_wrong_usage(string option, params string[] line)
    {
        string[] place = line[0] switch
        {
            "train" => ["--run", _shell.Path("run")],
            "tune" => ["--study", _shell.Path("s.db"), "--runs", _shell.Path("runs")],
            "data" or "notebook" or "course" when line.Contains("new") || line.Contains("show") =>
                ["--out", _shell.Path("out.cs")],
            _ => [],
        };
        IsRefused(option, _shell.Run([.. line, .. place]));
        Assert.Empty(Directory.GetFileSystemEntries(_shell.Path("."), "run*").Concat(Directory.GetFiles(
            _shell.Path("."), "out*")));
    }

    [Fact]
    public void What_a_model_does_not_say_cannot_be_asked_for()
    {
        string run = _shell.Path("run");
        Assert.Equal(0, _shell.Run("train", "iris", "--epochs", "1", "--quiet", "--run", run).Code);
        IsRefused("--threshold", _shell.Run("predict", run, "5.1,3.5,1.4,0.2", "--threshold", "0.3"));
        IsRefused("--outputs", _shell.Run("info", run, "--outputs", "5"));
        IsRefused("--class", _shell.Run("explain", run, "--class", "setosa"));
        string table = _shell.Path("t.csv");
        File.WriteAllText(table, "x,y\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i}.5,{i * 3}.25\n")));
        Assert.Equal(0, _shell.Run("train", table, "--epochs", "1", "--quiet", "--run", _shell.Path("run2")).Code);
        IsRefused("--top", _shell.Run("predict", _shell.Path("run2"), "3", "--top", "2"));
    }

    [Fact]
    public void A_study_that_goes_on_has_its_settings()
    {
        string study = _shell.Path("s.db");
        Assert.Equal(0, _shell.Run("tune", "iris", "--split", "60/20/20", "--optimizer", "Adam({0.01|0.1})",
            "--epochs", "1", "--trials", "1", "--confirm", "0", "--workers", "1", "--quiet",
            "--study", study, "--runs", _shell.Path("runs")).Code);
        IsRefused("--trials", _shell.Run("tune", "--study", study, "--trials", "5"));
        IsRefused("--batch", _shell.Run("tune", "--study", study, "--batch", "8"));
    }

    [Fact]
    public void A_dry_run_takes_the_options_of_the_run_that_it_tries() => Assert.Equal(0, _shell.Run("train", "iris",
        "--dry-run", "--time-limit", "1m", "--patience", "3", "--profile", "--run", _shell.Path("run")).Code);

    [Fact]
    public void A_batch_larger_than_any_set_is_the_whole_set() => Assert.Equal(0, _shell.Run("train", "iris",
        "--batch", "2147483647", "--epochs", "1", "--quiet", "--run", _shell.Path("run")).Code);

    static void IsRefused(string option, Answer answer)
    {
        Assert.Equal((2, ""), (answer.Code, answer.Out));
        Assert.Contains($"{option} ", answer.Error, StringComparison.Ordinal);
        Assert.Single(answer.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
