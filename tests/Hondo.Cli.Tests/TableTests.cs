using System.Globalization;
using System.Text.Json;

namespace Hondo.Cli.Tests;

/// <summary>Tables on the command line: what is guessed is said, options change it, no row is dropped.</summary>
public sealed class TableTests : IDisposable
{
    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    string Table(string name, string header, int count, Func<int, string> row)
    {
        string path = _shell.Path(name);
        File.WriteAllText(path, (header.Length > 0 ? header + "\n" : "")
            + string.Concat(Enumerable.Range(0, count).Select(i => row(i) + "\n")));
        return path;
    }

    string TwoClasses() => Table("bin.csv", "x,y,k", 200,
        i => string.Create(CultureInfo.InvariantCulture,
            $"{i * 37 % 200 / 100.0 - 1:0.000},{i * 13 % 7},{(i * 37 % 200 < 100 ? "a" : "b")}"));

    Answer Train(string data, params string[] options) =>
        _shell.Run(["train", data, .. options.Contains("--run") ? [] : (string[])["--run", _shell.Path("run")],
            .. options.Contains("--epochs") ? [] : (string[])["--epochs", "2"], .. options]);

    [Fact]
    public void What_was_guessed_stands_in_one_line_above_the_progress()
    {
        Answer answer = Train(Table("x.csv", "id,label,a,b", 480, i => $"{i * 7 + 1000},{i % 24},{i % 5}.5,{i % 11}"),
            "--target", "label");
        Assert.Equal(0, answer.Code);
        Assert.StartsWith("x.csv: 480 rows, comma, header; target label: 24 classes; features a, b; not used: id (all "
            + "different)\n", answer.Error, StringComparison.Ordinal);
        Assert.Contains("accuracy", answer.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_guess_has_its_option_and_a_run_goes_on_with_them()
    {
        string path = Table("y.txt", "", 60, i => $"NA:1,25{i % 9}:{i % 3}:{2000 + i}");
        Answer answer = Train(path, "--separator", ":", "--decimal", ",", "--header", "no", "--task", "numbers",
            "--target", "3", "--missing", "NA", "--by-time", "4");
        Assert.Equal(0, answer.Code);
        Assert.Contains("60 rows, ':', decimal comma, no header; target column 3: numbers; features column 2, "
            + "column 4; not used: column 1 (empty)", answer.Error, StringComparison.Ordinal);
        using JsonDocument config = JsonDocument.Parse(File.ReadAllText(Path.Combine(_shell.Path("run"),
            "config.json")));
        Assert.Equal((":", ",", "no", "numbers", "4"), (Of("separator"), Of("decimal"), Of("header"), Of("task"),
            Of("by-time")));
        Assert.Equal("NA", config.RootElement.GetProperty("missing")[0].GetString());

        string Of(string name) => config.RootElement.GetProperty(name).GetString()!;
    }

    [Fact]
    public void Two_readings_are_refused_with_both_and_the_option()
    {
        Answer answer = Train(Table("a.csv", "city,area,price", 80, i => $"\"t{i % 9}\",\"1,{200 + i}\",{i * 10}"));
        Assert.Equal(1, answer.Code);
        Assert.Contains("1,200 can be 1200 or 1.2", answer.Error, StringComparison.Ordinal);
        Assert.Contains("--decimal . for 1200, --decimal , for 1.2", answer.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("iris", "--target", "foo")]
    [InlineData("iris", "--missing", "NA")]
    [InlineData("iris", "--tokens", "words")]
    [InlineData("iris", "--size", "8")]
    [InlineData("digits", "--by-time", "x")]
    [InlineData("copy", "--split", "60/20/20")]
    public void Options_of_other_data_are_usage_errors(string data, string option, string value)
    {
        Answer answer = Train(data, option, value);
        Assert.Equal(2, answer.Code);
        Assert.Contains($"{option} ", answer.Error, StringComparison.Ordinal);
        Assert.Contains("leave it out", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_of_rows_of_numbers_is_a_table_unless_it_is_told_to_be_a_text()
    {
        string path = Table("ex1.txt", "", 97, i => $"{i % 13}.{i % 7},{i * 3 % 11}.5");
        Answer answer = Train(path);
        Assert.Contains("is read as a table, not as a text", answer.Error, StringComparison.Ordinal);
        Assert.Contains("root mean squared error", answer.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_that_cannot_fit_is_refused_before_anything_is_written()
    {
        Answer answer = Train(Table("houses.csv", "area,price", 80, i => $"{i},{2894 + i * 3}.5"), "--loss",
            "CrossEntropy");
        Assert.Equal(1, answer.Code);
        Assert.Contains("the target price is 2894.5 in row 0. For numbers use MeanSquaredError", answer.Error,
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(_shell.Path("run")));
        answer = Train(Table("houses.csv", "area,price", 80, i => $"{i},{2894 + i * 3}.5"), "--model", "logistic");
        Assert.Contains("needs 0 and 1, but the target price is 2894.5", answer.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--model", "logistic")]
    [InlineData("--model", "Sequential(Linear(2, 4), Relu(), Linear(4, 1))")]
    [InlineData("--model", "mlp")]
    public void Logistic_regression_says_probability_odds_and_log_odds(string option, string model)
    {
        Answer answer = Train(TwoClasses(), option, model, "--loss", "BinaryCrossEntropy", "--epochs", "20");
        Assert.Equal(0, answer.Code);
        string run = _shell.Path("run");
        JsonElement one = Json("-0.9,3"), two = Json("0.9,3");
        double p = two.GetProperty("probabilities").GetProperty("b").GetDouble();
        Assert.Equal(("a", "b"), (one.GetProperty("class").GetString(), two.GetProperty("class").GetString()));
        Assert.Equal(p / (1 - p), two.GetProperty("odds").GetDouble(), 0.01 * p / (1 - p));
        Assert.Equal(Math.Log(p / (1 - p)), two.GetProperty("logOdds").GetDouble(), 0.01);
        Assert.Equal("a", Json("0.9,3", "--threshold", "1").GetProperty("class").GetString());
        Assert.Contains("log-odds", _shell.Run("predict", run, "0.9,3").Out, StringComparison.Ordinal);
        Assert.Contains("accuracy", _shell.Run("eval", run, TwoClasses()).Out, StringComparison.Ordinal);

        JsonElement Json(params string[] row) =>
            JsonDocument.Parse(_shell.Run(["predict", run, "--json", .. row]).Out).RootElement;
    }

    [Fact]
    public void Logistic_needs_no_loss_named_and_its_report_lists_the_coefficients()
    {
        Assert.Equal(0, Train(TwoClasses(), "--model", "logistic").Code);
        string report = File.ReadAllText(Path.Combine(_shell.Path("run"), "report.html"));
        Assert.Contains("Coefficients", report, StringComparison.Ordinal);
        Assert.Contains("intercept", report, StringComparison.Ordinal);
    }

    [Fact]
    public void A_threshold_is_for_models_of_yes_and_no()
    {
        Train(TwoClasses());
        Answer answer = _shell.Run("predict", _shell.Path("run"), "1,0.5", "--threshold", "0.3");
        Assert.Equal(2, answer.Code);
        Assert.Contains("--threshold is for a model that says yes or no", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_targets_train_evaluate_and_predict_by_name()
    {
        string path = Table("uv.csv", "x,u,v", 120, i => $"{i % 40},{i % 40 * 2},{i % 40 * 1000}.5");
        Answer answer = Train(path, "--target", "u,v");
        Assert.Equal(0, answer.Code);
        Assert.Contains("u root mean squared error", answer.Out, StringComparison.Ordinal);
        Assert.Contains("v root mean squared error", answer.Out, StringComparison.Ordinal);
        Assert.Contains("v root mean squared error", _shell.Run("eval", _shell.Path("run"), path).Out,
            StringComparison.Ordinal);
        JsonElement values = JsonDocument.Parse(_shell.Run("predict", _shell.Path("run"), "--json",
            "7").Out).RootElement
            .GetProperty("values");
        Assert.True(values.TryGetProperty("u", out _) && values.TryGetProperty("v", out _));
        Assert.Matches("^u [-0-9.e+]+  v [-0-9.e+]+\n$", _shell.Run("predict", _shell.Path("run"), "7").Out);
    }

    [Fact]
    public void Twins_of_a_small_table_are_kept_together()
    {
        Answer answer = Train(Table("dup.csv", "a,b,k", 15, i =>
            $"0.{i % 10},0.{i % 10 * 7},{(i % 2 == 0 ? "x" : "y")}"));
        Assert.Equal(0, answer.Code);
        Assert.DoesNotContain("parts-share-samples", answer.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Two_or_three_rows_train_or_say_why_not(int rows)
    {
        Answer answer = Train(Table("few.csv", "a,b", rows, i => $"{i}.5,{i}.25"));
        Assert.DoesNotContain("row -1", answer.Error, StringComparison.Ordinal);
        Assert.Equal(0, answer.Code);
    }
}
