using System.Globalization;
using System.Text.Json;
using Hondo.Layers;
using Hondo.Serialization;
using Hondo.Tensors;

namespace Hondo.Cli.Tests;

/// <summary>Rows to predict: every one has its answer.</summary>
public sealed class PredictRowsTests : IDisposable
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
        _shell.Run(["train", data, "--run", _shell.Path("run"),
            .. options.Contains("--epochs") ? [] : (string[])["--epochs", "2"], .. options]);

    [Fact]
    public void Predict_answers_every_row_in_its_place()
    {
        Train(TwoClasses());
        string run = _shell.Path("run");
        foreach (string input in (string[])["\ufeff1,0.5\n-1,2\n", "1;0.5\n-1;2\n", "1 0.5\n -1  2 \n",
            "1,0.5\r\n-1,2\r\n", "\n1,0.5\n-1,2"])
            Assert.Equal(2, _shell.RunWith(input, "predict", run, "-").Lines.Length);
        Answer answer = _shell.RunWith("oops,0.5\n1,2\n1\n", "predict", run, "-", "--json");
        Assert.Equal((1, 3), (answer.Code, answer.Lines.Length));
        JsonElement[] rows = [.. answer.Lines.Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Contains("'oops' is not a finite number", rows[0].GetProperty("error").GetString(),
            StringComparison.Ordinal);
        Assert.True(rows[1].TryGetProperty("class", out _));
        Assert.Contains("the row has 1 field,", rows[2].GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_text_is_answered_and_said()
    {
        string path = Table("train.csv", "col,y,k", 60, i =>
            $"{(i % 2 == 0 ? "red" : "blue")},0.{i % 10},{(i % 3 == 0 ? "a" : "b")}");
        Train(path);
        Answer answer = _shell.RunWith("col,y\nred,0.5\ngreen,0.5\nblue,0.1\n", "predict", _shell.Path("run"), "-");
        Assert.Equal((0, 3), (answer.Code, answer.Lines.Length));
        Assert.Contains("line 3, column col: 'green' was not in the training data", answer.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_is_answered_and_said()
    {
        Train(TwoClasses());
        Answer answer = _shell.RunWith("x,y\n1,\n-1,2\n,3\n", "predict", _shell.Path("run"), "-");
        Assert.Equal((0, 3), (answer.Code, answer.Lines.Length));
        Assert.Contains("note: 2 rows have gaps; the mean of the training", answer.Error, StringComparison.Ordinal);
        Assert.Contains("The first: standard input, line 2, column y.", answer.Error, StringComparison.Ordinal);
        answer = _shell.RunWith("1,\n-1,2\n", "predict", _shell.Path("run"), "-", "--json");
        Assert.Contains("column y: it is missing.", answer.Lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("note", answer.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_renamed_column_is_named_by_eval()
    {
        string path = TwoClasses();
        Train(path);
        File.WriteAllText(path, File.ReadAllText(path).Replace("x,y,k", "x,why,k", StringComparison.Ordinal));
        Answer answer = _shell.Run("eval", _shell.Path("run"), path);
        Assert.Equal(1, answer.Code);
        Assert.Contains("the column y is missing", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void All_numbers_of_a_model_that_was_saved_in_a_program_are_answered()
    {
        string path = _shell.Path("multi.safetensors");
        var layer = new Linear(3, 2);
        layer.Weight.Set(Tensor.Of([1f, 2, 3, -1, -2, -3], [2, 3]));
        ModelFile.Save(new Sequential(layer), path, new ModelCard { InputShape = [3], Loss = "MeanSquaredError()" });
        JsonElement answer = JsonDocument.Parse(_shell.Run("predict", path, "--json", "1,1,1").Out).RootElement;
        Assert.Equal([6, -6], answer.GetProperty("values").EnumerateArray().Select(value => value.GetDouble()));
        Assert.Equal("6  -6\n", _shell.Run("predict", path, "1,1,1").Out);
    }
}
