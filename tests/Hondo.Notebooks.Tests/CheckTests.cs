using System.Text.Json.Nodes;

namespace Hondo.Notebooks.Tests;

/// <summary>A notebook that does not show what executing it gives is found out, whatever was changed.</summary>
public sealed class CheckTests(ExecutedNotebook executed, WarmProcess warm) : IClassFixture<ExecutedNotebook>,
    IClassFixture<WarmProcess>
{
    internal const string Text = """
        // %% [markdown]
        // # A training

        // %%
        var data = Datasets.Digits();
        var model = new Sequential(new Flatten(), new Linear(784, 10));
        var trainer = new Trainer(model, new CrossEntropy(), new Adam(model.Parameters)) { Epochs = 1, Seed = 3 };
        trainer.Fit(data)

        // %%
        Console.WriteLine($"accuracy {trainer.Evaluate(data.Test!)["accuracy"]:F4} after 12.3 s");

        // %%
        Display(Pictures(data.Test!, [0, 1, 2]));

        // %%
        model.Forward(Tensor.Zeros([1, 28, 28, 1]))

        // %%
        Console.Error.WriteLine("a warning");

        // %% tags=["raises-exception"]
        int.Parse("four")
        """;

    readonly Notebook _anew = Ipynb.Parse(executed.Text, "a.ipynb");

    [Fact]
    public async Task Executed_twice_the_file_is_the_same_to_the_byte()
    {
        Notebook again = PercentText.Parse(Text, "a.cs");
        await warm.Run(again, goesOn: false);
        Seal.Put(again);
        Assert.Equal(Ipynb.Print(_anew), Ipynb.Print(again));
        Assert.Empty(NotebookCheck.Differences(again, _anew));
    }

    [Fact]
    public void Every_change_that_is_planted_is_found()
    {
        (string What, Action<Notebook> Change)[] planted =
        [
            ("a digit in a text", n => Replace(n, 1, "text", "accuracy 0.", "accuracy 1.")),
            ("a digit in a value's table", n => Data(n, 3, "text/html", html => Changed(html, "td"))),
            ("a curve", n => Data(n, 0, "image/svg+xml", svg => Changed(svg, "<path"))),
            ("a swapped picture", n => Data(n, 2, "image/svg+xml", svg => Swapped(svg))),
            ("a deleted output", n => n.Code.ElementAt(1).Outputs.Clear()),
            ("an output too many", n => n.Code.ElementAt(1).Outputs.Add(OutputNode.Display(new("more")))),
            ("a deleted cell of code", n => n.Cells.Remove(n.Code.ElementAt(4))),
            ("a deleted cell of text", n => n.Cells.RemoveAt(0)),
            ("another error", n => n.Code.ElementAt(5).Outputs[0]["evalue"] = "none"),
            ("another stream", n => n.Code.ElementAt(4).Outputs[0]["name"] = "stdout"),
            ("a form left out", n => ((JsonObject)n.Code.ElementAt(0).Outputs[0]["data"]!).Remove("image/svg+xml")),
            ("a cell that was not executed", n => Forget(n.Code.ElementAt(3))),
            ("another source with the same outputs", n => n.Code.ElementAt(3).Source += " // the same"),
            ("a cell that was added", n => n.Cells.Add(new(CellKind.Code, "int x = 1;"))),
            ("a cell in another place", n => n.Cells.Reverse(2, 2)),
        ];
        Assert.Equal(15, planted.Length);
        foreach (var (what, change) in planted)
        {
            Notebook shown = Ipynb.Parse(Ipynb.Print(_anew), "a.ipynb"), anew = Ipynb.Parse(Ipynb.Print(_anew), "b");
            change(shown);
            // The cells that are executed are those of the notebook that is shown.
            anew.Cells.RemoveAll(cell => shown.Cells.All(one => one.Id != cell.Id));
            Assert.True(NotebookCheck.Differences(shown, anew).Any(), what);
        }
    }

    [Fact]
    public async Task Another_seed_and_a_passed_check_are_seen_by_executing_anew()
    {
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".ipynb");
        Notebook shown = Ipynb.Parse(Ipynb.Print(_anew), "a.ipynb");
        shown.Code.First().Source = shown.Code.First().Source.Replace("Seed = 3", "Seed = 4", StringComparison.Ordinal);
        shown.Cells.Add(new(CellKind.Code, "Check(\"one\", true); Check(\"two\", false);"));
        shown.Write(file);
        try
        {
            CheckReport report = await new NotebookCheck(Engine.Command).Check(file);
            Assert.StartsWith("cell 1 was changed after it was executed", report.Differences[0],
                StringComparison.Ordinal);
            Assert.Contains(report.Differences, one => one.StartsWith("cell 1: line ", StringComparison.Ordinal));
            Assert.Equal([new("one", true), new("two", false)], report.Checks);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("while (true) { }", 2, 4000, "it ran for more than 2 s")]
    [InlineData("List<byte[]> all = []; while (true) { all.Add(new byte[50_000_000]); all[^1].AsSpan().Fill(1); }",
        60, 900, "it held more than 900 MiB of memory")]
    public async Task A_notebook_that_takes_too_much_is_ended(string code, int seconds, int mebibytes, string why)
    {
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".cs");
        Engine.Of(code, "2").Write(file);
        try
        {
            CheckReport report = await new NotebookCheck(Engine.Command)
            {
                Limits = new(TimeSpan.FromSeconds(seconds), (long)mebibytes << 20),
            }.Check(file);
            Assert.Contains($"cell 1: ProcessEnded: The process of the cells ended: {why}.", report.Differences[0],
                StringComparison.Ordinal);
            Assert.Equal((2, 0), (report.Cells, report.Executed));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void What_a_student_writes_between_the_cells_is_no_change()
    {
        Notebook shown = Ipynb.Parse(Ipynb.Print(_anew), "a.ipynb");
        shown.Cells.Insert(1, new(CellKind.Markdown, "My answer."));
        shown.Cells[0].Source = "# Another title";
        Assert.Empty(NotebookCheck.Differences(shown, _anew));
    }

    // Jupyter tells a kernel nothing of its notebook's language: outputs in the other one are the same.
    [Fact]
    public async Task In_Spanish_it_shows_the_same_in_Spanish()
    {
        Notebook spanish = PercentText.Parse(Text, "a.cs");
        await new NotebookRun(Engine.Command) { IsSpanish = true, Warm = warm.Process }
            .Execute(spanish, Path.GetTempPath());
        string curves = Ipynb.Print(new() { Cells = [spanish.Code.First()] });
        Assert.Contains(">época<", curves, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\b(?:Loss|loss|Accuracy|accuracy|epoch|goes from|pictures)\b", curves);
        Assert.Contains("3 imágenes de 28 por 28", Ipynb.Print(spanish), StringComparison.Ordinal);
        Assert.Equal("", string.Join('\n', NotebookCheck.Differences(spanish, _anew)));
        Assert.Equal("", string.Join('\n', NotebookCheck.Differences(_anew, spanish)));
    }

    [Fact]
    public void Times_and_dates_are_left_aside()
    {
        JsonObject[] before = [OutputNode.Stream("stdout", "12.3 s, 450 ms, 1:02:03, 9,000 samples/s, 2026-11-29\n")],
            now = [OutputNode.Stream("stdout", "7 s, 3 ms, 0:00:03, 10,500 samples/s, 2027-01-02\n")];
        Assert.Null(OutputComparison.Difference(before, now));
        Assert.NotNull(OutputComparison.Difference(before, [OutputNode.Stream("stdout", "12.3 x\n")]));
    }

    static void Replace(Notebook notebook, int cell, string key, string old, string fresh)
    {
        JsonObject output = notebook.Code.ElementAt(cell).Outputs[0];
        string text = (string)output[key]!;
        Assert.Contains(old, text, StringComparison.Ordinal);
        output[key] = text.Replace(old, fresh, StringComparison.Ordinal);
    }

    static void Data(Notebook notebook, int cell, string type, Func<string, string> change)
    {
        JsonNode data = notebook.Code.ElementAt(cell).Outputs[0]["data"]!;
        data[type] = change((string)data[type]!);
    }

    // The first digit after one of the marks becomes another.
    internal static string Changed(string text, params string[] marks)
    {
        int at = marks.Select(mark => text.IndexOf(mark, StringComparison.Ordinal)).First(place => place >= 0);
        at = text.IndexOfAny([.. "0123456789"], at);
        return $"{text[..at]}{(text[at] == '9' ? '8' : (char)(text[at] + 1))}{text[(at + 1)..]}";
    }

    internal static string Swapped(string svg)
    {
        string[] pictures = [.. svg.Split("base64,").Skip(1).Select(part => part.Split('"')[0])];
        return svg.Replace(pictures[0], "?", StringComparison.Ordinal)
            .Replace(pictures[1], pictures[0], StringComparison.Ordinal)
            .Replace("?", pictures[1], StringComparison.Ordinal);
    }

    internal static void Forget(Cell cell)
    {
        cell.Outputs.Clear();
        cell.ExecutionCount = null;
    }
}
