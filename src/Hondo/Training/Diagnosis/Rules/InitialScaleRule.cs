using static Hondo.Training.Examination;

namespace Hondo.Training;

/// <summary>First weights by which signals grow or shrink from layer to layer.</summary>
sealed class InitialScaleRule : IRule
{
    const double TooMuch = 1000;

    static readonly DiagnosisRule Grow = new("activations-grow", Severity.Warning,
        "In the first step the results of a layer are more than 1,000 times as large as those of the first layer.",
        "Draw smaller first weights: He (variance 2/inputs) for ReLU, Xavier for sigmoid and tanh; or put norms "
        + "between.");

    static readonly DiagnosisRule Shrink = new("activations-shrink", Severity.Warning,
        "In the first step the results of a layer are less than 1/1,000 of those of the first layer.",
        "Draw larger first weights: He (variance 2/inputs) for ReLU, Xavier for sigmoid and tanh; or put norms "
        + "between.");

    public IEnumerable<DiagnosisRule> Finds => [Grow, Shrink];

    public void Look(Examination e)
    {
        if (e.Looks > 1 || e.Activations.Layers.FirstOrDefault(layer => layer.Kind == LayerKind.Sums) is not { } first
            || !(first.FirstScale > 0))
            return;
        foreach (LayerWatch layer in e.Activations.Layers)
            if (layer.Kind == LayerKind.Sums && layer.FirstScale is > 0 and var scale
                && (scale > TooMuch * first.FirstScale || scale < first.FirstScale / TooMuch))
            {
                DiagnosisRule rule = scale > first.FirstScale ? Grow : Shrink;
                e.Report(rule.Found($"The results of {e.NameOf(layer.Layer)}, have size {Show(scale)}, those "
                    + $"of the first layer {Show(first.FirstScale)} (root of the mean square, step 1).",
                    layer.Layer));
                return;
            }
    }
}
