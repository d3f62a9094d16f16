namespace Hondo.Notebooks.Tests;

/// <summary>Text and .ipynb are two forms of the same notebook.</summary>
public sealed class RoundTripTests
{
    const string Plain = "// %% [markdown]\n// # Title\n//\n// text\n\n// %%\nint x = 1;\n\nx\n";

    /// <summary>Spellings that people and other tools use.</summary>
    public static TheoryData<string> Texts => new(
    [
        Plain, "", "\n", "\n\n// %%\nint x;\n", "int x = 1;\n", "// %%", "// %%\n", "// %%\n\n\n\n// %%\nx\n\n\n",
        Plain.Replace("\n", "\r\n", StringComparison.Ordinal), "\uFEFF" + Plain, "// %%\r\nint x;\n// %%\ny\r\n",
        "// %% a title\nx\n", "// %% [markdown] tags=[\"a\", \"b\"]\n//no space\n// two  \n\n// after a blank line\n",
        "// %% tags=[\"exercise\"]\n// solution\nint x;\n", "//%%\nint x;\n//%%   \ny\n", "// %%[markdown]\n//\n//\n",
        "// %% [raw]\n// <b>raw</b>\n", "// %% [md] title\n// x\n// %%\n// %%\n// %%\n", "// %% id=\"own\"\nx\n",
        "// %%\nvar s = \"\"\"\n// \\%% not a cell\n\"\"\";\n", "// %% [markdown]\n// \\%% not a cell\n",
        "#:project ../src/Hondo\n#:property PublishAot=false\n\n// %% [markdown]\n// Hola, ñandú 🐦\n// %%\nx",
        "// %% a=1 b=\"two words\" c={\"d\":[1,2]} not json\nx\n", "// %% title=\"with = sign\"\nx\n",
        "// %%\n\tint x;   \n\n\n\nint y;\n\n\n// %%\n",
        "// %% [notebook] metadata={\"authors\":[\"Ada\"]}\n// %%\nx\n",
        "// %% [markdown] attachments={\"p.png\":{\"image/png\":\"AAAA\"}}\n// ![](attachment:p.png)\n",
        "// %%\n   \n// %%\n\u2028\n", "// %% x [markdown] y\n// t\n", "// %%\n// %%%\n// %%x\n//  %% y\nint z;\n",
    ]);

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_comes_back_to_the_byte(string text)
    {
        string json = Ipynb.Print(PercentText.Parse(text, "a.cs"));
        Notebook back = Ipynb.Parse(json, "a.ipynb");
        Assert.Equal(text, PercentText.Print(back));
        Assert.Equal(json, Ipynb.Print(back));
    }

    /// <summary>All notebooks that come with Hondo.</summary>
    public static TheoryData<string> Files => PageTests.Course;

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_comes_back_to_the_byte(string file)
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(PageTests.Home, file));
        string folder = Directory.CreateTempSubdirectory("hondo-round-").FullName;
        try
        {
            string text = Path.Combine(folder, "a.cs"), json = Path.Combine(folder, "a.ipynb"),
                back = Path.Combine(folder, "b.cs");
            File.WriteAllBytes(text, bytes);
            Notebook.Read(text).Write(json);
            Notebook.Read(json).Write(back);
            Assert.Equal(bytes, File.ReadAllBytes(back));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void There_are_thirty_texts() => Assert.True(Texts.Count >= 30, $"{Texts.Count}");

    /// <summary>Sources as editors of notebooks make them.</summary>
    public static TheoryData<string> Sources => new(
        ["", "\n", "x", "x\n", "x\n\n\n", "\n\nx", "// %% not a cell", "// \\%%", "%% magic", " ", "a\rb", "a\r\nb",
            "// \\\\%% two", "//%%", "## two\n\n- a\n- b\n", "tail=3"]);

    [Theory]
    [MemberData(nameof(Sources))]
    public void A_notebook_of_an_editor_comes_back(string source)
    {
        var notebook = new Notebook { Metadata = new() { ["x"] = 1 } };
        foreach (CellKind kind in Enum.GetValues<CellKind>())
            notebook.Cells.Add(new(kind, source) { Metadata = new() { ["title"] = "a [raw] b=1", ["k"] = source } });
        notebook.Cells[0].Id = "given-id";
        string json = Ipynb.Print(notebook);
        string text = PercentText.Print(Ipynb.Parse(json, "a.ipynb"));
        Assert.Equal(json, Ipynb.Print(PercentText.Parse(text, "a.cs")));
    }

    [Fact]
    public void An_edited_cell_is_written_anew_and_the_others_as_they_were()
    {
        Notebook notebook = PercentText.Parse("//%%\nint x;\n//%%\nint y;\n", "a.cs");
        notebook.Cells[0].Source = "int z;";
        Assert.Equal("// %%\nint z;\n\n//%%\nint y;\n", PercentText.Print(notebook));
    }

    [Fact]
    public void Ids_follow_from_the_source()
    {
        string[] ids = [.. PercentText.Parse("// %%\nx\n\n// %%\nx\n\n// %%\ny\n", "a.cs").Cells.Select(one => one.Id)];
        Assert.Equal(3, ids.Distinct().Count());
        Assert.Equal(ids[1], PercentText.Parse("// %%\nx\n// %%\nx\n", "b.cs").Cells[1].Id);
    }

    [Theory]
    [InlineData("// %% [markdown]\n// La red que aprende de los datos.", true)]
    [InlineData("// %% [markdown]\n// The network that learns in a day.", false)]
    [InlineData("// %%\nint de, la, que;", null)]
    public void A_notebook_s_text_says_its_language(string text, bool? isSpanish) =>
        Assert.Equal(isSpanish, PercentText.Parse(text, "a.cs").IsSpanish);

    [Theory]
    [InlineData("{}", "nbformat")]
    [InlineData("{\"nbformat\": 3}", "version 3")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"x\"}]}", "cell 1")]
    [InlineData("[", "a.ipynb")]
    [InlineData("{\"nbformat\": \"4\"}", "a.ipynb")]
    public void What_is_no_notebook_is_one_clear_error(string text, string said) => Assert.Contains(said,
        Assert.Throws<Hondo.Data.DataFormatException>(() => Ipynb.Parse(text, "a.ipynb")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_line_of_text_that_is_no_comment_is_named() => Assert.Contains("a.cs, line 3",
        Assert.Throws<Hondo.Data.DataFormatException>(() =>
            PercentText.Parse("// %% [markdown]\n// x\nint y;\n", "a.cs")).Message, StringComparison.Ordinal);
}
