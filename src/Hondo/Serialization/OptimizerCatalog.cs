using Hondo.Optimizers;
using Hondo.Tensors;

namespace Hondo.Serialization;

/// <summary>
/// The optimizers that a text can name, each with the steps before its updates:
/// <c>Adam(learningRate: 0.001, before: [ClipNorm(1), L2(1e-4)])</c>.
/// </summary>
public static class OptimizerCatalog
{
    const string Rate = "learningRate", Epsilon = "epsilon", Before = "before";

    const string AdamDefaults = "beta1: 0.9, beta2: 0.999, epsilon: 1e-8";

    /// <summary>
    /// All of them; a new optimizer is one line here. Each gives its optimizer once it is given parameters.
    /// </summary>
    public static Catalog<Func<IEnumerable<Parameter>, Optimizer>> All { get; } = new("optimizer",
    [
        Line("Adadelta(learningRate: 1, rho: 0.9, epsilon: 1e-6)",
            (a, p) => new Adadelta(p, a.Number(Rate), a.Number("rho"), a.Number(Epsilon))),
        Line("Adagrad(learningRate: 0.01, start: 0, epsilon: 1e-10)",
            (a, p) => new Adagrad(p, a.Number(Rate), a.Number("start"), a.Number(Epsilon))),
        Line($"Adam(learningRate: 0.001, {AdamDefaults})",
            (a, p) => new Adam(p, a.Number(Rate), a.Number("beta1"), a.Number("beta2"), a.Number(Epsilon))),
        Line($"AdamUncorrected(learningRate: 0.001, {AdamDefaults})",
            (a, p) => new AdamUncorrected(p, a.Number(Rate), a.Number("beta1"), a.Number("beta2"), a.Number(Epsilon))),
        Line($"AdamW(learningRate: 0.001, weightDecay: 0.01, {AdamDefaults})",
            (a, p) => new AdamW(p, a.Number(Rate), a.Number("weightDecay"), a.Number("beta1"), a.Number("beta2"),
                a.Number(Epsilon))),
        Line($"Adamax(learningRate: 0.002, {AdamDefaults})",
            (a, p) => new Adamax(p, a.Number(Rate), a.Number("beta1"), a.Number("beta2"), a.Number(Epsilon))),
        Line($"AmsGrad(learningRate: 0.001, {AdamDefaults})",
            (a, p) => new AmsGrad(p, a.Number(Rate), a.Number("beta1"), a.Number("beta2"), a.Number(Epsilon))),
        Line("CenteredRmsProp(learningRate: 0.01, beta: 0.99, momentum: 0, epsilon: 1e-8)",
            (a, p) => new CenteredRmsProp(p, a.Number(Rate), a.Number("beta"), a.Number("momentum"),
                a.Number(Epsilon))),
        Line("Momentum(learningRate: 0.01, beta: 0.9, dampening: 0)",
            (a, p) => new Momentum(p, a.Number(Rate), a.Number("beta"), a.Number("dampening"))),
        Line("MovingAverageMomentum(learningRate: 0.01, beta: 0.9)",
            (a, p) => new MovingAverageMomentum(p, a.Number(Rate), a.Number("beta"))),
        Line("NAdam(learningRate: 0.002, beta1: 0.9, beta2: 0.999, momentumDecay: 0.004, epsilon: 1e-8)",
            (a, p) => new NAdam(p, a.Number(Rate), a.Number("beta1"), a.Number("beta2"), a.Number("momentumDecay"),
                a.Number(Epsilon))),
        Line("Nesterov(learningRate: 0.01, beta: 0.9)", (a, p) => new Nesterov(p, a.Number(Rate), a.Number("beta"))),
        Line($"RAdam(learningRate: 0.001, {AdamDefaults})",
            (a, p) => new RAdam(p, a.Number(Rate), a.Number("beta1"), a.Number("beta2"), a.Number(Epsilon))),
        Line("RmsProp(learningRate: 0.01, beta: 0.99, momentum: 0, epsilon: 1e-8)",
            (a, p) => new RmsProp(p, a.Number(Rate), a.Number("beta"), a.Number("momentum"), a.Number(Epsilon))),
        Line("Sgd(learningRate: 0.01)", (a, p) => new Sgd(p, a.Number(Rate))),
    ]);

    /// <summary>The optimizer that a text describes, for the given parameters.</summary>
    /// <param name="text">E.g. <c>Adam(learningRate: 0.001)</c>, or only <c>Adam</c>.</param>
    /// <param name="parameters">What to train: <c>model.Parameters</c>.</param>
    /// <exception cref="CallTextException">The text is malformed, or a name or argument is not known.</exception>
    public static Optimizer Parse(string text, IEnumerable<Parameter> parameters) => All.Parse(text)(parameters);

    static CatalogLine<Func<IEnumerable<Parameter>, Optimizer>> Line(string signature,
        Func<Arguments, IEnumerable<Parameter>, Optimizer> make) =>
        new($"{signature[..^1]}, {Before}: [])", arguments =>
        {
            IUpdateStep[] steps = arguments.BuildAll(Before, UpdateStepCatalog.All);
            return parameters => arguments.Try(() =>
            {
                Optimizer optimizer = make(arguments, parameters);
                foreach (IUpdateStep step in steps)
                    optimizer.GradientTransforms.Add(step);
                return optimizer;
            });
        });
}
