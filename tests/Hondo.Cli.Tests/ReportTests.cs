using System.Xml.Linq;
using Hondo.Training;

namespace Hondo.Cli.Tests;

public sealed class ReportTests : IDisposable
{
    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    string Train(params string[] line)
    {
        string run = _shell.Path("run");
        Answer answer = _shell.Run(["train", .. line, "--quiet", "--run", run]);
        Assert.True(answer.Code == 0, answer.Error);
        return run;
    }

    static string Page(string run) => File.ReadAllText(Path.Combine(run, "report.html"));

    [Fact]
    public void A_run_has_a_report_that_loads_nothing()
    {
        string run = Train("iris", "--epochs", "3"), page = Page(run);
        foreach (string part in (string[])["Diagnosis", "Curves", "Classes", "Model", "Weights and gradients over time",
            "Options", "The command that repeats this run", "<pre>hondo train iris --epochs 3</pre>", "Environment"])
            Assert.Contains(part, page, StringComparison.Ordinal);
        Assert.DoesNotContain("could not be made", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("<(script|link|iframe|object|base)|(src|href)=\"(?!data:)", page);
        Assert.All((string[])["loss.svg", "accuracy.svg", "learning-rate.svg", "confusion.svg"],
            name => Assert.Equal("svg", XDocument.Load(Path.Combine(run, "artifacts", name)).Root!.Name.LocalName));
        Assert.Equal(4, File.ReadAllLines(Path.Combine(run, "artifacts", "confusion.csv")).Length);
    }

    [Fact]
    public void Mistakes_of_pictures_are_shown_worst_first()
    {
        string page = Page(Train("digits", "--epochs", "1", "--model", "softmax"));
        Assert.Contains("src=\"data:image/png;base64,iVBOR", page, StringComparison.Ordinal);
        Assert.Matches("<figcaption>[0-9], taken for [0-9] \\([0-9]+ ?%\\), row [0-9]+</figcaption>", page);
    }

    [Fact]
    public void The_worst_residuals_of_a_regression_are_shown_with_the_names_of_the_columns()
    {
        string table = _shell.Path("line.csv");
        File.WriteAllLines(table, ["a,b,y", .. Enumerable.Range(0, 80)
            .Select(i => $"{i % 9},{i % 5},{2 * (i % 9)}.{i + 10}")]);
        string page = Page(Train(table, "--target", "y", "--epochs", "2"));
        Assert.Contains("<h2>Worst residuals</h2>", page, StringComparison.Ordinal);
        Assert.Matches("<td>y</td><td>[0-9.]+</td><td>[-0-9.]+</td><td>[-0-9.]+</td><td>a [0-9], b [0-9]</td>", page);
        Assert.Matches("<title>row [0-9]+: true", page);
    }

    [Fact]
    public void A_text_has_a_verdict_and_samples()
    {
        string text = _shell.Path("text.txt");
        File.WriteAllText(text, string.Concat(Enumerable.Range(0, 300).Select(i => $"line {i} of a text; ")));
        string page = Page(Train(text, "--model", "char-rnn(hidden: 8)", "--epochs", "1"));
        Assert.Contains("Bits per character: a person about 1.3, training", page, StringComparison.Ordinal);
        Assert.Contains("What the model wrote", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_classes_and_columns_are_no_markup()
    {
        string table = _shell.Path("<img src=x onerror=alert(1)>.csv");
        IEnumerable<string> rows = Enumerable.Range(0, 60).Select(i => $"{i % 7},{i % 5},"
            + (i % 2 == 0 ? "<script>alert(1)</script>" : "\"\"\"'><svg onload=alert(2)>\""));
        File.WriteAllLines(table, ["a,b,<b>class</b>", .. rows]);
        string page = Page(Train(table, "--epochs", "2"));
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img src=x", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<svg onload", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_report_that_cannot_be_written_loses_no_run()
    {
        string run = _shell.Path("run");
        var told = new List<string>();
        var data = Hondo.Data.Datasets.Iris();
        Hondo.Data.Recipe recipe = Hondo.Data.Recipe.For(data, "softmax", 1, null);
        File.WriteAllText(run, "a file where the folder should be");
        recipe.Trainer(data, new Hondo.Insights.RunReport(run, tell: told.Add)).Fit(data);
        Assert.Contains("could not be written", Assert.Single(told), StringComparison.Ordinal);
    }
}
