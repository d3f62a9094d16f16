using Hondo.Schedules;

namespace Hondo.Storage;

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
