using static Hondo.Insights.Examination;

namespace Hondo.Insights;

/// <summary>Sigmoids and tanhs that lie in their flat ends.</summary>
sealed class SaturationRule : IRule
{
    const double TooFlat = 0.5;

    static readonly DiagnosisRule Saturation = new("saturation", Severity.Warning,
        "More than half of the results of a hidden sigmoid (below 0.01 or above 0.99) or tanh (beyond ±0.98) are "
        + "where it is flat: in the first steps, or while little has been learnt.",
        "Normalize the inputs, draw smaller first weights (Xavier), lower the learning rate, or use ReLU in hidden "
        + "layers: the gradient of a flat end is nearly 0.");

    public IEnumerable<DiagnosisRule> Finds => [Saturation];

    public void Look(Examination e)
    {
        if (e.Looks == 2)
            Judge(e);
    }

    // A network that has learnt what it should may be as sure as it likes.
    public void Epoch(Examination e)
    {
        if (e.LearnsLittle)
            Judge(e);
    }

    static void Judge(Examination e)
    {
        foreach (LayerWatch layer in e.Activations.Layers)
            if (layer is { Kind: LayerKind.Sigmoid or LayerKind.Tanh, IsOutput: false } && layer.FlatShare > TooFlat)
                e.Report(Saturation.Found($"{Percent(layer.FlatShare)} of the results of "
                    + $"{e.NameOf(layer.Layer)}, are where {layer.Op} is flat.", layer.Layer));
    }
}

/// <summary>ReLU units that answer 0 to everything.</summary>
sealed class DeadUnitsRule : IRule
{
    const double TooMany = 0.5;
    const int FewestRows = 64;

    static readonly DiagnosisRule Dead = new("dead-relus", Severity.Warning,
        "More than half of the units of a ReLU layer were 0 for each of at least 64 rows of the looked-at steps.",
        "Lower the learning rate, draw the first weights by He, do not start biases below 0, or use LeakyRelu, PRelu "
        + "or Elu: a dead unit gets no gradient and stays dead.");

    public IEnumerable<DiagnosisRule> Finds => [Dead];

    public void Epoch(Examination e)
    {
        foreach (LayerWatch layer in e.Activations.Layers)
            if (layer.Kind == LayerKind.Rectified && layer.Rows >= FewestRows && layer.Dead > TooMany * layer.Units)
                e.Report(Dead.Found($"{layer.Dead} of the {layer.Units} units of {e.NameOf(layer.Layer)}, were 0 for "
                    + $"all "
                    + $"{layer.Rows:N0} rows looked at.", layer.Layer));
    }
}
