namespace Hondo.Charts;

/// <summary>
/// The figures of a course on deep learning, each computed when it is drawn, with the library's own layers, gradients
/// and optimizers: <c>File.WriteAllText("gelu.svg", Figures.Activation(new Gelu()).ToSvg())</c>.
/// </summary>
public static class Figures
{
    static readonly double[] UsualBetas = [0.9, 0.98, 0.5], UsualRates = [0.02, 0.3, 1.9, 2.1];

    static readonly double[] UsualCounts = [30, 60, 125, 250, 500, 1000, 2000];

    static readonly double[] UsualLambdas = [1e-4, 1e-3, 1e-2, 0.03, 0.1, 0.3, 1];

    /// <summary>An activation f and its derivative f′, over −range to range.</summary>
    /// <param name="activation">A layer that gives one number for each number, or a softmax.</param>
    /// <param name="range">How far from 0 the axis goes.</param>
    /// <param name="language">The language of the labels.</param>
    /// <exception cref="ArgumentException">The layer is no activation.</exception>
    public static LineChart Activation(Layer activation, double range = 5,
        FigureLanguage language = FigureLanguage.English) => ActivationFigures.Curve(activation, range, language);

    /// <summary>The deviation of the activations of each layer, for four initializers: kept, vanishing or exploding.
    /// </summary>
    /// <param name="activation">The activation after each layer.</param>
    /// <param name="layers">How many layers.</param>
    /// <param name="units">Units of each.</param>
    /// <param name="language">The language of the labels.</param>
    public static LineChart Initialization(Layer activation, int layers = 10, int units = 256,
        FigureLanguage language = FigureLanguage.English) =>
        ActivationFigures.Depth(activation, layers, units, language);

    /// <summary>The loss by learning rate: too low, right, too high; what diverges is drawn as far as it goes.
    /// </summary>
    public static LineChart LearningRates(IReadOnlyList<double>? rates = null, int steps = 40,
        FigureLanguage language = FigureLanguage.English) =>
        DescentFigures.Rates(rates ?? UsualRates, steps, language);

    /// <summary>The ways of batch, mini-batch and stochastic gradient descent over the loss.</summary>
    public static ContourChart Batches(int batch = 16, int steps = 40,
        FigureLanguage language = FigureLanguage.English) => DescentFigures.Batches(batch, steps, language);

    /// <summary>Gradient descent with raw and with normalized features.</summary>
    public static PanelChart Normalization(int steps = 30, FigureLanguage language = FigureLanguage.English) =>
        DescentFigures.Normalization(steps, language);

    /// <summary>SGD, momentum, RMSProp and Adam where one direction is steep and the other flat.</summary>
    public static ContourChart Optimizers(int steps = 40, FigureLanguage language = FigureLanguage.English) =>
        DescentFigures.Ravine(steps, language);

    /// <summary>V ← βV + (1 − β)θ of a year's temperatures, for some β.</summary>
    /// <param name="betas">β of each average; 0.9, 0.98 and 0.5.</param>
    /// <param name="isCorrected">Divide by 1 − βᵗ, so that the start is not drawn towards 0.</param>
    /// <param name="language">The language of the labels.</param>
    public static LineChart MovingAverages(IReadOnlyList<double>? betas = null, bool isCorrected = false,
        FigureLanguage language = FigureLanguage.English) =>
        DescentFigures.Averages(betas ?? UsualBetas, isCorrected, language);

    /// <summary>Decision boundaries of a model that underfits, one that fits and one that overfits.</summary>
    public static PanelChart Boundaries(int samples = 80, FigureLanguage language = FigureLanguage.English) =>
        FittingFigures.Boundaries(samples, language);

    /// <summary>A formula of two variables as surface and as lines of equal height, with its gradient at a point.
    /// </summary>
    /// <exception cref="ArgumentException">The formula has more or fewer than two variables.</exception>
    public static PanelChart Surface(Formula formula, double x = 1, double y = 1, double range = 2,
        FigureLanguage language = FigureLanguage.English) => FormulaFigures.Surface(formula, x, y, range, language);

    /// <summary>The sizes of a softmax regression's weights without penalty, with L2 and with L1.</summary>
    public static LineChart Penalties(double lambda = 0.03, FigureLanguage language = FigureLanguage.English) =>
        FittingFigures.Penalties(lambda, language);

    /// <summary>Which units dropout turns off in six steps.</summary>
    public static PanelChart Dropout(double rate = 0.5, FigureLanguage language = FigureLanguage.English) =>
        FittingFigures.Masks(rate, language);

    /// <summary>The ROC curve of a classifier, by default of logistic regression that tells versicolor from the other
    /// irises.</summary>
    public static LineChart Roc(ThresholdCurve? curve = null, FigureLanguage language = FigureLanguage.English) =>
        ThresholdFigures.Roc(curve ?? ThresholdFigures.Versicolor(), language);

    /// <summary>The precision–recall curve of a classifier; see <see cref="Roc"/>.</summary>
    public static LineChart PrecisionRecall(ThresholdCurve? curve = null,
        FigureLanguage language = FigureLanguage.English) =>
        ThresholdFigures.PrecisionRecall(curve ?? ThresholdFigures.Versicolor(), language);

    /// <summary>Precision, recall, F1 and accuracy by threshold; see <see cref="Roc"/>.</summary>
    public static LineChart Thresholds(ThresholdCurve? curve = null,
        FigureLanguage language = FigureLanguage.English) =>
        ThresholdFigures.Thresholds(curve ?? ThresholdFigures.Versicolor(), language);

    /// <summary>Accuracy of softmax regression on digits in training and dev, by the number of training samples.
    /// </summary>
    public static LineChart LearningCurve(IReadOnlyList<double>? counts = null,
        FigureLanguage language = FigureLanguage.English) =>
        FittingFigures.LearningCurve(counts ?? UsualCounts, language);

    /// <summary>Accuracy of softmax regression on digits in training and dev, by the L2 penalty.</summary>
    public static LineChart ValidationCurve(IReadOnlyList<double>? lambdas = null,
        FigureLanguage language = FigureLanguage.English) =>
        FittingFigures.ValidationCurve(lambdas ?? UsualLambdas, language);

    /// <summary>The gates of a formula with values and gradients.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="at">A value for each variable.</param>
    /// <exception cref="ArgumentException">A variable has no value.</exception>
    public static ComputationGraph Graph(Formula formula, IReadOnlyDictionary<string, double> at) =>
        FormulaFigures.Graph(formula, at);

    /// <summary>What a formula's graph is called, for <see cref="ComputationGraph.ToSvg"/>.</summary>
    public static string TitleOf(Formula formula, FigureLanguage language) =>
        language.Say("Computation graph of {0}: values above, gradients below", formula);
}
