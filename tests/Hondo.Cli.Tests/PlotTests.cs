using System.Xml.Linq;

namespace Hondo.Cli.Tests;

public sealed class PlotTests : IDisposable
{
    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void A_figure_is_written_in_the_language_and_theme_asked_for()
    {
        string path = _shell.Path("gelu.svg");
        Answer answer = _shell.Run("plot", "activation", "gelu", "range=3", "--to", path, "--theme", "dark", "--lang",
            "es");
        Assert.Equal((0, $"{path}\n"), (answer.Code, answer.Out));
        string svg = File.ReadAllText(path);
        Assert.Equal("Gelu y su derivada", XElement.Parse(svg).Elements().First().Value);
        Assert.Contains(">3</text>", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("@media", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void A_graph_has_values_and_gradients_of_the_course()
    {
        Answer answer = _shell.Run("plot", "graph", "(x + y) * z", "x=-2", "y=5", "z=-4", "--to",
            _shell.Path("graph.svg"));
        Assert.Equal("f = Mul(q, z) = -12    gradient 1", answer.Lines[4]);
        Assert.Contains("q = Add(x, y) = 3    gradient -4", answer.Lines);
        Assert.Contains(">q: Add<", File.ReadAllText(_shell.Path("graph.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_name_all_figures_are_listed_and_a_dash_writes_to_standard_output()
    {
        Assert.Contains("optimizers(steps: 40)", _shell.Run("plot").Lines);
        Answer answer = _shell.Run("plot", "surface", "x*y", "x=0.5", "--to", "-");
        Assert.StartsWith("<svg", answer.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Did you mean roc?", 1, "rok")]
    [InlineData("the variable y of x*y has no value. Add y=1.", 2, "graph", "x*y", "x=1")]
    [InlineData("'q=1' is no value of a variable", 2, "graph", "x*y", "q=1")]
    [InlineData("cannot be read", 1, "graph", "x*", "x=1")]
    [InlineData("no activation", 1, "activation", "Linear(2, 3)")]
    public void Wrong_uses_say_what_is_right(string part, int code, params string[] words)
    {
        Answer answer = _shell.Run(["plot", .. words, "--lang", "en"]);
        Assert.Equal(code, answer.Code);
        Assert.Contains(part, answer.Error, StringComparison.Ordinal);
    }
}
