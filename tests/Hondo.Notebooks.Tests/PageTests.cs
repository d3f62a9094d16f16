using System.Text.RegularExpressions;
using Hondo.Tensors;

namespace Hondo.Notebooks.Tests;

/// <summary>The HTML page, formulas, exercises, programs.</summary>
public sealed partial class PageTests(WarmProcess warm) : IClassFixture<WarmProcess>
{
    [Fact]
    public void A_page_runs_no_script_and_fetches_nothing()
    {
        Notebook notebook = PercentText.Parse(
            "// %% [markdown]\n// # Title <b>\n//\n// <script>alert(1)</script> [x](javascript:alert(1))\n\n// %%\nx\n",
            "a.cs");
        List<System.Text.Json.Nodes.JsonObject> outputs = notebook.Code.First().Outputs;
        outputs.Add(OutputNode.Display(Cells.Html("<i>x</i><script src='http://a/b.js'></script>")));
        outputs.Add(OutputNode.Stream("stdout",
            "<img src=x onerror=alert(1)>\u001b[31mred\u001b[0m\r\n1 %\r50 %\r100 %\nend"));
        string html = NotebookPage.Of(notebook, "a");
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http://a", html, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', html);
        Assert.Contains("red\r\n100 %\nend", html, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
        Assert.Contains("<title>Title &lt;b&gt;</title>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Predictions_are_a_table_of_the_most_probable_classes()
    {
        MimeBundle shown = Cells.Predictions(Tensor.Of([0f, 2, 1, 3, 0, 0], [2, 3]), ["cat", "dog", "<cow>"],
            ["a"], top: 2);
        Assert.Equal("sample  1.    share  2.      share\n"
            + "a       dog  66.5 %  <cow>  24.5 %\n1       cat  90.9 %  dog     4.5 %",
            shown.Text);
        Assert.Contains("&lt;cow&gt;", shown.Forms["text/html"], StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => Cells.Predictions(Tensor.Of([0f, 2], [1, 2]), ["cat"]));
    }

    [Theory]
    [InlineData("x^2", "<msup><mi>x</mi><mrow><mn>2</mn></mrow></msup>")]
    [InlineData(@"\frac{a}{b}", "<mfrac><mrow><mrow><mi>a</mi></mrow></mrow>")]
    [InlineData(@"\sum_{i=1}^N", "<munderover><mo>∑</mo>")]
    [InlineData(@"\alpha \cdot \hat{y}", "<mi>α</mi><mo>·</mo><mover")]
    [InlineData(@"\nothing", @"<mtext>\nothing</mtext>")]
    [InlineData(@"{{{{{{ a } \frac{", "<mi>a</mi>")]
    public void Formulas_become_MathMl(string tex, string part) =>
        Assert.Contains(part, TexMath.ToMathMl(tex, isBlock: false), StringComparison.Ordinal);

    [Fact]
    public void A_formula_alone_in_its_paragraph_is_displayed()
    {
        string html = NotebookPage.Of(PercentText.Parse("// %% [markdown]\n// $$x^2$$\n//\n// a $y$ b\n", "a.cs"), "a");
        Assert.Contains("<math display=\"block\"><semantics><mrow><msup>", html, StringComparison.Ordinal);
        Assert.Contains("<p>a <math><semantics>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_student_s_notebook_has_no_solutions_and_hides_the_checks()
    {
        Notebook solved = PercentText.Parse("// %% Q tags=[\"exercise\"]\nint x = 0;\n// solution\nx = 42;\n// end\n"
            + "x\n\n// %% tags=[\"check\"]\nCheck(\"it is 42\", x == 42);\n", "a.cs");
        Notebook open = Exercises.Of(solved, hidesChecks: false, isSpanish: true);
        Assert.Equal("int x = 0;\n// Tu código aquí.\nx", open.Cells[0].Source);
        Assert.Equal(2, open.Cells.Count);
        Notebook hidden = Exercises.Of(solved, hidesChecks: true, isSpanish: false);
        Assert.DoesNotContain("42", Ipynb.Print(hidden), StringComparison.Ordinal);
        Notebook handedIn = Ipynb.Parse(Ipynb.Print(hidden), "a.ipynb");
        Assert.Equal("Check(\"it is 42\", x == 42);", Exercises.HiddenChecks(handedIn, null)(handedIn.Cells[0]));
        Assert.Equal("Check(\"it is 42\", x == 42);", Exercises.HiddenChecks(handedIn, solved)(handedIn.Cells[0]));
    }

    [Fact]
    public void A_program_has_usings_first_and_types_last_and_names_the_cells_that_do_not_fit()
    {
        Notebook fits = Engine.Of("record P(int X);\nvar p = new P(3);", "using System.Text;\np.X");
        (string text, IReadOnlyList<string> problems) = NotebookProgram.Of(fits, "../src/Hondo.Notebooks");
        Assert.Empty(problems);
        Assert.Matches(@"(?s)^#:project ../src/Hondo.Notebooks.*using System.Text;.*var p.*Display\(p\.X\);.*record P",
            text);
        Notebook twice = Engine.Of("int x = 1;", "string x = \"a\";");
        Assert.StartsWith("cell 2, line 1:", Assert.Single(NotebookProgram.Of(twice, "p").Problems),
            StringComparison.Ordinal);
    }

    /// <summary>The notebooks of the course.</summary>
    public static TheoryData<string> Course => new(Directory.GetFiles(Path.Combine(Home, "course"), "*.cs",
        SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Home, file)));

    [Theory]
    [MemberData(nameof(Course))]
    public void A_text_of_the_course_comes_back_to_the_byte_and_an_executed_one_has_its_cells(string file)
    {
        Notebook source = Notebook.Read(Path.Combine(Home, file));
        Assert.Equal(File.ReadAllText(Path.Combine(Home, file)),
            PercentText.Print(Ipynb.Parse(Ipynb.Print(source), "a.ipynb")));
        string executed = Path.Combine(Home, Path.ChangeExtension(file, ".ipynb"));
        if (File.Exists(executed))
            Assert.Equal(source.Cells.Select(cell => cell.Source), Notebook.Read(executed).Cells.Select(c => c.Source));
    }

    [Theory]
    [InlineData("docs/notebooks.md")]
    [InlineData("docs/es/notebooks.md")]
    public async Task The_first_notebook_of_the_page_runs(string page)
    {
        string text = Block().Matches(await File.ReadAllTextAsync(Path.Combine(Home, page)))
            .First(match => match.Value.Contains("// %%", StringComparison.Ordinal)).Groups[1].Value;
        Assert.Empty(await warm.Run(PercentText.Parse(text, page), goesOn: false));
    }

    internal static string Home
    {
        get
        {
            string folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Hondo.slnx")))
                folder = Path.GetDirectoryName(folder)!;
            return folder;
        }
    }

    [GeneratedRegex("^```text\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
