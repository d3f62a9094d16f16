using static Hondo.Insights.Examination;

namespace Hondo.Insights;

/// <summary>Hidden layers whose units all start equal.</summary>
sealed class EqualUnitsRule : IRule
{
    static readonly DiagnosisRule Equal = new("equal-units", Severity.Warning,
        "All units of a hidden layer start with the same weights (all zeros, one constant, or copies).",
        "Draw the weights at random: He for ReLU, Xavier for sigmoid and tanh. Equal units get equal gradients and "
        + "stay one unit for ever.");

    public IEnumerable<DiagnosisRule> Finds => [Equal];

    // Weights of the last layer may all be 0: their gradients differ.
    public void Begin(Examination e)
    {
        IReadOnlyList<WeightWatch> weights = e.Weights.Weights;
        for (int i = 0; i < weights.Count - 1; i++)
        {
            Parameter parameter = weights[i].Parameter;
            (int units, float[] values) = (UnitsOf(parameter), parameter.Value.ToArray<float>());
            if (units < 2 || !AreEqual(values, units, parameter.IsKernel))
                continue;
            string all = values.Any(value => value != 0) ? $"{Show(values[0])}, …" : "0";
            e.Report(Equal.Found($"All {units} units of {e.NameOf(weights[i].Layer)}, start with the same weights "
                + $"({all}).", weights[i].Layer));
        }
    }

    static int UnitsOf(Parameter parameter) => parameter.IsKernel ? parameter.Shape[^1] : parameter.Shape[0];

    // The units of a convolution's weight are its last axis, those of any other its first.
    static bool AreEqual(float[] values, int units, bool isKernel)
    {
        int each = values.Length / units;
        for (int unit = 1; unit < units; unit++)
            for (int i = 0; i < each; i++)
                if (isKernel ? values[i * units + unit] != values[i * units] : values[unit * each + i] != values[i])
                    return false;
        return true;
    }
}

/// <summary>
/// Last layers that do not fit the loss. (Softmax or Sigmoid before a loss that applies it is refused by the loss.)
/// </summary>
sealed class OutputRule : IRule
{
    static readonly DiagnosisRule Cut = new("relu-at-output", Severity.Warning,
        "The model ends with ReLU though scores, or targets, may be below 0.",
        "Leave the last ReLU out: it cannot answer below 0, and where it answers 0 nothing is learnt.");

    static readonly DiagnosisRule Short = new("bounded-output", Severity.Warning,
        "The model ends with Sigmoid or Tanh, and the targets go beyond what it can reach.",
        "Leave the last activation out for regression, or scale the targets.");

    public IEnumerable<DiagnosisRule> Finds => [Cut, Short];

    public void Look(Examination e)
    {
        if (e.Looks > 1 || e.Run.Output is not Call { LayerPath: { } layer } output)
            return;
        Loss loss = e.Run.Trainer.Loss;
        bool takesScores = loss is CrossEntropy or BinaryCrossEntropy;
        (double least, double most) = Range(e.Run.Data.Train);
        if (output.Name is "Relu" or "BatchNormRelu" && (takesScores || least < 0))
            e.Report(Cut.Found(takesScores
                ? Phrase.Of($"The output of the model is that of {e.NameOf(layer)}, which is never below 0, but "
                    + $"{loss} needs scores of either sign.")
                : Phrase.Of($"The output of the model is that of {e.NameOf(layer)}, which is never below 0, but "
                    + $"targets go down to {Show(least)}."), layer));
        double reach = output.Name == "Sigmoid" ? 0 : -1;
        if (output.Name is "Sigmoid" or "Tanh" && !takesScores && (least < reach || most > 1))
            e.Report(Short.Found($"{e.NameOf(layer)} answers between {reach} and 1, but targets go from "
                + $"{Show(least)} to {Show(most)}.", layer));
    }

    static (double Least, double Most) Range(Dataset data)
    {
        if (data.Targets is not { Names.Count: > 0 } numbers)
            return (0, 0);
        float least = float.PositiveInfinity, most = float.NegativeInfinity;
        for (int i = 0; i < data.Count; i++)
            foreach (float value in numbers.Values.Slice(data.Row(i) * numbers.Width, numbers.Width))
                (least, most) = (Math.Min(least, value), Math.Max(most, value));
        return (least, most);
    }
}

/// <summary>Linear layers with nothing between them.</summary>
sealed class CollapseRule : IRule
{
    static readonly DiagnosisRule Collapse = new("layers-collapse", Severity.Warning,
        "A Linear layer feeds another one with no activation between, and the first is no bottleneck.",
        "Put an activation between them (Relu in hidden layers): two linear layers compute what one does.");

    public IEnumerable<DiagnosisRule> Finds => [Collapse];

    public void Look(Examination e)
    {
        if (e.Looks > 1)
            return;
        foreach (Call call in e.Run.Recording!.Calls)
            if (call is { Name: "Linear", LayerPath: { } layer } && Before(call) is { LayerPath: { } first } before
                && before.Shape[^1] >= Math.Min(before.Inputs[0].Shape[^1], call.Shape[^1]))
                e.Report(Collapse.Found($"{e.NameOf(first)} feeds {e.NameOf(layer)} with no activation "
                    + $"between.", first));
    }

    static Call? Before(Call call)
    {
        Node input = call.Inputs[0];
        while (input is Call { Name: "Dropout" or "Reshape" or "AddScalar" or "Scale" } passed)
            input = passed.Inputs[0];
        return input as Call is { Name: "Linear" } linear ? linear : null;
    }
}

/// <summary>Batch norms that have too few numbers to take a mean of.</summary>
sealed class BatchNormRule : IRule
{
    const int Fewest = 8;

    static readonly DiagnosisRule Few = new("batch-norm-of-few", Severity.Warning,
        "A BatchNorm has fewer than 8 numbers for each channel in a step: samples of the batch times places.",
        "Train with --batch 16 or more, or use LayerNorm or GroupNorm, which need no batch, in place of BatchNorm: "
        + "what BatchNorm measures in training is not what it uses afterwards.");

    public IEnumerable<DiagnosisRule> Finds => [Few];

    public void Look(Examination e)
    {
        if (e.Looks > 1)
            return;
        foreach (Call call in e.Run.Recording!.Calls)
            if (call.Name.StartsWith("BatchNorm", StringComparison.Ordinal) && call.LayerPath is { } layer
                && call.Shape.Size / Math.Max(1, call.Shape[^1]) is < Fewest and var numbers)
                e.Report(Few.Found(numbers <= 1
                    ? Phrase.Of($"BatchNorm of {e.NameOf(layer)}, sees one number for each channel at batch size "
                        + $"{e.Run.BatchSize}: it subtracts it from itself, and nothing is left.")
                    : Phrase.Of($"BatchNorm of {e.NameOf(layer)}, sees {numbers} numbers for each channel at batch "
                        + $"size {e.Run.BatchSize}: too few to tell a mean and a deviation."), layer));
    }
}

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
