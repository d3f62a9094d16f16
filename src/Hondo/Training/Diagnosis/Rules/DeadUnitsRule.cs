namespace Hondo.Training;

/// <summary>ReLU units that answer 0 to everything.</summary>
sealed class DeadUnitsRule : IRule
{
    const double TooMany = 0.5;
    const int FewestRows = 64;

    static readonly DiagnosisRule Dead = new("dead-relus", Severity.Warning,
        "More than half of the units of a ReLU layer were 0 for each of at least 64 rows of the looked-at steps.",
        "Lower the learning rate, draw the first weights by He, do not start biases below 0, or use LeakyRelu, PRelu "
        + "or "
        + "Elu: a dead unit gets no gradient and stays dead.");

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
