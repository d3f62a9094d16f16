using static Hondo.Insights.Examination;

namespace Hondo.Insights;

/// <summary>Gradients that become nothing, or all, on their way back to the first layers.</summary>
sealed class GradientFlowRule : IRule
{
    const double TooUnlike = 1e4, TooStrong = 100;

    // A sigmoid hands on a quarter at most: behind several of them the loss of scale has no other cause.
    const int ManySigmoids = 4;
    const double UnlikeBySigmoids = 30;

    static readonly DiagnosisRule Vanishing = new("vanishing-gradients", Severity.Warning,
        "The gradient of a layer's weights is less than 1/10,000 of that of the last layer, or less than 1/30 behind "
        + "four hidden sigmoids or more (roots of mean squares).",
        "Use ReLU instead of sigmoid or tanh in hidden layers, Xavier or He first weights, batch or layer norm, "
        + "residual connections; for sequences an LSTM or GRU.");

    static readonly DiagnosisRule Exploding = new("exploding-gradients", Severity.Warning,
        "The gradient of a layer's weights is more than 10,000 times that of the last layer, or the norm of the whole "
        + "gradient more than 100 times that of the weights (for a loss whose guess is above 1: times that guess).",
        "Clip the gradients (before: [ClipNorm(1)]), lower the learning rate, draw smaller first weights, normalize "
        + "inputs and targets; for sequences shorten the window.");

    public IEnumerable<DiagnosisRule> Finds => [Vanishing, Exploding];

    public void Look(Examination e)
    {
        // The first steps may leap: what counts is that it stays so.
        if (e.Looks == 4)
            Judge(e);
        // A loss in squared euros has a large gradient by its unit alone.
        double unit = double.MaxNumber(1, e.Reference);
        if (e.Weights.Pull > TooStrong * unit && e.Looks > 1 && !e.Has(Exploding.Code))
        {
            WeightWatch worst = e.Weights.Weights.MaxBy(weight => weight.Energy(weight.Gradient))!;
            e.Report(Exploding.Found($"Step {e.Run.Step}: the gradient's norm is {Show(e.Weights.Pull)} times "
                + $"that of the weights, most of it in {e.NameOf(worst.Layer)}.", worst.Layer));
        }
    }

    public void Epoch(Examination e) => Judge(e);

    static void Judge(Examination e)
    {
        IReadOnlyList<WeightWatch> weights = e.Weights.Weights;
        if (weights.Count < 2 || weights[^1].UsualGradient is not (> 0 and var last))
            return;
        WeightWatch least = weights.MinBy(weight => weight.UsualGradient)!;
        WeightWatch most = weights.MaxBy(weight => weight.UsualGradient)!;
        if (most.UsualGradient > TooUnlike * last && !e.Has(Exploding.Code))
            e.Report(Exploding.Found($"The gradient of {e.NameOf(most.Layer)}, is "
                + $"{Show(most.UsualGradient / last)} times that of the last layer "
                + $"({Show(most.UsualGradient)} and {Show(last)}).", most.Layer));
        // Where units are dead no gradient comes through at all: that is told by its cause.
        int sigmoids = e.Activations.Layers.Count(layer => layer is { Kind: LayerKind.Sigmoid, IsOutput: false });
        double unlike = sigmoids >= ManySigmoids ? UnlikeBySigmoids : TooUnlike;
        if (least.UsualGradient < last / unlike && least.UsualGradient > 0 && !e.Has("dead-relus")
            && !e.Has(Exploding.Code))
            e.Report(Vanishing.Found($"The gradient of {e.NameOf(least.Layer)}, is "
                + $"{Show(least.UsualGradient / last)} times that of the last layer "
                + $"({Show(least.UsualGradient)} and {Show(last)}).", least.Layer));
    }
}

/// <summary>Layers that move by far too little, or too much, beside the others.</summary>
sealed class UpdateRule : IRule
{
    const double Hardly = 1e-6, Leaping = 0.5, Unlike = 100;

    static readonly DiagnosisRule Ratio = new("update-ratio", Severity.Warning,
        "Updates move a layer's weights by less than a millionth of their size, or by more than half of it, and 100 "
        + "times less or more than the model's other weights. (About a thousandth is usual.)",
        "Draw the layer's first weights by He or Xavier; give all layers inputs of about one size (normalize, norms).");

    public IEnumerable<DiagnosisRule> Finds => [Ratio];

    public void Look(Examination e)
    {
        if (e.Looks == 5)
            Judge(e);
    }

    public void Epoch(Examination e)
    {
        if (e.Looks >= 4)
            Judge(e);
    }

    static void Judge(Examination e)
    {
        WeightWatch[] moved = [.. e.Weights.Weights.Where(weight => !double.IsNaN(weight.UsualMove))];
        if (moved.Length < 2)
            return;
        foreach (WeightWatch weight in moved)
        {
            double others = Math.Exp(moved.Where(one => one != weight).Average(one => Math.Log(one.UsualMove)));
            bool isSlow = weight.UsualMove < Hardly && weight.UsualMove * Unlike < others;
            if (isSlow || (weight.UsualMove > Leaping && weight.UsualMove > Unlike * others))
                e.Report(Ratio.Found($"An update moves the weights of {e.NameOf(weight.Layer)}, by "
                    + $"{Show(weight.UsualMove)} of their size; the others move by {Show(others)}.",
                    weight.Layer));
        }
    }
}
