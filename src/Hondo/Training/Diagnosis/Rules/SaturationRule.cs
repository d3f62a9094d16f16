using static Hondo.Training.Examination;

namespace Hondo.Training;

/// <summary>Sigmoids and tanhs that lie in their flat ends.</summary>
sealed class SaturationRule : IRule
{
    const double TooFlat = 0.5;

    static readonly DiagnosisRule Saturation = new("saturation", Severity.Warning,
        "More than half of the results of a hidden sigmoid (below 0.01 or above 0.99) or tanh (beyond ±0.98) are "
        + "where it "
        + "is flat: in the first steps, or while little has been learnt.",
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
