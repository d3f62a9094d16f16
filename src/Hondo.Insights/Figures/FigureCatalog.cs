namespace Hondo.Charts;

/// <summary>The figures that a text can name: what <c>hondo plot</c> draws.</summary>
public static class FigureCatalog
{
    /// <summary>All of them; a new figure is one line here. Each is drawn once it is told the language.</summary>
    public static Catalog<Func<FigureLanguage, Chart>> All { get; } = new("figure",
    [
        Line("activation(f, range: 5)", (a, l) =>
            Figures.Activation(a.Build("f", LayerCatalog.All), a.Number("range"), l)),
        Line("batches(batch: 16, steps: 40)", (a, l) => Figures.Batches(a.Int("batch"), a.Int("steps"), l)),
        Line("boundaries(samples: 80)", (a, l) => Figures.Boundaries(a.Int("samples"), l)),
        Line("dropout(rate: 0.5)", (a, l) => Figures.Dropout(a.Number("rate"), l)),
        Line("initialization(f: tanh, layers: 10, units: 256)", (a, l) => Figures.Initialization(
            a.Build("f", LayerCatalog.All), a.Int("layers"), a.Int("units"), l)),
        Line("learning-curve(samples: null)", (a, l) => Figures.LearningCurve(NumbersOf(a, "samples"), l)),
        Line("learning-rates(rates: null, steps: 40)", (a, l) =>
            Figures.LearningRates(NumbersOf(a, "rates"), a.Int("steps"), l)),
        Line("moving-averages(betas: null, corrected: false)", (a, l) =>
            Figures.MovingAverages(NumbersOf(a, "betas"), a.Flag("corrected"), l)),
        Line("normalization(steps: 30)", (a, l) => Figures.Normalization(a.Int("steps"), l)),
        Line("optimizers(steps: 40)", (a, l) => Figures.Optimizers(a.Int("steps"), l)),
        Line("penalties(lambda: 0.03)", (a, l) => Figures.Penalties(a.Number("lambda"), l)),
        Line("precision-recall()", (_, l) => Figures.PrecisionRecall(language: l)),
        Line("roc()", (_, l) => Figures.Roc(language: l)),
        Line("surface(formula: \"x^2 * y + y\", x: 1, y: 1, range: 2)", (a, l) => Figures.Surface(
            Formula.Parse(a.Text("formula")), a.Number("x"), a.Number("y"), a.Number("range"), l)),
        Line("thresholds()", (_, l) => Figures.Thresholds(language: l)),
        Line("validation-curve(lambdas: null)", (a, l) => Figures.ValidationCurve(NumbersOf(a, "lambdas"), l)),
    ]);

    static double[]? NumbersOf(Arguments arguments, string name) =>
        arguments.Has(name) ? arguments.Numbers(name) : null;

    static CatalogLine<Func<FigureLanguage, Chart>> Line(string signature,
        Func<Arguments, FigureLanguage, Chart> draw) =>
        new(signature, arguments => language => arguments.Try(() => draw(arguments, language)));
}
