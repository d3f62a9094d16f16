using Hondo.Data;
using Hondo.Initializers;
using Hondo.Losses;
using Hondo.Metrics;
using Hondo.Ops;
using Hondo.Optimizers;
using Hondo.Schedules;
using Hondo.Tensors;

namespace Hondo.Serialization;

/// <summary>The initializers that a model's text can name.</summary>
public static class InitializerCatalog
{
    const string ReluGain = "1.4142135623730951";

    /// <summary>All of them; a new initializer is one line here.</summary>
    public static Catalog<IInitializer> All { get; } = new("initializer",
    [
        new("Constant(value)", a => new Constant(a.Number("value"))),
        new($"HeNormal(gain: {ReluGain}, fan: In)", a => new HeNormal(a.Number("gain"), a.OneOf<Fan>("fan"))),
        new($"HeUniform(gain: {ReluGain}, fan: In)", a => new HeUniform(a.Number("gain"), a.OneOf<Fan>("fan"))),
        new("Normal(mean: 0, deviation: 0.01)", a => new Normal(a.Number("mean"), a.Number("deviation"))),
        new("Orthogonal(gain: 1)", a => new Orthogonal(a.Number("gain"))),
        new("Uniform(low: -0.05, high: 0.05)", a => new Uniform(a.Number("low"), a.Number("high"))),
        new("XavierNormal(gain: 1)", a => new XavierNormal(a.Number("gain"))),
        new("XavierUniform(gain: 1)", a => new XavierUniform(a.Number("gain"))),
        new("Zeros()", _ => new Zeros()),
    ]);

    /// <summary>A layer's argument <c>initializer</c>, or null for the layer's own choice.</summary>
    internal static IInitializer? Of(Arguments arguments) =>
        arguments.Has("initializer") ? arguments.Build("initializer", All) : null;
}

/// <summary>The losses that a text can name.</summary>
public static class LossCatalog
{
    /// <summary>All of them; a new loss is one line here.</summary>
    public static Catalog<Loss> All { get; } = new("loss",
    [
        new("BinaryCrossEntropy(positiveWeight: 1, reduce: Mean)",
            a => new BinaryCrossEntropy(a.Number("positiveWeight"), a.OneOf<Reduce>("reduce"))),
        new("CrossEntropy(weights: null, smoothing: 0, ignored: null, reduce: Mean)",
            a => new Losses.CrossEntropy(a.Has("weights") ? a.Numbers("weights") : null, a.Number("smoothing"),
                a.Has("ignored") ? a.Int("ignored") : null, a.OneOf<Reduce>("reduce"))),
        new("HalfMeanSquaredError()", _ => new HalfMeanSquaredError()),
        new("Hinge(margin: 1)", a => new Hinge(a.Number("margin"))),
        new("Huber(delta: 1)", a => new Huber(a.Number("delta"))),
        new("MeanAbsoluteError()", _ => new MeanAbsoluteError()),
        new("MeanSquaredError(scales: null)", a =>
            a.Try(() => new MeanSquaredError(a.Has("scales") ? a.Numbers("scales") : null))),
        new("MulticlassHinge(margin: 1)", a => new Losses.MulticlassHinge(a.Number("margin"))),
        new("ProbabilityCrossEntropy(reduce: Mean)",
            a => new Losses.ProbabilityCrossEntropy(a.OneOf<Reduce>("reduce"))),
    ]);
}

/// <summary>The metrics that a text can name.</summary>
public static class MetricCatalog
{
    /// <summary>All of them; a new metric is one line here.</summary>
    public static Catalog<IMetric> All { get; } = new("metric",
    [
        new("Accuracy(threshold: 0)", a => new Accuracy(a.Number("threshold"))),
        new("AveragePrecision()", _ => new AveragePrecision()),
        new("LabelAccuracy(threshold: 0)", a => new LabelAccuracy(a.Number("threshold"))),
        new("Bits()", _ => new Bits()),
        new("F1(average: Macro, threshold: 0)", a => new F1(a.OneOf<Average>("average"), a.Number("threshold"))),
        new("LogLoss()", _ => new LogLoss()),
        new("Mae()", _ => new Mae()),
        new("Mse()", _ => new Mse()),
        new("Perplexity()", _ => new Perplexity()),
        new("Precision(average: Macro, threshold: 0)",
            a => new Precision(a.OneOf<Average>("average"), a.Number("threshold"))),
        new("RSquared()", _ => new RSquared()),
        new("Recall(average: Macro, threshold: 0)",
            a => new Recall(a.OneOf<Average>("average"), a.Number("threshold"))),
        new("RocAuc()", _ => new RocAuc()),
        new("Rmse(output: null, name: null)", a =>
            a.Has("output") ? new Rmse(a.Int("output"), a.Text("name")) : new Rmse()),
        new("TopKAccuracy(k)", a => new TopKAccuracy(a.Int("k"))),
    ]);
}

/// <summary>
/// The kinds of data that the numbers of a table can be, as <c>--task</c> names them. One of your own is known once it
/// is registered: <c>TargetCatalog.Register&lt;CountTargets, Poisson&gt;()</c>.
/// </summary>
public static class TargetCatalog
{
    /// <summary>All of them; a new one is one line here.</summary>
    public static Catalog<TargetMaker> All { get; } = new("kind of targets",
    [
        new("Numbers()", _ => (values, names, data) => new RegressionTargets(values, names, data)),
    ]);

    /// <summary>Makes a kind of your own known, with the loss of your own that its recipe names.</summary>
    /// <typeparam name="TTargets">The kind.</typeparam>
    /// <typeparam name="TLoss">The loss.</typeparam>
    /// <exception cref="ArgumentException">Another thing has the name of one of them already.</exception>
    public static void Register<TTargets, TLoss>()
        where TTargets : Targets, ICataloged<TargetMaker> where TLoss : Loss, ICataloged<Loss>
    {
        All.Register<TTargets>();
        LossCatalog.All.Register<TLoss>();
    }
}

/// <summary>Makes targets of the numbers of a table.</summary>
/// <param name="values">All numbers to predict, row by row.</param>
/// <param name="names">The names of the columns that they come from.</param>
/// <param name="data">What messages call the data.</param>
/// <exception cref="DataFormatException">A number cannot be one of this kind.</exception>
public delegate Targets TargetMaker(float[] values, IReadOnlyList<string> names, string data);

/// <summary>The learning-rate schedules that a text can name.</summary>
public static class ScheduleCatalog
{
    /// <summary>All of them; a new schedule is one line here.</summary>
    public static Catalog<ISchedule> All { get; } = new("schedule",
    [
        new("ConstantRate()", _ => new ConstantRate()),
        new("CosineDecay(epochs, minimum: 0)", a => new CosineDecay(a.Number("epochs"), a.Number("minimum"))),
        new("CosineRestarts(epochs, growth: 1, minimum: 0)",
            a => new CosineRestarts(a.Number("epochs"), a.Number("growth"), a.Number("minimum"))),
        new("CyclicRate(minimum, up, down, lowMomentum: 0.8, highMomentum: 0.9)",
            a => new CyclicRate(a.Number("minimum"), a.Number("up"), a.Number("down"), a.Number("lowMomentum"),
                a.Number("highMomentum"))),
        new("ExponentialDecay(factor)", a => new ExponentialDecay(a.Number("factor"))),
        new("InSteps(schedule)", a => new InSteps(a.Build("schedule", All!))),
        new("InverseDecay(c1, c2)", a => new InverseDecay(a.Number("c1"), a.Number("c2"))),
        new("MultiStepDecay(milestones, factor: 0.1)",
            a => new MultiStepDecay(a.Numbers("milestones"), a.Number("factor"))),
        new("OneCycle(epochs, rise: 0.3, divisor: 25, finalDivisor: 1e4, lowMomentum: 0.85, highMomentum: 0.95)",
            a => new OneCycle(a.Number("epochs"), a.Number("rise"), a.Number("divisor"), a.Number("finalDivisor"),
                a.Number("lowMomentum"), a.Number("highMomentum"))),
        new("Plateau(factor: 0.1, patience: 10, threshold: 1e-4, coolDown: 0, minimum: 0)",
            a => new Plateau(a.Number("factor"), a.Int("patience"), a.Number("threshold"), a.Int("coolDown"),
                a.Number("minimum"))),
        new("PolynomialDecay(epochs, power: 1)", a => new PolynomialDecay(a.Number("epochs"), a.Number("power"))),
        new("StepDecay(every, factor: 0.1)", a => new StepDecay(a.Number("every"), a.Number("factor"))),
        new("WarmUp(epochs, then: ConstantRate(), start: 0)",
            a => new WarmUp(a.Number("epochs"), a.Build("then", All!), a.Number("start"))),
    ]);
}

/// <summary>The steps before an optimizer's update that a text can name: penalties, decay, clipping.</summary>
public static class UpdateStepCatalog
{
    /// <summary>All of them; a new step is one line here.</summary>
    public static Catalog<IUpdateStep> All { get; } = new("step before the update",
    [
        new("ClipNorm(limit)", a => new ClipNorm(a.Number("limit"))),
        new("ClipValue(limit)", a => new ClipValue(a.Number("limit"))),
        new("DecoupledDecay(lambda)", a => new DecoupledDecay(a.Number("lambda"))),
        new("L1(lambda, samples: 1)", a => new L1(a.Number("lambda"), a.Int("samples"))),
        new("L2(lambda, samples: 1)", a => new L2(a.Number("lambda"), a.Int("samples"))),
    ]);
}

/// <summary>The changes of samples (augmentation) that a text can name.</summary>
public static class TransformCatalog
{
    /// <summary>Changes of one sample; a new one is one line here.</summary>
    public static Catalog<ISampleTransform> All { get; } = new("augmentation",
    [
        new("GaussianNoise(deviation: 0.05)", a => new GaussianNoise(a.Number("deviation"))),
    ]);

    /// <summary>Mixes of whole batches; a new one is one line here.</summary>
    public static Catalog<IBatchMix> Mixes { get; } = new("mix of a batch",
    [
        new("Mixup(alpha: 0.2)", a => new Mixup(a.Number("alpha"))),
    ]);

    /// <summary>Reads <c>shift(2), rotate(10), flip, mixup</c>: transforms in order, mixes of batches among them.
    /// </summary>
    /// <exception cref="CallTextException">The text is malformed, or a name or argument is not known.</exception>
    public static Augmentation Parse(string text)
    {
        var terms = (Term.List)CallText.Parse($"[{text}]");
        return new(terms.Items.Where(term => !Mixes.Knows(term)).Select(All.Build),
            terms.Items.Where(term => Mixes.Knows(term)).Select(Mixes.Build));
    }
}
