using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Hondo.Layers;

namespace Hondo.Insights.Tests;

/// <summary>The courses' figures, read from what is drawn: labels, and where the curves go.</summary>
public sealed partial class FiguresTests
{
    public static TheoryData<string> Names => [.. FigureCatalog.All.Signatures.Select(signature => signature.Name)];

    static string TextOf(string name) => name is "activation" ? "activation(gelu)"
        : name is "learning-curve" ? "learning-curve(samples: [30, 100])"
        : name is "validation-curve" ? "validation-curve(lambdas: [0.001, 1])" : name;

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_figure_is_drawn_alike_in_both_languages_with_all_labels(string name)
    {
        Func<FigureLanguage, Chart> draw = FigureCatalog.All.Parse(TextOf(name));
        XElement english = XElement.Parse(draw(FigureLanguage.English).ToSvg());
        XElement spanish = XElement.Parse(draw(FigureLanguage.Spanish).ToSvg());
        Assert.NotEqual(Texts(english)[0], Texts(spanish)[0]);
        Assert.All(Texts(spanish), text => Assert.NotEqual("", text));
        Assert.Equal(Shapes(english), Shapes(spanish));
        Assert.NotEmpty(Shapes(english));
    }

    [Theory]
    [InlineData("sigmoid", 0.0067, 0.9933, 0.25)]
    [InlineData("tanh", -0.9999, 0.9999, 1)]
    [InlineData("relu", 0, 5, 1)]
    [InlineData("leaky-relu", -0.05, 5, 1)]
    [InlineData("gelu", -1.433e-6, 5, 1.129)]
    [InlineData("softmax", 0.0034, 0.9867, 0.25)]
    public void An_activation_ends_where_it_must_and_its_derivative_peaks_as_the_courses_say(string name, double first,
        double last, double peak)
    {
        XElement svg = Draw($"activation({name})");
        double[] f = Values(svg, "f(x)"), slope = Values(svg, "f′(x), derivative");
        Assert.Equal(first, f[0], 5e-4);
        Assert.Equal(last, f[^1], 5e-4);
        Assert.Equal(peak, slope.Max(), 2e-3);
        Assert.Contains("f(x), f′(x)", Texts(svg));
    }

    [Fact]
    public void Rates_that_are_too_high_end_above_where_they_began()
    {
        XElement svg = Draw("learning-rates");
        double low = Values(svg, "rate 0.02")[^1], right = Values(svg, "rate 0.3")[^1];
        double[] high = Values(svg, "rate 2.1, diverges");
        Assert.True(right < low && low < high[0] && high[^1] > 100 * high[0]);
        Assert.Equal(["step", "loss J"], Texts(svg).Where(text => text is "step" or "loss J"));
    }

    [Fact]
    public void He_keeps_what_small_weights_lose()
    {
        XElement svg = Draw("initialization(relu, layers: 20)");
        Assert.InRange(Values(svg, "He")[^1], 0.2, 2);
        Assert.True(Values(svg, "N(0, 0.01²)")[^1] < 1e-15);
        Assert.True(Values(svg, "N(0, 1)")[^1] > 1e15);
    }

    // V₁ = (1 − β)θ₁ of the courses is far below θ₁; corrected it is θ₁.
    [Fact]
    public void Averages_start_from_0_unless_they_are_corrected()
    {
        XElement plain = Draw("moving-averages"), corrected = Draw("moving-averages(corrected: true)");
        double theta = Values(plain, "measured θ")[0];
        Assert.Equal(0.1 * theta, Values(plain, "β = 0.9, about 10 days")[0], 2e-3);
        Assert.Equal(theta, Values(corrected, "β = 0.98, about 50 days")[0], 2e-3);
    }

    [Fact]
    public void Descents_end_in_the_minimum()
    {
        XElement svg = Draw("batches");
        // The least squares of standardized columns: the slope is their correlation, 0.9629.
        string end = Titles(svg).Last(title => title.StartsWith("batch, ", StringComparison.Ordinal));
        double[] place = [.. Number().Matches(end).TakeLast(2).Select(Read)];
        Assert.InRange(place[0], 0.9, 0.97);
        Assert.InRange(place[1], -0.02, 0.05);
    }

    [Fact]
    public void The_area_of_the_curve_is_in_its_title_and_the_curve_ends_at_1()
    {
        XElement svg = Draw("roc");
        Assert.Equal("ROC curve, area 0.826", Texts(svg)[0]);
        Assert.Equal((0, 1), (Values(svg, "classifier")[0], Values(svg, "classifier")[^1]));
        Assert.Equal(1, Values(Draw("precision-recall"), "classifier")[0]);
    }

    [Fact]
    public void A_surface_shows_the_gradient_of_the_course() =>
        Assert.Contains("gradient (2, 2) at (1, 1)", Texts(Draw("surface")));

    [Fact]
    public void A_model_that_overfits_knows_its_samples_and_no_more()
    {
        string[] titles =
            [.. Texts(Draw("boundaries")).Where(text => text.Contains("train", StringComparison.Ordinal))];
        double[][] shares = [.. titles.Select(title => Number().Matches(title).Select(Read).ToArray())];
        Assert.True(shares[2][0] > shares[1][0] && shares[1][0] > shares[0][0], string.Join("; ", titles));
        Assert.True(shares[1][1] > shares[0][1] && shares[1][1] > shares[2][1], string.Join("; ", titles));
    }

    [Fact]
    public void A_theme_leaves_no_question_to_the_reader()
    {
        string svg = Figures.Activation(new Relu()).ToSvg(), graph = Graph("x * y").ToSvg();
        foreach (string drawing in (string[])[svg, graph])
        {
            Assert.Equal(drawing, drawing.In(ChartTheme.System));
            Assert.DoesNotContain("@media", drawing.In(ChartTheme.Light), StringComparison.Ordinal);
            Assert.DoesNotContain("#16191d", drawing.In(ChartTheme.Light), StringComparison.Ordinal);
            string dark = drawing.In(ChartTheme.Dark);
            Assert.DoesNotContain("@media", dark, StringComparison.Ordinal);
            Assert.True(dark.LastIndexOf("#16191d", StringComparison.Ordinal)
                > dark.LastIndexOf("#ffffff", StringComparison.Ordinal));
            XElement.Parse(dark);
        }
    }

    [Theory]
    [InlineData("activation(Linear(1, 1))", "no activation")]
    [InlineData("activation(nope)", "no layer")]
    [InlineData("surface(\"x\")", "two variables")]
    [InlineData("surface(\"x +\")", "cannot be read")]
    public void Wrong_figures_say_what_is_wrong(string text, string part) => Assert.Contains(part,
        Assert.ThrowsAny<Exception>(() => FigureCatalog.All.Parse(text)(FigureLanguage.English)).Message,
        StringComparison.Ordinal);

    static Autograd.ComputationGraph Graph(string formula) => Figures.Graph(Formula.Parse(formula),
        new Dictionary<string, double> { ["x"] = 2, ["y"] = 3 });

    static XElement Draw(string text) =>
        XElement.Parse(FigureCatalog.All.Parse(text)(FigureLanguage.English).ToSvg());

    static string[] Texts(XElement svg) => [.. svg.Descendants().Where(e => e.Name.LocalName == "text")
        .Select(e => e.Value)];

    static string[] Titles(XElement svg) => [.. svg.Descendants().Where(e => e.Name.LocalName == "circle")
        .SelectMany(e => e.Elements()).Select(e => e.Value)];

    // What stands under the pointer: "f(x), x -5: 0.0067".
    static double[] Values(XElement svg, string series) => [.. Titles(svg)
        .Where(title => title.StartsWith($"{series}, ", StringComparison.Ordinal))
        .Where(title => !title[(series.Length + 2)..].StartsWith("f′", StringComparison.Ordinal))
        .Select(title => double.Parse(title[(title.LastIndexOf(": ", StringComparison.Ordinal) + 2)..].Replace(",", "",
            StringComparison.Ordinal), CultureInfo.InvariantCulture))];

    static string[] Shapes(XElement svg) => [.. svg.Descendants().Where(e => e.Name.LocalName == "path")
        .Select(e => e.Attribute("d")!.Value).Where(d => d.Length > 0).Take(200),
        .. svg.Descendants().Where(e => e.Name.LocalName == "rect").Select(e => $"{e.Attribute("x")?.Value}").Take(50)];

    static double Read(Match match) => double.Parse(match.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"-?\d+(\.\d+)?(e-?\d+)?")]
    private static partial Regex Number();
}
