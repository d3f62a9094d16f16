using System.Globalization;
using System.Xml.Linq;

namespace Hondo.Insights.Tests;

/// <summary>What stands at the axes of the courses' figures, in both languages, and where their curves end.</summary>
public sealed class FigureAxesTests
{
    [Theory]
    [InlineData("activation(tanh)", "x", "f(x), f′(x)", "x", "f(x), f′(x)")]
    [InlineData("initialization", "layer", "standard deviation of the activations", "capa",
        "desviación típica de las activaciones")]
    [InlineData("learning-rates", "step", "loss J", "paso", "pérdida J")]
    [InlineData("batches", "weight w", "bias b", "peso w", "sesgo b")]
    [InlineData("normalization", "weight w₁", "weight w₂", "peso w₁", "peso w₂")]
    [InlineData("optimizers", "weight w₁", "weight w₂", "peso w₁", "peso w₂")]
    [InlineData("moving-averages", "day", "temperature in °C", "día", "temperatura en °C")]
    [InlineData("boundaries", "x₁", "x₂", "x₁", "x₂")]
    [InlineData("surface", "x", "y", "x", "y")]
    [InlineData("penalties", "weights, largest first", "size |w|", "pesos, de mayor a menor", "tamaño |w|")]
    [InlineData("roc", "false positive rate", "true positive rate (recall)", "tasa de falsos positivos",
        "tasa de verdaderos positivos (exhaustividad)")]
    [InlineData("precision-recall", "recall", "precision", "exhaustividad", "precisión")]
    [InlineData("thresholds", "threshold", "share", "umbral", "proporción")]
    [InlineData("learning-curve(samples: [30, 100])", "training samples", "accuracy", "muestras de entrenamiento",
        "exactitud")]
    [InlineData("validation-curve(lambdas: [0.001, 1])", "L2 penalty λ", "accuracy", "penalización L2 λ", "exactitud")]
    public void Axes_are_labelled_in_both_languages(string name, params string[] labels)
    {
        string[] english = Texts(Draw(name, FigureLanguage.English)), spanish = Texts(Draw(name,
            FigureLanguage.Spanish));
        Assert.All(labels[..2], label => Assert.Contains(label, english));
        Assert.All(labels[2..], label => Assert.Contains(label, spanish));
    }

    // In a notebook, a report or on the dashboard the words of a drawing change after it was drawn.
    [Fact]
    public void Names_of_a_legend_do_not_overlap_when_they_become_longer()
    {
        var chart = new LineChart("Loss", [new("train", [1, 2]), new("dev", [2, 3]), new("test", [2, 3])]);
        XElement[] names = [.. XElement.Parse(SpanishText.Markup(chart.ToSvg())).Descendants().Where(one =>
            one.Name.LocalName == "text" && one.Value is "entrenamiento" or "desarrollo" or "test")];
        double[] left = [.. names.Select(name => double.Parse(name.Attribute("x")!.Value,
            CultureInfo.InvariantCulture))];
        Assert.Equal(3, names.Length);
        Assert.Equal(104, left[0]);
        Assert.All(Enumerable.Range(1, 2), i => Assert.True(left[i] > left[i - 1]
            + SvgText.WidthOf(names[i - 1].Value) + 18));
    }

    // Dropout has no axes: below each mask stands how many units are off, near half of 96.
    [Fact]
    public void Masks_say_how_many_units_are_off() => Assert.Equal(6, Texts(Draw("dropout", FigureLanguage.Spanish))
        .Count(text => text.EndsWith(" de 96 unidades apagadas", StringComparison.Ordinal)
            && int.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture) is > 30 and < 66));

    [Fact]
    public void More_samples_are_better_for_dev_and_a_strong_penalty_is_worse_for_both()
    {
        XElement learning = Draw("learning-curve(samples: [30, 1000])");
        Assert.Equal(1, Values(learning, "train")[0]);
        Assert.True(Values(learning, "dev")[^1] > Values(learning, "dev")[0] + 0.2);
        XElement validation = Draw("validation-curve(lambdas: [0.001, 1])");
        Assert.True(Values(validation, "train")[^1] < Values(validation, "train")[0] - 0.2);
        Assert.True(Values(validation, "dev")[^1] < Values(validation, "dev")[0] - 0.2);
    }

    [Fact]
    public void Everything_is_positive_for_a_threshold_of_0_and_penalties_make_weights_small()
    {
        XElement thresholds = Draw("thresholds");
        Assert.Equal(1, Values(thresholds, "recall")[0]);
        Assert.InRange(Values(thresholds, "recall")[^1], 0, 0.1);
        Assert.Equal(1.0 / 3, Values(thresholds, "precision")[0], 1e-3);
        XElement penalties = Draw("penalties");
        Assert.True(Values(penalties, "L2")[0] < Values(penalties, "no penalty")[0] / 2);
        Assert.Equal(0, Values(penalties, "L1")[^1], 1e-3);
    }

    static XElement Draw(string text, FigureLanguage language = FigureLanguage.English) =>
        XElement.Parse(FigureCatalog.All.Parse(text)(language).ToSvg());

    static string[] Texts(XElement svg) => [.. svg.Descendants().Where(one => one.Name.LocalName == "text")
        .Select(one => one.Value)];

    static double[] Values(XElement svg, string series) => [.. svg.Descendants()
        .Where(one => one.Name.LocalName == "circle").SelectMany(one => one.Elements()).Select(one => one.Value)
        .Where(title => title.StartsWith($"{series}, ", StringComparison.Ordinal))
        .Select(title => double.Parse(title[(title.LastIndexOf(": ", StringComparison.Ordinal) + 2)..].Replace(",", "",
            StringComparison.Ordinal), CultureInfo.InvariantCulture))];
}
