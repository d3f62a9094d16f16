using System.Xml.Linq;
using Hondo.Layers;
using Hondo.Optimizers;
using Hondo.Training;

namespace Hondo.Insights.Tests;

public sealed class ChartTests
{
    const string Hostile = "<script>alert(1)</script>\"' onload=\"x\" &amp; ]]> \u001b[31m \u202egnp.\u202c \ud800";

    static Chart[] All(string text) =>
    [
        new LineChart(text, [new(text, [1, 2, double.NaN, 3]), new("b", [3, 2])]) { Across = text, Up = text },
        new BarChart(text, [(text, 1), ("b", double.NaN), ("c", -2)]) { Across = text },
        new MatrixChart(text, [text, "b"], (row, column) => row + column) { Down = text, Across = text },
        new RidgeChart(text, [(text, Histogram.Of([1, 2, 2, 3])), ("b", Histogram.Of([]))]) { Across = text },
    ];

    static XElement Drawn(Chart chart) => XDocument.Parse(chart.ToSvg()).Root!;

    [Fact]
    public void No_text_becomes_markup()
    {
        HashSet<string> plain = [.. All("plain").SelectMany(chart => Drawn(chart).DescendantsAndSelf())
            .SelectMany(element => element.Attributes().Select(a => $"{element.Name.LocalName} {a.Name}"))];
        foreach (Chart chart in All(Hostile))
        {
            XElement svg = Drawn(chart);
            Assert.DoesNotContain(svg.DescendantsAndSelf(), element => element.Name.LocalName == "script");
            Assert.All(svg.DescendantsAndSelf().SelectMany(element =>
                element.Attributes().Select(a => $"{element.Name.LocalName} {a.Name}")), name => Assert.Contains(name,
                    plain));
            Assert.DoesNotContain(chart.ToSvg(), c => c is < ' ' and not '\n' or '\u202e');
        }
    }

    [Fact]
    public void Every_chart_speaks_to_screen_readers() => Assert.All(All("Loss of the run"), chart =>
    {
        XElement svg = Drawn(chart);
        Assert.Equal("img", svg.Attribute("role")!.Value);
        Assert.Equal("Loss of the run", svg.Elements().First().Value);
        Assert.NotEqual("", svg.Elements().ElementAt(1).Value);
    });

    [Fact]
    public void Empty_charts_are_drawn() => Assert.All((Chart[])[
        new LineChart("a", []), new LineChart("a", [new("x", [])]), new BarChart("a", []),
        new MatrixChart("a", [], (_, _) => 0), new RidgeChart("a", []),
        new LineChart("a", [new("x", [0, -1])]) { UpScale = AxisScale.Log }], chart => Drawn(chart));

    [Fact]
    public void A_point_tells_its_value_under_the_pointer() => Assert.Contains(
        Drawn(new LineChart("Loss", [new("dev", [0.5, 0.25])])).Descendants(),
        element => element.Name.LocalName == "title" && element.Value == "dev, epoch 2: 0.25");

    [Fact]
    public void A_gap_divides_a_curve() => Assert.Equal(2, Drawn(new LineChart("Loss",
        [new("dev", [1, 2, double.NaN, 3, 4])])).Descendants().First(element => element.Name.LocalName == "path")
        .Attribute("d")!.Value.Count(c => c == 'M'));

    [Fact]
    public void A_spike_among_many_points_is_drawn()
    {
        double[] flat = new double[10_000], spiked = new double[10_000];
        spiked[7777] = 1;
        Assert.NotEqual(Path(flat), Path(spiked));

        static string Path(double[] y) => Drawn(new LineChart("Loss", [new("a", y), new("b", [0, 1])])).Descendants()
            .First(element => element.Name.LocalName == "path").Attribute("d")!.Value;
    }

    [Fact]
    public void A_page_of_charts_has_their_style_once()
    {
        var chart = new LineChart("Loss", [new("dev", [1, 2])]);
        Assert.DoesNotContain("<style", chart.ToMarkup(), StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", ChartStyle.Css, StringComparison.Ordinal);
        Assert.Contains(ChartStyle.Css, chart.ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_chart_of_a_search_for_a_rate_marks_the_steepest_descent()
    {
        Layer model = Tasks.Mlp();
        RateCurve curve = new RateFinder().Find(
            new Trainer(model, new Losses.CrossEntropy(), new Adam(model.Parameters, 1e-9)) { BatchSize = 16 },
            Tasks.Parts());
        Assert.Contains("steepest descent", curve.ToChart().ToSvg(), StringComparison.Ordinal);
    }
}
